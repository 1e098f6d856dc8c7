const PART = new RegExp(
  "^(?:(?<Ctrl>ctrl|control)|(?<Alt>alt|option)|(?<Shift>shift)|(?<Meta>meta|cmd|command|win)" +
    "|(?<Enter>enter)|(?<Escape>esc|escape)|(?<Space>space)|(?<Tab>tab)|(?<Delete>del|delete)|(?<Plus>plus)" +
    "|(?<plain>[a-z]|[0-9]|f[1-9]|f1[012]))$",
  "i",
);
const PLACES = ["Ctrl", "Alt", "Shift", "Meta", ""];

export const normalizeShortcut = (text: string): string => {
  const found: string[] = ["", "", "", "", ""];
  text.split("+").forEach((raw) => {
    const groups = PART.exec(raw.trim())?.groups ?? {};
    const name = Object.keys(groups).find((one) => groups[one] !== undefined);
    if (name === undefined) throw new SyntaxError(text);
    const place = PLACES.includes(name) ? PLACES.indexOf(name) : 4;
    if (found[place] !== "") throw new SyntaxError(text);
    const typed = groups[name].toLowerCase() === name.toLowerCase();
    found[place] = name === "plain" ? groups[name].toUpperCase() : typed ? groups[name] : name;
  });
  if (found[4] === "") throw new SyntaxError(text);
  return found.filter(Boolean).join("+");
};
