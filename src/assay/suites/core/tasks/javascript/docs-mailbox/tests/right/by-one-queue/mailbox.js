class Mailbox {
  constructor(most = Infinity) {
    if (Number.isNaN(most) || most < 1) throw new RangeError("too small");
    Object.defineProperties(this, {
      most: { value: most },
      state: { value: { open: true, letters: [], readers: [] } },
    });
  }

  get size() {
    return this.state.letters.length;
  }

  push(message) {
    const { open, letters, readers } = this.state;
    if (!open) throw new Error("closed");
    if (readers.length === 0 && letters.length + 1 > this.most) return false;
    letters.push(message);
    this.deliver();
    return true;
  }

  async pull() {
    return new Promise((tell) => {
      this.state.readers.push(tell);
      this.deliver();
    });
  }

  close() {
    this.state.open = false;
    this.deliver();
  }

  deliver() {
    const { letters, readers } = this.state;
    while (readers.length && letters.length) readers.shift()({ done: false, value: letters.shift() });
    while (!this.state.open && readers.length) readers.shift()({ done: true, value: undefined });
  }
}
Object.defineProperty(Mailbox.prototype, "deliver", { enumerable: false });

async function collect(mailbox, most = Infinity) {
  if (most <= 0) return [];
  const next = await mailbox.pull();
  return next.done ? [] : [next.value, ...(await collect(mailbox, most - 1))];
}

module.exports = { Mailbox, collect };
