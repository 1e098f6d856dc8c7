/** Reads a stream of server-sent events, chunk by chunk. */
export class EventReader {
  #decoder = new TextDecoder();
  #rest = "";
  #afterReturn = false;
  #type = "";
  #data = [];
  #lastId = "";
  #retry = null;

  push(chunk) {
    let text = this.#decoder.decode(chunk, { stream: true });
    if (this.#afterReturn && text.startsWith("\n")) text = text.slice(1);
    this.#afterReturn = text.endsWith("\r");
    const lines = (this.#rest + text).split(/\r\n|\r|\n/);
    this.#rest = lines.pop();
    return lines.map((line) => this.#take(line)).filter(Boolean);
  }

  state() {
    return { lastId: this.#lastId, retry: this.#retry };
  }

  #take(line) {
    if (line === "") return this.#end();
    const [, name, value = ""] = line.match(/^([^:]*)(?:: ?([^]*))?$/);
    if (name === "data") this.#data.push(value);
    else if (name === "event") this.#type = value;
    else if (name === "id" && !value.includes("\0")) this.#lastId = value;
    else if (name === "retry" && /^[0-9]+$/.test(value)) this.#retry = Number(value);
    return null;
  }

  #end() {
    const event = { type: this.#type || "message", data: this.#data.join("\n"), id: this.#lastId };
    const hasData = this.#data.length > 0;
    this.#type = "";
    this.#data = [];
    return hasData ? event : null;
  }
}
