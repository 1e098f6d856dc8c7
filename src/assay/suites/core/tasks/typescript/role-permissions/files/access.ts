import { covers } from "./match.js";
import { UnknownRole, type Decision, type Roles, type User } from "./types.js";

/** Decides whether a user may do something, and says why. */
export function decide(roles: Roles, user: User, permission: string): Decision {
  const seen = new Set<string>();
  for (const name of user.roles) {
    const decision = ofRole(roles, name, permission, [name], seen);
    if (decision) return decision;
  }
  return { allowed: false, via: [], rule: null };
}

export function may(roles: Roles, user: User, permission: string): boolean {
  return decide(roles, user, permission).allowed;
}

function ofRole(
  roles: Roles,
  name: string,
  permission: string,
  via: string[],
  seen: Set<string>,
): Decision | undefined {
  if (seen.has(name)) return undefined;
  seen.add(name);
  const role = roles[name];
  if (!role) throw new UnknownRole(name);
  const granted = role.grants.find((rule) => covers(rule, permission));
  if (granted) return { allowed: true, via, rule: granted };
  const denied = role.denies.find((rule) => covers(rule, permission));
  if (denied) return { allowed: false, via, rule: denied };
  for (const parent of role.inherits) {
    via.push(parent);
    const decision = ofRole(roles, parent, permission, via, seen);
    if (decision) return decision;
  }
  return undefined;
}
