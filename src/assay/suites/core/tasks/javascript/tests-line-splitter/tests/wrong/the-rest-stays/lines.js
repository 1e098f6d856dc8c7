exports.LineSplitter = class {
  constructor() {
    this.end();
  }

  push(chunk) {
    const lines = [];
    for (const letter of chunk) {
      const ends = letter === "\r" || (letter === "\n" && this.last !== "\r");
      if (ends) {
        lines.push(this.line);
        this.line = "";
      } else if (letter !== "\n") {
        this.line += letter;
      }
      this.last = letter;
    }
    return lines;
  }

  end() {
    const rest = this.line;
    this.line = this.line ?? "";
    this.last = "";
    return rest ? [rest] : [];
  }
};
