export type Rule =
  | { kind: "any"; rules: Rule[] }
  | { kind: "all"; rules: Rule[] }
  | { kind: "not"; rule: Rule }
  | { kind: "text"; field: string; op: "is" | "contains" | "starts"; value: string; exact?: boolean }
  | { kind: "number"; field: string; op: "below" | "above" | "between"; value: number; to?: number }
  | { kind: "known"; field: string };

export type Message = Record<string, string | number | null | undefined>;

type Kind = Rule["kind"];
type Of<K extends Kind> = Extract<Rule, { kind: K }>;

/** What is known of one kind of rule. */
interface Handler<R extends Rule> {
  fits(rule: R, message: Message): boolean;
  describe(rule: R): string;
  /** Whether its description stands in parentheses within another one. */
  isLong?(rule: R): boolean;
}

const TEXT_OPS: Record<string, (text: string, value: string) => boolean> = {
  is: (text, value) => text === value,
  contains: (text, value) => text.includes(value),
  starts: (text, value) => text.startsWith(value),
};

const NUMBER_OPS: Record<string, (found: number, from: number, to: number) => boolean> = {
  below: (found, from) => found < from,
  above: (found, from) => found > from,
  between: (found, from, to) => found >= from && found <= to,
};

const HANDLERS: { [K in Kind]: Handler<Of<K>> } = {
  any: {
    fits: ({ rules }, message) => rules.some((inner) => fits(inner, message)),
    describe: ({ rules }) => rules.map(group).join(" or ") || "never",
    isLong: ({ rules }) => rules.length > 1,
  },
  all: {
    fits: ({ rules }, message) => rules.every((inner) => fits(inner, message)),
    describe: ({ rules }) => rules.map(group).join(" and ") || "always",
    isLong: ({ rules }) => rules.length > 1,
  },
  not: {
    fits: ({ rule }, message) => !fits(rule, message),
    describe: ({ rule }) => `not ${group(rule)}`,
  },
  known: {
    fits: ({ field }, message) => Boolean(message[field]),
    describe: ({ field }) => `${field} is known`,
  },
  text: {
    fits: fitsText,
    describe: ({ field, op, value, exact }) => `${field} ${op} "${value}"${exact ? " exactly" : ""}`,
  },
  number: {
    fits: fitsNumber,
    describe: ({ field, op, value, to }) => `${field} ${op} ${value}${op === "between" ? ` and ${to ?? value}` : ""}`,
  },
};

/** Whether a rule of a mailbox fits a message. */
export function fits(rule: Rule, message: Message): boolean {
  return handler(rule).fits(rule, message);
}

/** How a rule is put to a person. */
export function describe(rule: Rule): string {
  return handler(rule).describe(rule);
}

function handler(rule: Rule): Handler<Rule> {
  if (!Object.hasOwn(HANDLERS, rule.kind)) throw new Error(`unknown rule: ${rule.kind}`);
  return HANDLERS[rule.kind] as Handler<Rule>;
}

function fitsText({ field, op, value, exact }: Of<"text">, message: Message): boolean {
  const found = message[field];
  if (!isGiven(found)) return false;
  const compared = operation(TEXT_OPS, op, "text");
  return exact ? compared(String(found), value) : compared(String(found).toLowerCase(), value.toLowerCase());
}

function fitsNumber({ field, op, value, to }: Of<"number">, message: Message): boolean {
  const found = message[field];
  if (!isGiven(found) || found === "" || Number.isNaN(Number(found))) return false;
  return operation(NUMBER_OPS, op, "number")(Number(found), value, to ?? value);
}

function operation<T>(known: Record<string, T>, op: string, what: string): T {
  if (!Object.hasOwn(known, op)) throw new Error(`unknown op of a ${what}: ${op}`);
  return known[op];
}

function isGiven(found: string | number | null | undefined): boolean {
  return found !== undefined && found !== null;
}

function group(rule: Rule): string {
  return handler(rule).isLong?.(rule) ? `(${describe(rule)})` : describe(rule);
}
