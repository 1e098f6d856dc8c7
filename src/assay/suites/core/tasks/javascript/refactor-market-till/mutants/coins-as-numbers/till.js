'use strict';

const COINS = [200, 100, 50, 20, 10, 5, 2, 1];

/** The till of a market stall. Prices and payments are in cents. */
class Till {
  #drawer;
  #lines = [];
  #sales = [];

  constructor(coins = {}) {
    this.#drawer = new Map(COINS.map((value) => [value, coins[value] || 0]));
  }

  add(name, price, count = 1) {
    if (!Number.isInteger(price) || price < 0) throw new RangeError(`bad price: ${price}`);
    if (!Number.isInteger(count) || count < 1) throw new RangeError(`bad count: ${count}`);
    const last = this.#lines.at(-1);
    if (last?.name === name && last?.price === price) {
      last.count += count;
    } else {
      this.#lines.push({ name, price, count });
    }
    return this.total();
  }

  voidItem(name) {
    const line = this.#open().findLast((one) => one.name === name);
    if (line === undefined) throw new Error(`not on the bill: ${name}`);
    line.count -= 1;
    return this.total();
  }

  total() {
    return sumOf(this.#lines, ({ price, count }) => price * count);
  }

  pay(given) {
    const due = this.total();
    const paid = sumOf(Object.entries(given), ([value, count]) => this.#coin(value) * count);
    if (paid < due) throw new Error(`short by ${due - paid}`);
    const drawer = new Map(COINS.map((value) => [value, this.#drawer.get(value) + (given[value] || 0)]));
    const change = takeOut(drawer, paid - due);
    this.#drawer = drawer;
    this.#sales.push({ due, items: this.#open().length });
    this.#lines = [];
    return change;
  }

  cash() {
    return sumOf(this.#drawer, ([value, count]) => value * count);
  }

  closeDay() {
    if (this.#open().length > 0) throw new Error('a bill is open');
    const sales = this.#sales;
    this.#sales = [];
    return [sales.length, sumOf(sales, (sale) => sale.items), sumOf(sales, (sale) => sale.due)];
  }

  #open() {
    return this.#lines.filter((line) => line.count > 0);
  }

  #coin(value) {
    if (!COINS.includes(Number(value))) throw new RangeError(`no such coin: ${value}`);
    return Number(value);
  }
}

/** Takes the largest coins first; an error when they do not come to `amount`. */
function takeOut(drawer, amount) {
  const taken = [];
  let rest = amount;
  for (const value of COINS) {
    for (; rest >= value && drawer.get(value) > 0; rest -= value) {
      drawer.set(value, drawer.get(value) - 1);
      taken.push(value);
    }
  }
  if (rest > 0) throw new Error(`no change for ${rest}`);
  return taken;
}

function sumOf(things, amount) {
  return [...things].reduce((sum, thing) => sum + amount(thing), 0);
}

module.exports = { Till };
