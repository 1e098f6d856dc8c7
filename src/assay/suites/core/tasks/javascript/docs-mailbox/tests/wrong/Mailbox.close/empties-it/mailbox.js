class Mailbox {
  #messages = [];
  #waiting = [];
  #closed = false;

  constructor(most = Infinity) {
    if (!(most >= 1)) throw new RangeError("a mailbox holds one message at least");
    this.most = most;
  }

  get size() {
    return this.#messages.length;
  }

  push(message) {
    if (this.#closed) throw new Error("the mailbox is closed");
    const waiting = this.#waiting.shift();
    if (waiting) {
      waiting({ done: false, value: message });
      return true;
    }
    if (this.#messages.length >= this.most) return false;
    this.#messages.push(message);
    return true;
  }

  pull() {
    if (this.#messages.length > 0) return Promise.resolve({ done: false, value: this.#messages.shift() });
    if (this.#closed) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  close() {
    this.#closed = true;
    this.#messages = [];
    for (const waiting of this.#waiting.splice(0)) waiting({ done: true, value: undefined });
  }
}

async function collect(mailbox, most = Infinity) {
  const messages = [];
  while (messages.length < most) {
    const { done, value } = await mailbox.pull();
    if (done) break;
    messages.push(value);
  }
  return messages;
}

module.exports = { Mailbox, collect };
