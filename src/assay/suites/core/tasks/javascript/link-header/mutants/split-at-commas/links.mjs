/** Reads the Link header of HTTP (RFC 8288), as paginated APIs send it. */

export function parseLinks(header, base) {
  const links = [];
  for (const part of header.split(",")) {
    if (part.trim() === "") continue;
    const match = part.trim().match(/^<([^>]*)>\s*(;.*)?$/);
    if (match === null) throw new SyntaxError(`malformed link: ${part}`);
    const params = {};
    for (const piece of (match[2] ?? "").split(";")) {
      if (piece.trim() === "") continue;
      const [name, value = ""] = piece.split("=");
      params[name.trim().toLowerCase()] ??= value.trim().replace(/^"|"$/g, "");
    }
    links.push({
      href: new URL(match[1].trim(), base).href,
      rel: (params.rel ?? "").toLowerCase().split(/\s+/).filter(Boolean),
      title: params.title ?? null,
    });
  }
  return links;
}

/** The address of the first link with the given relation, or null. */
export function findLink(header, base, rel) {
  const link = parseLinks(header, base).find((candidate) => candidate.rel.includes(rel.toLowerCase()));
  return link ? link.href : null;
}
