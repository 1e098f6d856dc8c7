const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DATE = new RegExp(
  `^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ([0-9]{2}) (${MONTHS.join("|")}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT$`,
);
const SESSION = Infinity;

/** Keeps cookies as a browser does. Moments (`now`) are milliseconds since 1970. */
export class CookieJar {
  #cookies = new Map(); // in the order in which they were first stored

  /** Takes the value of one Set-Cookie header that came with the answer from `url`; false if it is refused. */
  store(setCookie, url, now) {
    const source = new URL(url);
    const cookie = read(setCookie, source, now);
    if (cookie === null || !isAllowed(cookie, source)) return false;
    const key = JSON.stringify([cookie.name, cookie.domain, cookie.path]);
    if (cookie.expires <= now) this.#cookies.delete(key);
    else {
      if (this.#cookies.get(key)?.expires <= now) this.#cookies.delete(key);
      this.#cookies.set(key, cookie);
    }
    return true;
  }

  /** The Cookie header for a request to `url`. */
  header(url, now) {
    const target = new URL(url);
    return [...this.#cookies.values()]
      .filter((cookie) => cookie.expires > now && isFor(cookie, target))
      .sort((a, b) => b.path.length - a.path.length) // stable: equal ones stay in order of age
      .map((cookie) => `${cookie.name}=${cookie.value}`)
      .join("; ");
  }
}

function read(setCookie, source, now) {
  const [pair, ...rest] = setCookie.split(";");
  const [name, value] = halves(pair);
  if (name === "" || value === null) return null;
  const attributes = new Map();
  for (const attribute of rest) {
    const [key, text] = halves(attribute);
    attributes.set(key.toLowerCase(), text ?? "");
  }
  const domain = (attributes.get("domain") ?? "").replace(/^\./, "").toLowerCase();
  const path = attributes.get("path") ?? "";
  return {
    name,
    value,
    hostOnly: domain === "",
    domain: domain || source.hostname,
    path: path.startsWith("/") ? path : defaultPath(source),
    rooted: path === "/",
    secure: attributes.has("secure"),
    expires: expiry(attributes, now),
  };
}

/** What stands before and behind the first `=`, trimmed; null behind it if there is none. */
function halves(text) {
  const at = text.indexOf("=");
  const trim = (part) => part.trim();
  return at < 0 ? [trim(text), null] : [trim(text.slice(0, at)), trim(text.slice(at + 1))];
}

function expiry(attributes, now) {
  const age = attributes.get("max-age") ?? "";
  if (/^-?[0-9]+$/.test(age)) return now + Number(age) * 1000;
  return moment(attributes.get("expires") ?? "") ?? SESSION;
}

function moment(text) {
  const match = DATE.exec(text);
  if (match === null) return null;
  const [day, , year, ...time] = match.slice(1).map(Number);
  const month = MONTHS.indexOf(match[2]);
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  const exists = date.getUTCMonth() === month && date.getUTCDate() === day;
  const [hour, minute, second] = time;
  return exists && hour < 24 && minute < 60 && second < 60 ? date.setUTCHours(hour, minute, second) : null;
}

function defaultPath(source) {
  return source.pathname.slice(0, source.pathname.lastIndexOf("/")) || "/";
}

function isAllowed(cookie, source) {
  const secure = source.protocol === "https:";
  if (!isWithin(source.hostname, cookie.domain)) return false;
  if (cookie.domain !== source.hostname && !cookie.domain.includes(".")) return false;
  if (cookie.secure && !secure) return false;
  if (cookie.name.startsWith("__Secure-") && !cookie.secure) return false;
  return !cookie.name.startsWith("__Host-") || (cookie.secure && cookie.hostOnly && cookie.rooted);
}

/** Whether a host is the domain or below it. An address has nothing below it. */
function isWithin(host, domain) {
  if (host === domain) return true;
  const isAddress = host.startsWith("[") || /^[0-9.]+$/.test(host);
  return !isAddress && host.endsWith(`.${domain}`);
}

function isFor(cookie, target) {
  if (cookie.hostOnly ? target.hostname !== cookie.domain : !isWithin(target.hostname, cookie.domain)) return false;
  if (cookie.secure && target.protocol !== "https:") return false;
  const { path } = cookie;
  const { pathname } = target;
  return pathname === path || (pathname.startsWith(path) && (path.endsWith("/") || pathname[path.length] === "/"));
}
