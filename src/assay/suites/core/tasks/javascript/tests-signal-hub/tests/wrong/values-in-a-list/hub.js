class Hub {
  #number = 0;
  #all = new Map();

  on(name, listener) {
    return this.#add({ name, listener });
  }

  once(name, listener) {
    return this.#add({ name, listener, single: true });
  }

  #add(entry) {
    this.#number += 1;
    const number = this.#number;
    this.#all.set(number, entry);
    return () => {
      this.#all.delete(number);
    };
  }

  off(name, listener) {
    let found;
    for (const [number, entry] of this.#all) {
      if (entry.name === name && entry.listener === listener) found = number;
    }
    return this.#all.delete(found);
  }

  emit(name, ...values) {
    const newest = this.#number;
    let failure;
    let count = 0;
    for (const [number, entry] of this.#all) {
      if (number > newest) break;
      if (entry.name !== name) continue;
      if (entry.single) this.#all.delete(number);
      count += 1;
      try {
        entry.listener.call(undefined, values);
      } catch (error) {
        failure ??= { error };
      }
    }
    if (failure) throw failure.error;
    return count;
  }
}

exports.createHub = () => new Hub();
