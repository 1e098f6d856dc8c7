type Flags = readonly boolean[];

export class Selection {
  private flags: Flags;
  private start = -1;

  constructor(count: number) {
    this.flags = new Array<boolean>(count).fill(false);
  }

  private within(index: number, extra = 0): number {
    if (0 <= index && index < this.flags.length + extra) return index;
    throw new RangeError("no such place");
  }

  click(index: number): void {
    this.start = this.within(index);
    this.flags = this.flags.map((_, at) => at === index);
  }

  toggle(index: number): void {
    this.start = this.within(index);
    this.flags = this.flags.map((flag, at) => (at === index ? !flag : flag));
  }

  extend(index: number): void {
    this.within(index);
    if (this.start === -1) this.start = index;
    const between = (at: number): boolean => (at - this.start) * (at - index) <= 0;
    this.flags = this.flags.map((_, at) => between(at));
  }

  remove(index: number): void {
    this.within(index);
    this.flags = [...this.flags.slice(0, index), ...this.flags.slice(index + 1)];
    if (index === this.start) this.start = -1;
    else if (index < this.start) this.start -= 1;
  }

  insert(index: number): void {
    this.within(index, 1);
    this.flags = [...this.flags.slice(0, index), false, ...this.flags.slice(index)];
    if (index <= this.start) this.start += 1;
  }

  selected(): number[] {
    return this.flags.reduce<number[]>((places, flag, at) => (flag ? [...places, at] : places), []);
  }
}
