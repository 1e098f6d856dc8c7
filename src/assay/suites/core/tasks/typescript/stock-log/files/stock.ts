/** What stands in the log, in each form that there has been. */
export type Logged =
  | { seq: number; v: 1; type: "moved"; sku: string; qty: number }
  | { seq: number; v: 2; type: "received" | "shipped"; sku: string; qty: number }
  | { seq: number; v: 3; type: "received" | "shipped"; sku: string; qty: number; place: string }
  | { seq: number; v: 3; type: "transferred"; sku: string; qty: number; from: string; to: string }
  | { seq: number; v: 3; type: "counted"; sku: string; qty: number; place: string };

/** The present form. */
export type StockEvent =
  | { type: "received" | "shipped" | "counted"; sku: string; qty: number; place: string }
  | { type: "transferred"; sku: string; qty: number; from: string; to: string };

/** Pieces by place and SKU. */
export type Stock = Record<string, Record<string, number>>;

export class LogError extends Error {
  constructor(
    readonly seq: number,
    reason: string,
  ) {
    super(`event ${seq}: ${reason}`);
  }
}

/** An event in the present form. */
export function upgrade(logged: Logged): StockEvent {
  // to be written
}

/** The stock after all events of a log. */
export function replay(log: Logged[]): Stock {
  // to be written
}
