/** Whether a rule such as "invoices:*" is about a permission such as "invoices:read". */
export function covers(rule: string, permission: string): boolean {
  const [ruleThing, ruleAction] = parts(rule);
  const [thing, action] = parts(permission);
  return (
    (ruleThing === "*" || ruleThing === thing) && (ruleAction === "*" || ruleAction === action)
  );
}

/** What stands before and after the last colon. */
function parts(text: string): [string, string] {
  const at = text.lastIndexOf(":");
  return [text.slice(0, at), text.slice(at + 1)];
}
