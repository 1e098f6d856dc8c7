export type Scalar = string | number | boolean;

export type Condition =
  | { attribute: string; is: Scalar[] }
  | { attribute: string; startsWith: string }
  | { attribute: string; atLeast: number };

export interface Rule {
  when: Condition[];
  serve: string;
  percent?: number;
}

export interface Flag {
  variants: string[];
  off: string;
  fallback: string;
  enabled: boolean;
  needs?: Record<string, string[]>;
  rules: Rule[];
}

export type Flags = Record<string, Flag>;

export interface Context {
  key: string;
  attributes: Record<string, Scalar>;
}

export type Reason = "disabled" | "needs" | "rule" | "fallback";

export interface Result {
  variant: string;
  reason: Reason;
  rule: number | null;
}

export class FlagError extends Error {}

/** Which variant of a flag somebody gets, and why. */
export function evaluate(flags: Flags, name: string, context: Context): Result {
  checkAll(flags, name, []);
  return decide(flags, name, context);
}

/** Looks at a flag and at all that it needs before anything is decided, so that errors do not depend on the context. */
function checkAll(flags: Flags, name: string, way: string[]): void {
  if (way.includes(name)) {
    throw new FlagError(
      `flags need each other: ${[...way.slice(way.indexOf(name)), name].join(" -> ")}`,
    );
  }
  if (!Object.hasOwn(flags, name)) throw new FlagError(`no such flag: ${name}`);
  const flag = flags[name];
  for (const variant of [flag.off, flag.fallback, ...flag.rules.map((rule) => rule.serve)]) {
    if (!flag.variants.includes(variant)) throw new FlagError(`${name} has no variant ${variant}`);
  }
  for (const needed of Object.keys(flag.needs ?? {})) checkAll(flags, needed, [...way, name]);
}

function decide(flags: Flags, name: string, context: Context): Result {
  const flag = flags[name];
  if (!flag.enabled) return { variant: flag.off, reason: "disabled", rule: null };
  const met = Object.entries(flag.needs ?? {}).every(([needed, variants]) =>
    variants.includes(decide(flags, needed, context).variant),
  );
  if (!met) return { variant: flag.off, reason: "needs", rule: null };
  const bucket = bucketOf(`${name}/${context.key}`);
  let reached = 0;
  for (const [index, rule] of flag.rules.entries()) {
    if (!rule.when.every((condition) => holds(condition, context))) continue;
    reached += Math.floor((rule.percent ?? 100) * 100);
    if (bucket < reached) return { variant: rule.serve, reason: "rule", rule: index };
  }
  return { variant: flag.fallback, reason: "fallback", rule: null };
}

function holds(condition: Condition, context: Context): boolean {
  const { attributes, key } = context;
  let value: Scalar | undefined;
  if (condition.attribute === "key") value = key;
  else if (Object.hasOwn(attributes, condition.attribute)) value = attributes[condition.attribute];
  if ("is" in condition) return value !== undefined && condition.is.includes(value);
  if ("startsWith" in condition)
    return typeof value === "string" && value.startsWith(condition.startsWith);
  return typeof value === "number" && value >= condition.atLeast;
}

/** A number from 0 to 9999 that depends on nothing but the text: FNV-1a over its UTF-8. */
function bucketOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0) % 10_000;
}
