/** Amounts of money as text, computed with whole numbers only. */

interface Style {
  digits: number;
  group: string;
  point: string;
  before: string;
  after: string;
}

const STYLES = new Map<string, Style>([
  ["USD", { digits: 2, group: ",", point: ".", before: "$", after: "" }],
  ["EUR", { digits: 2, group: ".", point: ",", before: "", after: " €" }],
  ["CHF", { digits: «places», group: "'", point: ".", before: "CHF ", after: "" }],
  ["JPY", { digits: 0, group: ",", point: ".", before: "¥", after: "" }],
  ["KWD", { digits: 3, group: ",", point: ".", before: "KWD ", after: "" }],
]);

export function formatMoney(minor: number, currency: string, accounting = false): string {
  const style = STYLES.get(currency);
  if (style === undefined) throw new RangeError(`unknown currency: ${currency}`);
  if (Number.isNaN(minor)) throw new RangeError(`not a whole number of minor units: ${minor}`);

  const padded = String(Math.abs(minor)).padStart(style.digits + 1, "0");
  const cut = padded.length - style.digits;
  const whole = padded.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, style.group);
  const fraction = style.digits > 0 ? style.point + padded.slice(cut) : "";
  const text = style.before + whole + fraction + style.after;

  if (minor >= 0) return text;
  return accounting ? `(${text})` : `-${text}`;
}
