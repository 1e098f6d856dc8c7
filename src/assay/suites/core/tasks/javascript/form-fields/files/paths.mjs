export class FormError extends Error {
  name = "FormError";
}

/** The steps of a name: `a[b][]` is `a`, `b`, and "" for one more item of an array. */
export function steps(name) {
  return name.split("[").map((step) => decodeURIComponent(step.replace("]", "")));
}

/** Puts a value where the steps lead, making objects and arrays on the way. */
export function put(form, path, value) {
  let place = form;
  for (const [i, step] of path.entries()) {
    const next = path[i + 1];
    if (step === "") place.push(value);
    else if (next === undefined) place[step] = value;
    else {
      place[step] = place[step] || (next === "" ? [] : {});
      place = place[step];
    }
  }
}
