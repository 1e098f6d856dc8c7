'use strict';

/** The till of a market stall. Prices and payments are in cents. */
function createTill(coins) {
  const drawer = {};
  for (const value of [200, 100, 50, 20, 10, 5, 2, 1]) {
    drawer[value] = coins[value] || 0;
  }
  let lines = [];
  let log = [];

  function find(name) {
    for (let i = lines.length - 1; i >= 0; i--) {
      if (lines[i].name === name && !lines[i].voided) {
        return lines[i];
      }
    }
    return null;
  }

  function total() {
    let sum = 0;
    for (const line of lines) {
      if (!line.voided) {
        sum += line.price * line.count;
      }
    }
    return sum;
  }

  return {
    add: function (name, price, count = 1) {
      if (!Number.isInteger(price) || price < 0) {
        throw new RangeError('bad price: ' + price);
      }
      if (!Number.isInteger(count) || count < 1) {
        throw new RangeError('bad count: ' + count);
      }
      const last = lines[lines.length - 1];
      if (last && last.name === name && last.price === price && !last.voided) {
        last.count += count;
      } else {
        lines.push({ name: name, price: price, count: count, voided: false });
      }
      return total();
    },

    voidItem: function (name) {
      const line = find(name);
      if (line === null) {
        throw new Error('not on the bill: ' + name);
      }
      line.count -= 1;
      if (line.count === 0) {
        line.voided = true;
      }
      return total();
    },

    total: function () {
      return total();
    },

    pay: function (given) {
      let sum = 0;
      for (const value in given) {
        if (!Object.hasOwn(drawer, value)) {
          throw new RangeError('no such coin: ' + value);
        }
        sum += Number(value) * given[value];
      }
      const due = total();
      if (sum < due) {
        throw new Error('short by ' + (due - sum));
      }
      const after = {};
      for (const value in drawer) {
        after[value] = drawer[value] + (given[value] || 0);
      }
      let rest = sum - due;
      const change = [];
      for (const value of [200, 100, 50, 20, 10, 5, 2, 1]) {
        while (rest >= value && after[value] > 0) {
          after[value] -= 1;
          rest -= value;
          change.push(value);
        }
      }
      if (rest > 0) {
        throw new Error('no change for ' + rest);
      }
      for (const value in after) {
        drawer[value] = after[value];
      }
      log.push({ due: due, items: lines.filter((line) => !line.voided).length });
      lines = [];
      return change;
    },

    cash: function () {
      let sum = 0;
      for (const value in drawer) {
        sum += Number(value) * drawer[value];
      }
      return sum;
    },

    closeDay: function () {
      if (lines.some((line) => !line.voided)) {
        throw new Error('a bill is open');
      }
      const sales = log.length;
      let turnover = 0;
      let items = 0;
      for (const sale of log) {
        turnover += sale.due;
        items += sale.items;
      }
      log = [];
      return [sales, items, turnover];
    },
  };
}

module.exports = { createTill };
