/** Makes lines out of chunks of text. */
class LineSplitter {
  #rest = "";
  #afterReturn = false;

  push(chunk) {
    if (chunk === "") return [];
    const text = this.#afterReturn && chunk[0] === "\n" ? chunk.slice(1) : chunk;
    this.#afterReturn = chunk.endsWith("\r") || (this.#afterReturn && chunk === "\n");
    const lines = (this.#rest + text).split(/\r\n|\r|\n/);
    this.#rest = lines.pop();
    return lines;
  }

  end() {
    const lines = this.#rest === "" ? [] : [this.#rest];
    this.#rest = "";
    this.#afterReturn = false;
    return lines;
  }
}

module.exports = { LineSplitter };
