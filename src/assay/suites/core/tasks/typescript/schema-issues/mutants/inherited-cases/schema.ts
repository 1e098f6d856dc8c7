export type Schema =
  | { type: "text"; min?: number; max?: number; oneOf?: string[] }
  | { type: "number"; min?: number; max?: number; whole?: boolean }
  | { type: "boolean" }
  | { type: "nullable"; of: Schema }
  | { type: "list"; of: Schema; min?: number; max?: number; unique?: string }
  | { type: "object"; fields: Record<string, Schema>; optional?: string[]; open?: boolean }
  | { type: "choice"; by: string; cases: Record<string, Fields> };

export type Fields = Extract<Schema, { type: "object" }>;

export interface Issue {
  path: string;
  message: string;
}

/** All that is wrong with a value, from the outside in and from the first to the last. */
export function check(schema: Schema, value: unknown, path = "$"): Issue[] {
  switch (schema.type) {
    case "text":
      return checkText(schema, value, path);
    case "number":
      return checkNumber(schema, value, path);
    case "boolean":
      return typeof value === "boolean" ? [] : wrong(path, "a boolean", value);
    case "nullable":
      return value === null ? [] : check(schema.of, value, path);
    case "list":
      return checkList(schema, value, path);
    case "object":
      return checkObject(schema, value, path);
    case "choice":
      return checkChoice(schema, value, path);
  }
}

const KINDS: Record<string, string> = {
  string: "a text",
  number: "a number",
  boolean: "a boolean",
  object: "an object",
};

type Of<T extends Schema["type"]> = Extract<Schema, { type: T }>;

function checkText({ min, max, oneOf }: Of<"text">, value: unknown, path: string): Issue[] {
  if (typeof value !== "string") return wrong(path, "a text", value);
  const issues = checkSize([...value].length, min, max, "characters", path);
  if (oneOf && !oneOf.includes(value))
    issues.push({ path, message: `must be one of ${oneOf.join(", ")}` });
  return issues;
}

function checkNumber({ min, max, whole }: Of<"number">, value: unknown, path: string): Issue[] {
  if (typeof value !== "number" || !Number.isFinite(value)) return wrong(path, "a number", value);
  const issues: Issue[] = [];
  if (whole && !Number.isInteger(value)) issues.push({ path, message: "must be whole" });
  if (min !== undefined && value < min) issues.push({ path, message: `must be at least ${min}` });
  if (max !== undefined && value > max) issues.push({ path, message: `must be at most ${max}` });
  return issues;
}

function checkList({ of, min, max, unique }: Of<"list">, value: unknown, path: string): Issue[] {
  if (!Array.isArray(value)) return wrong(path, "a list", value);
  const issues = checkSize(value.length, min, max, "items", path);
  const seen = new Map<unknown, number>();
  for (const [index, item] of value.entries()) {
    issues.push(...check(of, item, `${path}[${index}]`));
    if (unique === undefined || !isObject(item) || !Object.hasOwn(item, unique)) continue;
    const first = seen.get(item[unique]);
    if (first === undefined) seen.set(item[unique], index);
    else
      issues.push({
        path: `${path}[${index}]${step(unique)}`,
        message: `is the same as in [${first}]`,
      });
  }
  return issues;
}

function checkObject(schema: Fields, value: unknown, path: string): Issue[] {
  if (!isObject(value)) return wrong(path, "an object", value);
  const issues: Issue[] = [];
  for (const [name, inner] of Object.entries(schema.fields)) {
    if (Object.hasOwn(value, name)) issues.push(...check(inner, value[name], path + step(name)));
    else if (!schema.optional?.includes(name))
      issues.push({ path: path + step(name), message: "is missing" });
  }
  if (schema.open) return issues;
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(schema.fields, name))
      issues.push({ path: path + step(name), message: "is not known" });
  }
  return issues;
}

function checkChoice({ by, cases }: Of<"choice">, value: unknown, path: string): Issue[] {
  if (!isObject(value)) return wrong(path, "an object", value);
  if (!Object.hasOwn(value, by)) return [{ path: path + step(by), message: "is missing" }];
  const tag = value[by];
  if (typeof tag !== "string" || !(tag in cases)) {
    return [{ path: path + step(by), message: `must be one of ${Object.keys(cases).join(", ")}` }];
  }
  const chosen = cases[tag];
  const fields: Fields["fields"] = Object.hasOwn(chosen.fields, by)
    ? chosen.fields
    : { ...chosen.fields, [by]: { type: "text" } };
  return checkObject({ ...chosen, fields }, value, path);
}

function checkSize(
  size: number,
  min: number | undefined,
  max: number | undefined,
  what: string,
  path: string,
): Issue[] {
  if (min !== undefined && size < min)
    return [{ path, message: `must have at least ${min} ${what}` }];
  if (max !== undefined && size > max)
    return [{ path, message: `must have at most ${max} ${what}` }];
  return [];
}

function wrong(path: string, wanted: string, value: unknown): Issue[] {
  return [{ path, message: `must be ${wanted}, not ${kindOf(value)}` }];
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return KINDS[typeof value] ?? "nothing";
}

/** How a field is written in a path. */
function step(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
