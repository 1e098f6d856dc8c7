/** Percent-encoding as the signature wants it. */
export function encode(text: string): string {
  return encodeURIComponent(text);
}

/** The text that a percent-encoded one stands for. */
export function decode(text: string): string {
  return decodeURIComponent(text.replace(/\+/g, " "));
}
