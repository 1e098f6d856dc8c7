/** Percent-encoding as the signature wants it: everything but RFC 3986's unreserved characters. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => "%" + character.charCodeAt(0).toString(16).toUpperCase(),
  );
}

/** The text that a percent-encoded one stands for. A plus sign is a plus sign. */
export function decode(text: string): string {
  return decodeURIComponent(text.replaceAll("+", " "));
}
