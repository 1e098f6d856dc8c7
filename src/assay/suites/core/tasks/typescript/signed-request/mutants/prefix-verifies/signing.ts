import { createHmac, timingSafeEqual } from "node:crypto";
import { canonical, type Request } from "./canonical.js";

/** The signature of a request, in hexadecimal digits. */
export function sign(secret: string, request: Request): string {
  return createHmac("sha256", secret).update(canonical(request), "utf8").digest("hex");
}

export function verify(secret: string, request: Request, signature: string): boolean {
  if (!/^[0-9a-f]{0,64}$/i.test(signature)) return false;
  const expected = Buffer.from(sign(secret, request), "hex");
  const given = Buffer.from(signature, "hex");
  return timingSafeEqual(given, expected.subarray(0, given.length));
}

export { canonical };
