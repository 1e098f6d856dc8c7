module.exports.createHub = function () {
  let listeners = [];

  const add = (name, call, once) => {
    const one = [name, call, once];
    listeners = [one, ...listeners];
    return remove.bind(null, one);
  };
  const remove = (one) => {
    listeners = listeners.filter((other) => other !== one);
  };
  const attempt = (call, values) => {
    try {
      call(...values);
      return [];
    } catch (error) {
      return [error];
    }
  };

  return {
    on(name, call) {
      return add(name, call, false);
    },
    once(name, call) {
      return add(name, call, true);
    },
    off(name, call) {
      const mine = listeners.filter((one) => one[0] === name && one[1] === call);
      if (mine.length === 0) return false;
      remove(mine[0]);
      return true;
    },
    emit(name, ...values) {
      let called = 0;
      const errors = listeners
        .filter((one) => one[0] === name)
        .flatMap((one) => {
          if (!listeners.includes(one)) return [];
          if (one[2]) remove(one);
          called += 1;
          return attempt(one[1], values);
        });
      for (const error of errors) throw error;
      return called;
    },
  };
};
