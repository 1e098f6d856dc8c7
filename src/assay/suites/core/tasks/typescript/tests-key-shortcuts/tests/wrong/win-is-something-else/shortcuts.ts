const MODIFIERS: Record<string, string> = {
  ctrl: "Ctrl",
  control: "Ctrl",
  alt: "Alt",
  option: "Alt",
  shift: "Shift",
  meta: "Meta",
  cmd: "Meta",
  command: "Meta",
  win: "Win",
};
const ORDER = ["Ctrl", "Alt", "Shift", "Meta", "Win"];
const KEYS: Record<string, string> = {
  enter: "Enter",
  escape: "Escape",
  esc: "Escape",
  space: "Space",
  tab: "Tab",
  delete: "Delete",
  del: "Delete",
  plus: "Plus",
};

/** One form for all ways to write a shortcut. */
export function normalizeShortcut(text: string): string {
  const modifiers = new Set<string>();
  const keys: string[] = [];
  for (const part of text.split("+").map((one) => one.trim().toLowerCase())) {
    if (Object.hasOwn(MODIFIERS, part)) {
      const modifier = MODIFIERS[part];
      if (modifiers.has(modifier)) throw new SyntaxError(`${modifier} stands twice`);
      modifiers.add(modifier);
    } else {
      keys.push(keyOf(part));
    }
  }
  if (keys.length !== 1) throw new SyntaxError(`a shortcut has one key, not ${keys.length}`);
  return [...ORDER.filter((one) => modifiers.has(one)), ...keys].join("+");
}

function keyOf(part: string): string {
  if (/^[a-z0-9]$/.test(part) || /^f([1-9]|1[0-2])$/.test(part)) return part.toUpperCase();
  if (Object.hasOwn(KEYS, part)) return KEYS[part];
  throw new SyntaxError(`no key is called “${part}”`);
}
