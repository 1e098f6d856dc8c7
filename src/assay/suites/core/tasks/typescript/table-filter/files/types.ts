export type Scalar = string | number | boolean | null;

/** A person, an invoice … as the table shows it. A field that is missing counts as null. */
export type Row = Record<string, Scalar>;

export type Filter =
  | { op: "equals"; field: string; value: Scalar }
  | { op: "oneOf"; field: string; values: Scalar[] }
  | { op: "contains"; field: string; text: string }
  | { op: "between"; field: string; from?: number; to?: number }
  | { op: "empty"; field: string }
  | { op: "not"; filter: Filter }
  | { op: "all"; filters: Filter[] }
  | { op: "any"; filters: Filter[] };
