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
  const [path, query] = splitOnce(request.target, "?");
  return [
    request.method.toUpperCase(),
    canonicalPath(path),
    canonicalQuery(query),
    canonicalHeaders(request.headers),
    createHash("sha256").update(request.body, "utf8").digest("hex"),
  ].join("\n");
}

/** What stands before and after the first separator; all and nothing if there is none. */
function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** Decoded and encoded segment by segment: an encoded slash is part of a name. */
function canonicalPath(path: string): string {
  return path
    .split("/")
    .map((segment) => encode(decode(segment)))
    .join("/");
}

function canonicalQuery(query: string): string {
  return query
    .split("&")
    .filter((piece) => piece !== "")
    .map((piece) => splitOnce(piece, "=").map((part) => encode(decode(part))))
    .sort(([nameA], [nameB]) => compare(nameA, nameB))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** All x- headers and the host. */
function canonicalHeaders(headers: Record<string, string>): string {
  return Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value.replace(/[ \t]+/g, " ").replace(/^ | $/g, "")])
    .filter(([name]) => name.startsWith("x-") || name === "host")
    .sort(([a], [b]) => compare(a, b))
    .map(([name, value]) => `${name}:${value}`)
    .join("\n");
}

/** By code units, whatever the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
