/**
 * The parts of a resource of `size` bytes that a Range header asks for: [first, last] pairs, in its order, without
 * those that begin behind the end. Null if the header is none that is obeyed.
 */
export function parseRange(header, size) {
  const match = /^bytes=(.*)$/is.exec(header);
  if (match === null) return null;
  const parts = [];
  for (const member of match[1].split(",")) {
    const spec = /^([0-9]*)-([0-9]*)$/.exec(member.trim());
    if (spec === null) return null;
    const [first, last] = [spec[1], spec[2]].map((digits) => (digits === "" ? null : BigInt(digits)));
    if (first === null && last === null) return null;
    if (first !== null && last !== null && first > last) return null;
    const part = first === null ? suffix(last, size) : from(first, last, size);
    if (part !== null) parts.push(part);
  }
  return parts;
}

function suffix(length, size) {
  return length === 0n || size === 0 ? null : [Math.max(0, size - Number(length)), size - 1];
}

function from(first, last, size) {
  if (first >= size) return null;
  return [Number(first), last === null || last >= size ? size - 1 : Number(last)];
}
