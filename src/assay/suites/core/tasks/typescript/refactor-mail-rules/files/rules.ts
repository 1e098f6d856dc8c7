export type Rule =
  | { kind: "any"; rules: Rule[] }
  | { kind: "all"; rules: Rule[] }
  | { kind: "not"; rule: Rule }
  | { kind: "text"; field: string; op: "is" | "contains" | "starts"; value: string; exact?: boolean }
  | { kind: "number"; field: string; op: "below" | "above" | "between"; value: number; to?: number }
  | { kind: "known"; field: string };

export type Message = Record<string, string | number | null | undefined>;

/** Whether a rule of a mailbox fits a message. */
export function fits(rule: Rule, message: Message): boolean {
  switch (rule.kind) {
    case "any":
      for (const inner of rule.rules) {
        if (fits(inner, message)) {
          return true;
        }
      }
      return false;
    case "all":
      for (const inner of rule.rules) {
        if (!fits(inner, message)) {
          return false;
        }
      }
      return true;
    case "not":
      return !fits(rule.rule, message);
    case "known": {
      const found = message[rule.field];
      return found !== undefined && found !== null && found !== "";
    }
    case "text": {
      const found = message[rule.field];
      if (found === undefined || found === null) {
        return false;
      }
      const text = rule.exact ? String(found) : String(found).toLowerCase();
      const value = rule.exact ? rule.value : rule.value.toLowerCase();
      if (rule.op === "is") {
        return text === value;
      } else if (rule.op === "contains") {
        return text.includes(value);
      } else if (rule.op === "starts") {
        return text.startsWith(value);
      }
      throw new Error(`unknown op of a text: ${rule.op as string}`);
    }
    case "number": {
      const found = message[rule.field];
      if (found === undefined || found === null || found === "") {
        return false;
      }
      const number = Number(found);
      if (Number.isNaN(number)) {
        return false;
      }
      if (rule.op === "below") {
        return number < rule.value;
      } else if (rule.op === "above") {
        return number > rule.value;
      } else if (rule.op === "between") {
        return number >= rule.value && number <= (rule.to ?? rule.value);
      }
      throw new Error(`unknown op of a number: ${rule.op as string}`);
    }
    default:
      throw new Error(`unknown rule: ${(rule as Rule).kind}`);
  }
}

/** How a rule is put to a person. */
export function describe(rule: Rule): string {
  switch (rule.kind) {
    case "any":
      return rule.rules.length === 0 ? "never" : rule.rules.map((inner) => group(inner)).join(" or ");
    case "all":
      return rule.rules.length === 0 ? "always" : rule.rules.map((inner) => group(inner)).join(" and ");
    case "not":
      return `not ${group(rule.rule)}`;
    case "known":
      return `${rule.field} is known`;
    case "text":
      return `${rule.field} ${rule.op} "${rule.value}"${rule.exact ? " exactly" : ""}`;
    case "number":
      if (rule.op === "between") {
        return `${rule.field} between ${rule.value} and ${rule.to ?? rule.value}`;
      }
      return `${rule.field} ${rule.op} ${rule.value}`;
    default:
      throw new Error(`unknown rule: ${(rule as Rule).kind}`);
  }
}

function group(rule: Rule): string {
  if ((rule.kind === "any" || rule.kind === "all") && rule.rules.length > 1) {
    return `(${describe(rule)})`;
  }
  return describe(rule);
}
