function LineSplitter() {
  let kept = "";
  let swallow = false;

  this.push = (chunk) => {
    let text = chunk;
    if (swallow && text.length > 0) {
      swallow = false;
      if (text.startsWith("\n")) text = text.substring(1);
    }
    const lines = [];
    const end = /\r?\n|\r/g;
    let from = 0;
    for (const found of text.matchAll(end)) {
      lines.push(kept + text.substring(from, found.index));
      kept = "";
      from = found.index + found[0].length;
      swallow = found[0] === "\r" && from >= 0;
    }
    kept += text.substring(from);
    return lines;
  };

  this.end = () => {
    const last = kept;
    [kept, swallow] = ["", false];
    return last.length > 0 ? [last] : [];
  };
}

module.exports = { LineSplitter };
