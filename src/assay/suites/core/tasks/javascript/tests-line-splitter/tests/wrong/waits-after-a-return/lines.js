/** Makes lines out of chunks of text. */
class LineSplitter {
  #rest = "";

  push(chunk) {
    const text = this.#rest + chunk;
    const whole = text.endsWith("\r") ? text.length - 1 : text.length;
    const lines = text.slice(0, whole).split(/\r\n|\r|\n/);
    this.#rest = lines.pop() + text.slice(whole);
    return lines;
  }

  end() {
    const lines = this.#rest === "" ? [] : [this.#rest.replace(/\r$/, "")];
    this.#rest = "";
    return lines;
  }
}

module.exports = { LineSplitter };
