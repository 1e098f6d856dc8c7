/** What may be known of a seat that is not free. */
export type Mark = { kind: "held"; by: string; until: number } | { kind: "sold"; to: string };

export type Outcome =
  | { kind: "done"; seats: string[] }
  | { kind: "refused"; reason: "unknown" | "taken" | "too-many" | "nothing-held"; seats: string[] };

/** Seats in the order of the hall: row A before B, A2 before A10. */
export function inOrder(seats: Iterable<string>): string[] {
  return [...seats].sort();
}
