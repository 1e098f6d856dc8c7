const TERMS = new Map([
  ['book', { reserved: 14, levels: { student: 42, staff: 56 }, usual: 28 }],
  ['film', { reserved: 3, levels: {}, usual: 7, rated: true }],
  ['magazine', { reserved: 7, levels: { staff: 28 }, usual: 14, notNewest: true }],
  ['device', { reserved: 1, levels: { student: 3, staff: 14 }, rated: true }],
]);

const MOST_FINES = 1000;
const MOST_ON_TRIAL = 10;

/** Days for which a member may borrow an item; 0 when the item is not lent to them. */
export function loanDays(item, member) {
  const terms = TERMS.get(item.type);
  if (terms === undefined) throw new TypeError(`unknown type: ${item.type}`);
  const days = isLent(item, member, terms) ? fullDays(item, member, terms) : 0;
  return shortened(days, member);
}

function isLent(item, member, terms) {
  const tooYoung = terms.rated && item.fromAge > member.age;
  const tooNew = terms.notNewest && item.newest;
  return !(tooYoung || tooNew || member.fines > MOST_FINES);
}

function fullDays(item, { level }, { reserved, usual = 0, levels }) {
  const days = levels[level] ?? usual;
  return item.reserved && days > 0 ? reserved : days;
}

function shortened(days, member) {
  const rest = member.fines > 0 ? Math.ceil(days / 2) : days;
  return member.level === 'trial' ? Math.min(rest, MOST_ON_TRIAL) : rest;
}
