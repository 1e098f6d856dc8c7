import { covers } from "./match.js";
import { UnknownRole, type Decision, type Roles, type User } from "./types.js";

/** Decides whether a user may do something, and says why. */
export function decide(roles: Roles, user: User, permission: string): Decision {
  checkKnown(roles, user.roles);
  return firstOf(roles, user.roles, permission, []) ?? { allowed: false, via: [], rule: null };
}

export function may(roles: Roles, user: User, permission: string): boolean {
  return decide(roles, user, permission).allowed;
}

/** What several roles of one level say together: the first one that denies, else the first one that grants. */
function firstOf(
  roles: Roles,
  names: string[],
  permission: string,
  via: string[],
): Decision | undefined {
  const decisions = names
    .filter((name) => !via.includes(name))
    .map((name) => ofRole(roles, name, permission, [...via, name]))
    .filter((decision) => decision !== undefined);
  return decisions[0];
}

/** A role's own rules come before all that it inherits. */
function ofRole(
  roles: Roles,
  name: string,
  permission: string,
  via: string[],
): Decision | undefined {
  const { denies, grants, inherits } = roles[name];
  const denied = denies.find((rule) => covers(rule, permission));
  if (denied !== undefined) return { allowed: false, via, rule: denied };
  const granted = grants.find((rule) => covers(rule, permission));
  if (granted !== undefined) return { allowed: true, via, rule: granted };
  return firstOf(roles, inherits, permission, via);
}

/** Throws for the first unknown role among these and all that they inherit, depth first. */
function checkKnown(roles: Roles, names: string[], seen = new Set<string>()): void {
  for (const name of names) {
    if (!Object.hasOwn(roles, name)) throw new UnknownRole(name);
    if (seen.has(name)) continue;
    seen.add(name);
    checkKnown(roles, roles[name].inherits, seen);
  }
}
