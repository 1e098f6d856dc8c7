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

export function upgrade(logged: Logged): StockEvent {
  if (logged.v === 3) {
    const { seq, v, ...event } = logged;
    return event;
  }
  const { sku, qty } = logged;
  const type = logged.v === 2 ? logged.type : qty < 0 ? "shipped" : "received";
  return { type, sku, qty: Math.abs(qty), place: "main" };
}

export function replay(log: Logged[]): Stock {
  const stock: Stock = {};
  let last = 0;
  for (const logged of log) {
    if (logged.seq <= last) continue;
    if (logged.seq > last + 1) throw new LogError(logged.seq, `${last + 1} is missing`);
    last = logged.seq;
    const event = upgrade(logged);
    const change = (place: string, qty: number) => {
      stock[place] ??= {};
      const there = stock[place][event.sku] ?? 0;
      if (there + qty < 0) throw new LogError(last, `only ${there} of ${event.sku} in ${place}`);
      stock[place][event.sku] = there + qty;
      if (there + qty === 0) delete stock[place][event.sku];
      if (Object.keys(stock[place]).length === 0) delete stock[place];
    };
    if (event.type === "transferred") {
      change(event.from, -event.qty);
      change(event.to, event.qty);
    } else if (event.type === "received") change(event.place, event.qty);
    else if (event.type === "shipped") change(event.place, -event.qty);
    else change(event.place, event.qty - (stock[event.place]?.[event.sku] ?? 0));
  }
  return stock;
}
