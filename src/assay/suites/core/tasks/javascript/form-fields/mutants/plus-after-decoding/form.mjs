import { FormError, put, steps } from "./paths.mjs";

const MOST_FIELDS = 1000;

/** The fields of a form, as they come in the body of a request: nested objects and arrays of texts. */
export function parseForm(body) {
  const pairs = body.split("&").filter((pair) => pair !== "");
  if (pairs.length > MOST_FIELDS) throw new FormError(`more than ${MOST_FIELDS} fields`);
  const form = {};
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    const name = decoded(at < 0 ? pair : pair.slice(0, at));
    if (name !== "") put(form, steps(name), at < 0 ? "" : decoded(pair.slice(at + 1)));
  }
  return form;
}

function decoded(text) {
  try {
    return decodeURIComponent(text).replaceAll("+", " ");
  } catch {
    throw new FormError(`not encoded as it should be: ${text}`);
  }
}
