const MOST_STEPS = 5;
const NAME = /^([^[\]]+)((?:\[[^[\]]*\])*)$/;

export class FormError extends Error {
  name = "FormError";
}

/** The steps of a name: `a[b][]` is `a`, `b`, and "" for one more item of an array. */
export function steps(name) {
  const match = NAME.exec(name);
  if (match === null) throw new FormError(`no name of a field: ${name}`);
  const found = [match[1], ...[...match[2].matchAll(/\[([^\]]*)\]/g)].map(([, step]) => step)];
  if (found.length > MOST_STEPS) throw new FormError(`nested too deep: ${name}`);
  if (found.slice(0, -1).includes("")) throw new FormError(`[] stands at the end only: ${name}`);
  return found;
}

/** Puts a value where the steps lead, making objects and arrays on the way. */
export function put(form, path, value) {
  let place = form;
  for (const [i, step] of path.entries()) {
    const next = path[i + 1];
    if (next === undefined) {
      if (step === "") place.push(value);
      else if (isContainer(own(place, step))) throw new FormError(`a text where there are fields: ${step}`);
      else set(place, step, value);
      return;
    }
    const known = own(place, step);
    if (known === undefined) set(place, step, next === "" ? [] : {});
    else if (!isContainer(known) || Array.isArray(known) !== (next === "")) {
      throw new FormError(`fields of two kinds: ${step}`);
    }
    place = own(place, step);
  }
}

function isContainer(value) {
  return typeof value === "object";
}

function own(object, key) {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets an own property, whatever it is called: `__proto__` is a name like others. */
function set(object, key, value) {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
