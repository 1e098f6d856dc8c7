exports.createHub = () => {
  const calls = {};
  const callsOf = (name) => [].concat(calls[name] ?? []);

  function end(name, call) {
    call.ended = true;
    calls[name] = callsOf(name).filter((other) => other !== call);
  }

  function start(name, listener, isOnce) {
    const call = (...values) => {
      if (isOnce) end(name, call);
      listener(...values);
    };
    call.listener = listener;
    calls[name] = [...callsOf(name), call];
    return () => end(name, call);
  }

  function emit(name, ...values) {
    const going = callsOf(name);
    const failures = [];
    let count = 0;
    for (const call of going) {
      if (call.ended) continue;
      count += 1;
      try {
        call(...values);
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw failures[0];
    return count;
  }

  return {
    emit,
    on: (name, listener) => start(name, listener, false),
    once: (name, listener) => start(name, listener, true),
    off: (name, listener) => {
      const found = callsOf(name).reverse().find((call) => call.listener === listener);
      if (!found) return false;
      end(name, found);
      return true;
    },
  };
};
