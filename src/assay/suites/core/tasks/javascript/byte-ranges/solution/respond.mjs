import { parseRange } from "./ranges.mjs";

const MOST_PARTS = 10;

/**
 * The answer to a request for a resource { bytes, type, etag, modified }: { status, headers, body }. Names of the
 * request's headers are in lower case; `boundary` is what separates several parts.
 */
export function respond(resource, method, headers, boundary) {
  const { bytes, type, etag, modified } = resource;
  const size = bytes.length;
  const common = { "accept-ranges": "bytes", etag, "last-modified": modified };
  const parts = method === "GET" && isFresh(resource, headers["if-range"]) ? asked(headers.range, size) : null;

  if (parts === null) {
    const body = method === "HEAD" ? new Uint8Array() : bytes;
    return { status: 200, headers: { ...common, "content-type": type, "content-length": String(size) }, body };
  }
  if (parts.length === 0) {
    const body = new Uint8Array();
    return { status: 416, headers: { ...common, "content-range": `bytes */${size}`, "content-length": "0" }, body };
  }
  const [body, description] =
    parts.length === 1
      ? [slice(bytes, parts[0]), { "content-type": type, "content-range": contentRange(parts[0], size) }]
      : [multipart(resource, parts, boundary), { "content-type": `multipart/byteranges; boundary=${boundary}` }];
  return { status: 206, headers: { ...common, ...description, "content-length": String(body.length) }, body };
}

function asked(range, size) {
  if (range === undefined) return null;
  const parts = parseRange(range, size);
  return parts === null || parts.length > MOST_PARTS ? null : parts;
}

/** Whether the client's copy, of which it wants more, is of this very resource. */
function isFresh({ etag, modified }, ifRange) {
  if (ifRange === undefined) return true;
  // A weak tag never guarantees the same bytes.
  return ifRange === modified || (ifRange === etag && !etag.startsWith("W/"));
}

function multipart({ bytes, type }, parts, boundary) {
  const pieces = parts.flatMap((part) => [
    Buffer.from(`--${boundary}\r\nContent-Type: ${type}\r\nContent-Range: ${contentRange(part, bytes.length)}\r\n\r\n`),
    slice(bytes, part),
    Buffer.from("\r\n"),
  ]);
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}

function slice(bytes, [first, last]) {
  return bytes.subarray(first, last + 1);
}

function contentRange([first, last], size) {
  return `bytes ${first}-${last}/${size}`;
}
