import { inOrder, type Mark, type Outcome } from "./seats.js";

const MOST = 6;

/** The seats of one show. Times are in seconds; none is ever earlier than the one before it. */
export class Hall {
  private marks = new Map<string, Mark>();
  private seats: Set<string>;

  constructor(
    seats: string[],
    private readonly holdSeconds: number,
  ) {
    this.seats = new Set(seats);
  }

  /** Keeps seats for somebody for a while, all of them or none. */
  hold(by: string, seats: string[], now: number): Outcome {
    this.expire(now);
    const wanted = inOrder(seats);
    const unknown = wanted.filter((seat) => !this.seats.has(seat));
    if (unknown.length > 0) return { kind: "refused", reason: "unknown", seats: unknown };
    const taken = wanted.filter((seat) => !this.isOpenTo(by, seat));
    if (taken.length > 0) return { kind: "refused", reason: "taken", seats: taken };
    for (const seat of this.heldBy(by)) this.marks.set(seat, { kind: "held", by, until: now + this.holdSeconds });
    const all = inOrder([...this.heldBy(by), ...wanted]);
    if (all.length > MOST) return { kind: "refused", reason: "too-many", seats: all };
    for (const seat of all)
      this.marks.set(seat, { kind: "held", by, until: now + this.holdSeconds });
    return { kind: "done", seats: all };
  }

  /** Sells somebody all that is held for him or her. */
  buy(by: string, now: number): Outcome {
    this.expire(now);
    const held = this.heldBy(by);
    if (held.length === 0) return { kind: "refused", reason: "nothing-held", seats: [] };
    for (const seat of held) this.marks.set(seat, { kind: "sold", to: by });
    return { kind: "done", seats: held };
  }

  /** Gives back seats that are held; those that are not held by this person are passed over. */
  release(by: string, seats: string[], now: number): Outcome {
    this.expire(now);
    const held = this.heldBy(by);
    const given = inOrder(seats).filter((seat) => held.includes(seat));
    if (given.length === 0) return { kind: "refused", reason: "nothing-held", seats: [] };
    for (const seat of given) this.marks.delete(seat);
    return { kind: "done", seats: given };
  }

  free(now: number): string[] {
    this.expire(now);
    return inOrder(this.seats).filter((seat) => !this.marks.has(seat));
  }

  private heldBy(by: string): string[] {
    const held = [...this.marks].filter(([, mark]) => mark.kind === "held" && mark.by === by);
    return inOrder(held.map(([seat]) => seat));
  }

  private isOpenTo(by: string, seat: string): boolean {
    const mark = this.marks.get(seat);
    return mark === undefined || (mark.kind === "held" && mark.by === by);
  }

  private expire(now: number): void {
    for (const [seat, mark] of this.marks) {
      if (mark.kind === "held" && mark.until <= now) this.marks.delete(seat);
    }
  }
}
