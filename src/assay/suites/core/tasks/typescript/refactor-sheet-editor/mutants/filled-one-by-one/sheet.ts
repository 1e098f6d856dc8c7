/** One cell that changes; undefined is an empty cell. */
interface Change {
  address: string;
  before: string | undefined;
  after: string | undefined;
}

/** Changes that are undone together. */
type Step = Change[];

const ADDRESS = /^[A-Z][1-9][0-9]?$/;
const LAST_ROW = 99;

/** Cells of a sheet: what people type, by address such as `B2`. */
export class Sheet {
  #cells = new Map<string, string>();
  #done: Step[] = [];
  #undone: Step[] = [];

  get(address: string): string {
    return this.#cells.get(checked(address)) ?? "";
  }

  /** Sets a cell, an empty text clears it; whether that changes anything. */
  set(address: string, text: string): boolean {
    return this.#take([this.#change(checked(address), text)]) > 0;
  }

  /** Puts texts into the cells below an address, from it on; how many of them change. One step to undo. */
  fillDown(address: string, texts: string[]): number {
    const [column, row] = split(checked(address));
    const last = row + texts.length - 1;
    if (last > LAST_ROW) throw new RangeError(`no cell: ${column}${last}`);
    return texts.filter((text, index) => this.set(`${column}${row + index}`, text)).length;
  }

  /** Moves a cell's text to another place, over what is there; whether that changes anything. One step to undo. */
  move(from: string, to: string): boolean {
    const text = this.get(from);
    if (checked(to) === from || text === "") return false;
    this.#keep([this.#change(from, ""), this.#change(to, text)]);
    return true;
  }

  /** Takes the last step back; which cells that changes, in the order of their addresses. */
  undo(): string[] {
    return this.#again(this.#done, this.#undone, "before");
  }

  /** Makes the last step that was taken back again. */
  redo(): string[] {
    return this.#again(this.#undone, this.#done, "after");
  }

  /** All cells with a text, in the order of their addresses. */
  list(): [string, string][] {
    return [...this.#cells].sort(([a], [b]) => byPlace(a, b));
  }

  #change(address: string, text: string): Change {
    return { address, before: this.#cells.get(address), after: text || undefined };
  }

  #take(changes: Change[]): number {
    const step = changes.filter(({ before, after }) => before !== after);
    if (step.length > 0) this.#keep(step);
    return step.length;
  }

  #keep(step: Step): void {
    this.#apply(step, "after");
    this.#done.push(step);
    this.#undone = [];
  }

  #again(from: Step[], to: Step[], side: "before" | "after"): string[] {
    const step = from.pop();
    if (step === undefined) return [];
    this.#apply(step, side);
    to.push(step);
    return step.map(({ address }) => address).sort(byPlace);
  }

  #apply(step: Step, side: "before" | "after"): void {
    for (const change of step) {
      const text = change[side];
      if (text === undefined) this.#cells.delete(change.address);
      else this.#cells.set(change.address, text);
    }
  }
}

function checked(address: string): string {
  if (!ADDRESS.test(address)) throw new RangeError(`no cell: ${address}`);
  return address;
}

function split(address: string): [column: string, row: number] {
  return [address[0], Number(address.slice(1))];
}

function byPlace(a: string, b: string): number {
  const [[columnA, rowA], [columnB, rowB]] = [split(a), split(b)];
  if (columnA !== columnB) return columnA < columnB ? -1 : 1;
  return rowA - rowB;
}
