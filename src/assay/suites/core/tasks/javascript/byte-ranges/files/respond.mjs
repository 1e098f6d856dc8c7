import { parseRange } from "./ranges.mjs";

const MOST_PARTS = 10;

/**
 * The answer to a request for a resource { bytes, type, etag, modified }: { status, headers, body }. Names of the
 * request's headers are in lower case; `boundary` is what separates several parts.
 */
export function respond(resource, method, headers, boundary) {
  const { bytes, type, etag, modified } = resource;
  const size = bytes.length;
  const common = { "accept-ranges": "bytes", "content-type": type, etag, "last-modified": modified };
  const parts = headers.range && parseRange(headers.range, size);

  if (!parts || (headers["if-range"] && headers["if-range"] !== etag)) {
    return { status: 200, headers: { ...common, "content-length": String(size) }, body: bytes };
  }
  if (parts.length === 0) {
    const body = new Uint8Array();
    return { status: 416, headers: { ...common, "content-range": `bytes */${size}`, "content-length": "0" }, body };
  }
  if (parts.length === 1) {
    const body = slice(bytes, parts[0]);
    const range = { "content-range": contentRange(parts[0], size), "content-length": String(size) };
    return { status: 206, headers: { ...common, ...range }, body };
  }
  const body = multipart(resource, parts, boundary);
  return { status: 206, headers: { ...common, "content-length": String(body.length) }, body };
}

function multipart({ bytes, type }, parts, boundary) {
  const pieces = parts.flatMap((part) => [
    Buffer.from(`--${boundary}\nContent-Type: ${type}\nContent-Range: ${contentRange(part, bytes.length)}\n\n`),
    slice(bytes, part),
  ]);
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}\n`)]);
}

function slice(bytes, [first, last]) {
  return bytes.slice(first, last);
}

function contentRange([first, last], size) {
  return `bytes ${first}-${last}/${size}`;
}
