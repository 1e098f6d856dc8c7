/** Reads a stream of server-sent events, chunk by chunk. */
export class EventReader {
  #decoder = new TextDecoder(); // drops a byte order mark, and waits for the rest of a character
  #line = "";
  #afterReturn = false;
  #type = "";
  #data = [];
  #lastId = "";
  #retry = null;

  /** The events that are complete with this chunk. */
  push(chunk) {
    const events = [];
    for (const character of this.#decoder.decode(chunk, { stream: true })) {
      const isPair = character === "\n" && this.#afterReturn;
      this.#afterReturn = character === "\r";
      if (isPair) continue;
      if (character === "\r" || character === "\n") {
        this.#take(this.#line, events);
        this.#line = "";
      } else {
        this.#line += character;
      }
    }
    return events;
  }

  /** What to send as Last-Event-ID, and how many milliseconds to wait, when the connection was lost. */
  state() {
    return { lastId: this.#lastId, retry: this.#retry };
  }

  #take(line, events) {
    if (line === "") return this.#dispatch(events);
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") this.#data.push(value);
    else if (name === "event") this.#type = value;
    else if (name === "id" && !value.includes("\0")) this.#lastId = value;
    else if (name === "retry" && /^[0-9]+$/.test(value)) this.#retry = Number(value);
  }

  #dispatch(events) {
    const data = this.#data.join("\n");
    if (data !== "") events.push({ type: this.#type || "message", data, id: this.#lastId });
    this.#type = "";
    this.#data = [];
  }
}
