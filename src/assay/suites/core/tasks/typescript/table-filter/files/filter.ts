import type { Filter, Row, Scalar } from "./types.js";

/** Whether a row passes a filter. */
export function passes(row: Row, filter: Filter): boolean {
  switch (filter.op) {
    case "equals":
      return row[filter.field] == filter.value;
    case "oneOf":
      return filter.values.join(",").includes(String(row[filter.field]));
    case "contains":
      return new RegExp(filter.text, "i").test(String(row[filter.field]));
    case "between":
      return isBetween(row[filter.field], filter.from, filter.to);
    case "empty":
      return !row[filter.field];
    case "not":
      return !passes(row, filter.filter);
    case "all":
      return filter.filters.every((inner) => passes(row, inner));
    case "any":
      return filter.filters.length === 0 || filter.filters.some((inner) => passes(row, inner));
  }
}

function isBetween(value: Scalar, from?: number, to?: number): boolean {
  const number = parseFloat(String(value));
  if (from && number < from) return false;
  if (to && number > to) return false;
  return true;
}
