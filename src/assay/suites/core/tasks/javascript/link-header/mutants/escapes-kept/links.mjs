/** Reads the Link header of HTTP (RFC 8288), as paginated APIs send it. */

const TOKEN = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;
const SPACE = /[ \t]*/y;

/** A position in a header, and the few things that can be read from it. */
class Scanner {
  constructor(text) {
    this.text = text;
    this.position = 0;
  }

  get done() {
    return this.position >= this.text.length;
  }

  /** What the sticky expression matches here, or null. */
  read(expression) {
    expression.lastIndex = this.position;
    const match = expression.exec(this.text);
    if (match === null) return null;
    this.position = expression.lastIndex;
    return match[0];
  }

  accept(character) {
    this.read(SPACE);
    if (this.text[this.position] !== character) return false;
    this.position += 1;
    return true;
  }

  fail(wanted) {
    throw new SyntaxError(`${wanted} expected at ${this.position} of ${JSON.stringify(this.text)}`);
  }
}

export function parseLinks(header, base) {
  const scanner = new Scanner(header);
  const links = [];
  while (true) {
    while (scanner.accept(","));
    scanner.read(SPACE);
    if (scanner.done) return links;
    links.push(readLink(scanner, base));
    scanner.read(SPACE);
    if (!scanner.done && !scanner.accept(",")) scanner.fail("a comma");
  }
}

/** The address of the first link with the given relation, or null. */
export function findLink(header, base, rel) {
  const wanted = rel.toLowerCase();
  const link = parseLinks(header, base).find((candidate) => candidate.rel.includes(wanted));
  return link === undefined ? null : link.href;
}

function readLink(scanner, base) {
  if (!scanner.accept("<")) scanner.fail("<");
  const target = scanner.read(/[^>]*/y);
  if (!scanner.accept(">")) scanner.fail(">");

  const params = new Map();
  while (scanner.accept(";")) {
    scanner.read(SPACE);
    const name = scanner.read(TOKEN);
    if (name === null) continue; // "; ;" and a last ";" are allowed
    const value = scanner.accept("=") ? readValue(scanner) : "";
    if (!params.has(name.toLowerCase())) params.set(name.toLowerCase(), value);
  }
  return {
    href: resolve(target, base),
    rel: (params.get("rel") ?? "").toLowerCase().split(/[ \t]+/).filter(Boolean),
    title: params.get("title") ?? null,
  };
}

function readValue(scanner) {
  scanner.read(SPACE);
  if (scanner.text[scanner.position] !== '"') return scanner.read(TOKEN) ?? scanner.fail("a value");
  const quoted = scanner.read(/"(?:[^"\\]|\\[^])*"/y) ?? scanner.fail("a closing quote");
  return quoted.slice(1, -1);
}

function resolve(target, base) {
  try {
    return new URL(target.trim(), base).href;
  } catch {
    throw new SyntaxError(`not an address: ${JSON.stringify(target)}`);
  }
}
