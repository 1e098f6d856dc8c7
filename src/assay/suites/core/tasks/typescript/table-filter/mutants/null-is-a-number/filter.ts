import type { Filter, Row, Scalar } from "./types.js";

/** Whether a row passes a filter. */
export function passes(row: Row, filter: Filter): boolean {
  switch (filter.op) {
    case "equals":
      return valueOf(row, filter.field) === filter.value;
    case "oneOf":
      return filter.values.includes(valueOf(row, filter.field));
    case "contains":
      return contains(valueOf(row, filter.field), filter.text);
    case "between":
      return isBetween(valueOf(row, filter.field), filter.from, filter.to);
    case "empty":
      return isEmpty(valueOf(row, filter.field));
    case "not":
      return !passes(row, filter.filter);
    case "all":
      return filter.filters.every((inner) => passes(row, inner));
    case "any":
      return filter.filters.some((inner) => passes(row, inner));
  }
}

function valueOf(row: Row, field: string): Scalar {
  return Object.hasOwn(row, field) ? row[field] : null;
}

function contains(value: Scalar, text: string): boolean {
  return value !== null && String(value).toLowerCase().includes(text.toLowerCase());
}

function isBetween(value: Scalar, from = -Infinity, to = Infinity): boolean {
  return from <= Number(value) && Number(value) <= to;
}

function isEmpty(value: Scalar): boolean {
  return value === null || (typeof value === "string" && value.trim() === "");
}
