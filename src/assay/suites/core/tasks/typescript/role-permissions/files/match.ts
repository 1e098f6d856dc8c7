/** Whether a rule such as "invoices:*" is about a permission such as "invoices:read". */
export function covers(rule: string, permission: string): boolean {
  if (rule.endsWith("*")) return permission.startsWith(rule.slice(0, -1));
  return rule === permission;
}
