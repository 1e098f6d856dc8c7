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
  switch (logged.v) {
    case 1: {
      const { sku, qty } = logged;
      return { type: qty < 0 ? "shipped" : "received", sku, qty: Math.abs(qty), place: "main" };
    }
    case 2: {
      const { type, sku, qty } = logged;
      return { type, sku, qty, place: "main" };
    }
    case 3: {
      const { seq, v, ...event } = logged;
      return event;
    }
  }
}

/** The stock after all events of a log. */
export function replay(log: Logged[]): Stock {
  const counts = new Map<string, Map<string, number>>();
  let last = 0;
  for (const logged of log) {
    if (logged.seq <= last) continue;
    if (logged.seq > last + 1) throw new LogError(logged.seq, `${last + 1} is missing`);
    apply(counts, upgrade(logged), logged.seq);
    last = logged.seq;
  }
  return Object.fromEntries(
    [...counts].map(([place, skus]): [string, Record<string, number>] => [place, present(skus)]),
  );
}

/** What there are pieces of. */
function present(skus: Map<string, number>): Record<string, number> {
  return Object.fromEntries([...skus].filter(([, qty]) => qty > 0));
}

function apply(counts: Map<string, Map<string, number>>, event: StockEvent, seq: number): void {
  const change = (place: string, qty: number) => {
    const skus = counts.get(place) ?? new Map<string, number>();
    const left = (skus.get(event.sku) ?? 0) + qty;
    if (left < 0) throw new LogError(seq, `only ${left - qty} of ${event.sku} in ${place}`);
    counts.set(place, skus.set(event.sku, left));
  };
  switch (event.type) {
    case "received":
      return change(event.place, event.qty);
    case "shipped":
      return change(event.place, -event.qty);
    case "transferred":
      change(event.from, -event.qty);
      return change(event.to, event.qty);
    case "counted":
      return change(event.place, event.qty - (counts.get(event.place)?.get(event.sku) ?? 0));
  }
}
