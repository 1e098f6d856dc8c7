class Mailbox {
  #messages = [];
  #waiting = [];
  #closed = false;

  constructor(most = Infinity) {
    if (!(most >= 1)) throw new RangeError("a mailbox holds one message at least");
    this.most = most;
  }

  /**
   * How many messages lie in the mailbox; those that were handed to somebody who waits do not.
   *
   * @example
   * const mailbox = new Mailbox();
   * mailbox.push("a");
   * mailbox.push("b");
   * mailbox.size; // => 2
   * await mailbox.pull();
   * mailbox.size; // => 1
   *
   * @example
   * const mailbox = new Mailbox();
   * const first = mailbox.pull();
   * mailbox.size; // => 0
   * mailbox.push("a");
   * mailbox.size; // => 0
   */
  get size() {
    return this.#messages.length;
  }

  /**
   * Hands a message to the one who has waited longest, or else lays it down. Returns whether it was taken:
   * it is not if as many lie there as the mailbox may hold. A closed mailbox throws.
   *
   * @example
   * const mailbox = new Mailbox(1);
   * mailbox.push("a"); // => true
   * mailbox.push("b"); // throws RangeError
   * await collect(mailbox, 1); // => ["a"]
   *
   * @example
   * const mailbox = new Mailbox(1);
   * const waiting = [mailbox.pull(), mailbox.pull()];
   * mailbox.push("a"); // => true
   * mailbox.push("b"); // => true
   * (await Promise.all(waiting)).map((one) => one.value); // => ["a", "b"]
   * mailbox.close();
   * mailbox.push("c"); // throws Error
   */
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

  /**
   * A promise of the oldest message, `{ done: false, value }`. Without one it waits for the next, or until
   * the mailbox is closed: then, and on an empty mailbox that is closed, it is `{ done: true, value: undefined }`.
   *
   * @example
   * const mailbox = new Mailbox();
   * mailbox.push("a");
   * mailbox.push("b");
   * mailbox.close();
   * await mailbox.pull(); // => { done: false, value: "a" }
   * await mailbox.pull(); // => { done: false, value: "b" }
   * await mailbox.pull(); // => { done: true, value: undefined }
   *
   * @example
   * const mailbox = new Mailbox();
   * const waiting = [mailbox.pull(), mailbox.pull()];
   * mailbox.push("a");
   * mailbox.push("b");
   * (await waiting[0]).value; // => "a"
   * (await waiting[1]).value; // => "b"
   */
  pull() {
    if (this.#messages.length > 0) return Promise.resolve({ done: false, value: this.#messages.shift() });
    if (this.#closed) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /**
   * Takes no message any more, and tells all who wait. What lies in the mailbox can still be pulled.
   *
   * @example
   * const mailbox = new Mailbox();
   * const waiting = [mailbox.pull(), mailbox.pull()];
   * mailbox.close();
   * await Promise.all(waiting); // => [{ done: true, value: undefined }, { done: true, value: undefined }]
   *
   * @example
   * const mailbox = new Mailbox();
   * mailbox.push("a");
   * mailbox.close();
   * mailbox.close();
   * mailbox.push("b"); // throws Error
   * await collect(mailbox); // => ["a"]
   */
  close() {
    this.#closed = true;
    for (const waiting of this.#waiting.splice(0)) waiting({ done: true, value: undefined });
  }
}

/**
 * All messages until the mailbox is closed, or the first `most` of them.
 *
 * @example
 * const mailbox = new Mailbox();
 * for (const message of ["a", "b", "c"]) mailbox.push(message);
 * await collect(mailbox, 2); // => ["a", "b"]
 * mailbox.size; // => 1
 * await collect(mailbox, 0); // => []
 * mailbox.close();
 * await collect(mailbox); // => ["c"]
 */
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
