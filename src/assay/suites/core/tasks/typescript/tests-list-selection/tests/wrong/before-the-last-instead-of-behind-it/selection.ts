interface Item {
  selected: boolean;
}

export class Selection {
  #items: Item[];
  #anchor?: Item;

  constructor(count: number) {
    this.#items = Array.from({ length: count }, () => ({ selected: false }));
  }

  #at(index: number): Item {
    const item = this.#items[index];
    if (item === undefined) throw new RangeError(String(index));
    return item;
  }

  click(index: number) {
    this.#anchor = this.#at(index);
    for (const item of this.#items) item.selected = item === this.#anchor;
  }

  toggle(index: number) {
    this.#anchor = this.#at(index);
    this.#anchor.selected = !this.#anchor.selected;
  }

  extend(index: number) {
    const item = this.#at(index);
    const start = this.#anchor ? this.#items.indexOf(this.#anchor) : -1;
    if (start < 0) {
      this.click(index);
      return;
    }
    const [low, high] = start < index ? [start, index] : [index, start];
    this.#items.forEach((one, place) => {
      one.selected = one === item || (low <= place && place <= high);
    });
  }

  remove(index: number) {
    const gone = this.#at(index);
    this.#items = this.#items.filter((one) => one !== gone);
  }

  insert(index: number) {
    if (index !== this.#items.length) this.#at(index);
    this.#items.splice(Math.min(index, this.#items.length - 1), 0, { selected: false });
  }

  selected() {
    return this.#items.flatMap((one, place) => (one.selected ? [place] : []));
  }
}
