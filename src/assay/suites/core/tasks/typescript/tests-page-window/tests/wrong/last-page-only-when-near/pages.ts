/** The page numbers to show, with null for a gap. */
export function pageWindow(current: number, last: number, around: number): (number | null)[] {
  const middle = Math.min(Math.max(current, 1), last);
  const shown: (number | null)[] = [];
  let before = 0;
  for (let page = 1; page <= last; page += 1) {
    if (page !== 1 && Math.abs(page - middle) > around) continue;
    if (page - before === 2) shown.push(page - 1);
    else if (page - before > 2) shown.push(null);
    shown.push(page);
    before = page;
  }
  return shown;
}
