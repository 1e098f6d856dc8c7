/** Whether a rule such as "invoices:*" is about a permission such as "invoices:read". */
export function covers(rule: string, permission: string): boolean {
  const pattern = rule.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*");
  return new RegExp(`^${pattern}$`).test(permission);
}
