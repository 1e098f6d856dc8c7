/** When a cron expression fires next, in UTC. */

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const FIELDS = [
  { name: "minute", low: 0, high: 59 },
  { name: "hour", low: 0, high: 23 },
  { name: "day of month", low: 1, high: 31 },
  { name: "month", low: 1, high: 12, words: new Map(MONTHS.map((word, index) => [word, index + 1])) },
  { name: "day of week", low: 0, high: 7, words: new Map(DAYS.map((word, index) => [word, index])) },
];
const YEARS_AHEAD = «years»;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

export function nextRun(expression, after) {
  const [minutes, hours, days, months, weekdays] = parse(expression);
  if (weekdays.has(7)) weekdays.add(0);
  const [, , dayField, , weekdayField] = words(expression);
  const eitherDay = !dayField.startsWith("*") && !weekdayField.startsWith("*");

  const fits = (date) => {
    const byDay = days.has(date.getUTCDate());
    const byWeekday = weekdays.has(date.getUTCDay());
    return months.has(date.getUTCMonth() + 1) && (eitherDay ? byDay || byWeekday : byDay && byWeekday);
  };

  const begin = readMoment(after);
  const last = Date.UTC(begin.getUTCFullYear() + YEARS_AHEAD, begin.getUTCMonth(), begin.getUTCDate());
  const date = new Date(begin);
  date.setUTCHours(0, 0, 0, 0);
  for (; date.getTime() <= last; date.setUTCDate(date.getUTCDate() + 1)) {
    if (!fits(date)) continue;
    for (const hour of hours) {
      for (const minute of minutes) {
        const moment = date.getTime() + (hour * 60 + minute) * 60_000;
        if (moment > begin.getTime()) return new Date(moment).toISOString().replace(".000Z", "Z");
      }
    }
  }
  return null;
}

function readMoment(text) {
  const moment = new Date(text);
  const written = Number.isNaN(moment.getTime()) ? "" : moment.toISOString().replace(".000Z", "Z");
  if (!MOMENT.test(text) || written !== text) throw new RangeError(`not a moment in UTC: ${text}`);
  return moment;
}

function words(expression) {
  return expression.split(/[ \t]+/).filter(Boolean);
}

/** For each field the set of its numbers, in ascending order. */
function parse(expression) {
  const texts = words(expression);
  if (texts.length !== FIELDS.length) throw new SyntaxError(`five fields expected: ${expression}`);
  return FIELDS.map((field, index) => {
    const numbers = texts[index].split(",").flatMap((item) => parseItem(item, field));
    return new Set(numbers.sort((a, b) => a - b));
  });
}

function parseItem(item, field) {
  const match = item.match(/^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/);
  if (match === null) throw new SyntaxError(`${field.name}: ${JSON.stringify(item)}`);
  const [, star, from, to, step] = match;
  const low = star ? field.low : parseNumber(from, field);
  // "5/10" has no end of its own: it goes on as far as the field does.
  const high = to !== undefined ? parseNumber(to, field) : star || step !== undefined ? field.high : low;
  if (low > high || step !== undefined && Number(step) === 0) throw new SyntaxError(`${field.name}: ${item}`);
  const numbers = [];
  for (let number = low; number <= high; number += Number(step ?? 1)) numbers.push(number);
  return numbers;
}

function parseNumber(text, field) {
  const number = /^\d+$/.test(text) ? Number(text) : field.words?.get(text.toLowerCase());
  if (number === undefined || number < field.low || number > field.high) {
    throw new SyntaxError(`${field.name}: ${JSON.stringify(text)}`);
  }
  return number;
}
