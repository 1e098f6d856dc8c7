import { put, steps } from "./paths.mjs";

/** The fields of a form, as they come in the body of a request: nested objects and arrays of texts. */
export function parseForm(body) {
  const form = {};
  for (const pair of body.split("&")) {
    const [name, value] = pair.split("=");
    put(form, steps(name), decodeURIComponent(value));
  }
  return form;
}
