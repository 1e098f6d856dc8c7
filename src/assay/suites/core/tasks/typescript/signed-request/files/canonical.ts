import { createHash } from "node:crypto";
import { decode, encode } from "./encoding.js";

export interface Request {
  method: string;
  /** Path and query as they stand in the request line, encoded. */
  target: string;
  headers: Record<string, string>;
  body: string;
}

/** The one text that client and server both sign. */
export function canonical(request: Request): string {
  const [path, query] = request.target.split("?");
  return [
    request.method,
    canonicalPath(path),
    canonicalQuery(query || ""),
    canonicalHeaders(request.headers),
    createHash("sha256").update(request.body, "latin1").digest("hex"),
  ].join("\n");
}

function canonicalPath(path: string): string {
  return encode(decode(path)).replace(/%2F/g, "/");
}

function canonicalQuery(query: string): string {
  const parameters: Record<string, string> = {};
  for (const piece of query.split("&")) {
    const [name, value] = piece.split("=");
    parameters[decode(name)] = decode(value);
  }
  return Object.keys(parameters)
    .sort((a, b) => a.localeCompare(b))
    .map((name) => `${encode(name)}=${encode(parameters[name])}`)
    .join("&");
}

/** All x- headers and the host. */
function canonicalHeaders(headers: Record<string, string>): string {
  return Object.keys(headers)
    .filter((name) => name.startsWith("x-") || name === "host")
    .sort()
    .map((name) => `${name.toLowerCase()}:${headers[name].trim()}`)
    .join("\n");
}
