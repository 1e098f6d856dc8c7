const NAMES = new Map<string, string>();
for (const line of ["Ctrl Control", "Alt Option", "Shift", "Meta Cmd Command Win"]) {
  const [first, ...others] = line.split(" ");
  for (const name of [first, ...others]) NAMES.set(name.toUpperCase(), `0${first}`);
}
for (const line of ["Enter", "Escape Esc", "Space", "Tab", "Delete Del", "Plus"]) {
  const [first, ...others] = line.split(" ");
  for (const name of [first, ...others]) NAMES.set(name.toUpperCase(), `1${first}`);
}
for (const key of "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") NAMES.set(key, `1${key}`);
for (let number = 1; number <= 12; number += 1) NAMES.set(`F${number}`, `1F${number}`);

export function normalizeShortcut(text: string): string {
  const parts: string[] = [];
  let part = "";
  for (const letter of `${text}+`) {
    if (letter !== "+") {
      part += letter;
      continue;
    }
    const known = NAMES.get(part.trim().toUpperCase());
    if (!known) throw new SyntaxError(`unknown part: ${JSON.stringify(part)}`);
    if (parts.includes(known)) throw new SyntaxError(`twice: ${part}`);
    parts.push(known);
    part = "";
  }
  const keys = parts.filter((one) => one.startsWith("1"));
  if (keys.length !== 1) throw new SyntaxError("one key is needed");
  const order = ["0Ctrl", "0Alt", "0Shift", "0Meta", keys[0]];
  const found = parts.filter((one) => one.startsWith("0")).sort((a, b) => order.indexOf(a) - order.indexOf(b));
  found.splice(parts.indexOf(keys[0]), 0, keys[0]);
  return found.map((one) => one.slice(1)).join("+");
}
