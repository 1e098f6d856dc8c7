/** What a role may do: rules such as "invoices:read", in which either part may be "*". */
export interface Role {
  inherits: string[];
  grants: string[];
  denies: string[];
}

export type Roles = Record<string, Role>;

export interface User {
  roles: string[];
}

/** How a permission was decided: the roles on the way, first the user's own one, and the rule; nothing if none applied. */
export interface Decision {
  allowed: boolean;
  via: string[];
  rule: string | null;
}

export class UnknownRole extends Error {
  constructor(name: string) {
    super(`unknown role: ${name}`);
  }
}
