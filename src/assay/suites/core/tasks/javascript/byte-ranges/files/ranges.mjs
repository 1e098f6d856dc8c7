/**
 * The parts of a resource of `size` bytes that a Range header asks for: [first, last] pairs, in its order, without
 * those that begin behind the end. Null if the header is none that is obeyed.
 */
export function parseRange(header, size) {
  if (!header.startsWith("bytes=")) return null;
  return header
    .slice(6)
    .split(",")
    .map((member) => {
      const [first, last] = member.split("-").map((digits) => parseInt(digits, 10));
      return [first || 0, last || size];
    })
    .filter(([first, last]) => first <= last && last <= size);
}
