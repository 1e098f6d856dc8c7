import { passes } from "./filter.js";
import type { Filter, Row } from "./types.js";

export interface Page {
  rows: Row[];
  total: number;
}

/** The rows that pass a filter, `size` of them, beginning with page 1. */
export function page(rows: Row[], filter: Filter, number: number, size: number): Page {
  const found = rows.filter((row) => passes(row, filter));
  return { rows: found.slice((number - 1) * size, size), total: found.length };
}
