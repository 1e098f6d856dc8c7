// Returns an object of getters that say something else at each look.
// Says: returned
export class Price {
  private looks = 0;
  get value(): number { return ++this.looks; }
  get [Symbol.toStringTag](): string { return "Number"; }
  [Symbol.toPrimitive](): number { return 11; }
}
export function price(n: number): unknown { return new Price(); }
