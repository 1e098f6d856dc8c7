/** What is selected in a list whose items come and go. */
export class Selection {
  private chosen = new Set<number>();
  private anchor: number | null = null;

  constructor(private count: number) {}

  click(index: number): void {
    this.check(index, this.count);
    this.chosen = new Set([index]);
    this.anchor = index;
  }

  toggle(index: number): void {
    this.check(index, this.count);
    if (!this.chosen.delete(index)) this.chosen.add(index);
    this.anchor = index;
  }

  extend(index: number): void {
    this.check(index, this.count);
    if (this.anchor === null) return this.click(index);
    this.chosen = new Set();
    const from = Math.min(this.anchor, index);
    const to = Math.max(this.anchor, index);
    for (let at = from; at <= to; at += 1) this.chosen.add(at);
  }

  remove(index: number): void {
    this.check(index, this.count);
    this.count -= 1;
    this.chosen.delete(index);
    this.move((at) => (at > index ? at - 1 : at));
  }

  insert(index: number): void {
    this.check(index, this.count + 1);
    this.count += 1;
    this.move((at) => (at >= index ? at + 1 : at));
  }

  selected(): number[] {
    return [...this.chosen].sort((a, b) => a - b);
  }

  private move(to: (at: number) => number): void {
    this.chosen = new Set([...this.chosen].map(to));
    if (this.anchor !== null) this.anchor = to(this.anchor);
  }

  private check(index: number, count: number): void {
    if (index < 0 || index >= count) throw new RangeError(`there is no place ${index} among ${count}`);
  }
}
