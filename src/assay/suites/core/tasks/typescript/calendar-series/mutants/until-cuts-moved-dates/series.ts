export type Weekday = "MO" | "TU" | "WE" | "TH" | "FR" | "SA" | "SU";

export type Rule =
  | { every: "day"; interval: number }
  | { every: "week"; interval: number; on: Weekday[] }
  | { every: "month"; interval: number; day: number }
  | { every: "month"; interval: number; nth: number; on: Weekday };

export interface Series {
  start: string;
  rule: Rule;
  count?: number;
  until?: string;
  skip?: string[];
  move?: Record<string, string>;
}

const WEEKDAYS: Weekday[] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const DAY = 86_400_000;

/** The dates of a series from one date to another, both included. */
export function occurrences(series: Series, from: string, to: string): string[] {
  const { count = Infinity, until = "9999-12-31", skip = [], move = {} } = series;
  // What is moved into the range may stand anywhere in the series: all of it is made first.
  const originals: string[] = [];
  const last = latest([to, ...Object.keys(move)]);
  for (const date of made(series.rule, series.start)) {
    if (originals.length >= count || date > until || date > last) break;
    originals.push(date);
  }
  const dates = originals
    .filter((date) => !skip.includes(date))
    .map((date) => (Object.hasOwn(move, date) ? move[date] : date))
    .filter((date) => from <= date && date <= to && date <= until);
  return [...new Set(dates)].sort();
}

/** All dates of a rule, without end. */
function* made(rule: Rule, start: string): Generator<string> {
  const first = number(start);
  for (let step = 0; ; step++) {
    for (const date of period(rule, first, step * rule.interval)) {
      if (date >= first) yield text(date);
    }
  }
}

/** The dates of one period, that of the start being 0. */
function period(rule: Rule, first: number, offset: number): number[] {
  if (rule.every === "day") return [first + offset];
  if (rule.every === "week") {
    const monday = first - weekday(first) + 7 * offset;
    return WEEKDAYS.flatMap((name, i) => (rule.on.includes(name) ? [monday + i] : []));
  }
  const start = new Date(first * DAY);
  const month = firstOfMonth(start, offset);
  const length = firstOfMonth(start, offset + 1) - month;
  if ("day" in rule) {
    const day = rule.day > 0 ? rule.day : length + 1 + rule.day;
    return [month + Math.min(Math.max(day, 1), length) - 1];
  }
  const wanted = WEEKDAYS.indexOf(rule.on);
  const inMonth = Array.from({ length }, (_, i) => month + i).filter(
    (date) => weekday(date) === wanted,
  );
  const found = inMonth.at(rule.nth > 0 ? rule.nth - 1 : rule.nth);
  return found === undefined ? [] : [found];
}

function firstOfMonth(date: Date, offset: number): number {
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1) / DAY;
}

/** 0 for Monday; day 0 was a Thursday. */
function weekday(date: number): number {
  return (((date + 3) % 7) + 7) % 7;
}

/** Days since 1970. */
function number(date: string): number {
  return Date.parse(date) / DAY;
}

function text(date: number): string {
  return new Date(date * DAY).toISOString().slice(0, 10);
}

function latest(dates: string[]): string {
  return dates.reduce((a, b) => (a > b ? a : b));
}
