import { createHmac } from "node:crypto";
import { canonical, type Request } from "./canonical.js";

/** The signature of a request, in hexadecimal digits. */
export function sign(secret: string, request: Request): string {
  return createHmac("sha256", secret).update(canonical(request), "utf8").digest("hex");
}

export function verify(secret: string, request: Request, signature: string): boolean {
  return sign(secret, request).startsWith(signature);
}

export { canonical };
