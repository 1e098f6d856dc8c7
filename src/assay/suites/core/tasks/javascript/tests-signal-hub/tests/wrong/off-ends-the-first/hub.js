/** Passes signals on to those who listen. */
function createHub() {
  const registrations = new Map();

  function register(name, listener, isOnce) {
    const registration = { listener, isOnce, ended: false };
    if (!registrations.has(name)) registrations.set(name, []);
    registrations.get(name).push(registration);
    return () => end(name, registration);
  }

  function end(name, registration) {
    if (registration.ended) return;
    registration.ended = true;
    const left = registrations.get(name).filter((one) => one !== registration);
    if (left.length > 0) registrations.set(name, left);
    else registrations.delete(name);
  }

  return {
    on: (name, listener) => register(name, listener, false),
    once: (name, listener) => register(name, listener, true),
    off(name, listener) {
      const last = (registrations.get(name) ?? []).find((one) => one.listener === listener);
      if (last) end(name, last);
      return last !== undefined;
    },
    emit(name, ...values) {
      const errors = [];
      let called = 0;
      for (const registration of [...(registrations.get(name) ?? [])]) {
        if (registration.ended) continue;
        if (registration.isOnce) end(name, registration);
        called += 1;
        try {
          registration.listener(...values);
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw errors[0];
      return called;
    },
  };
}

module.exports = { createHub };
