export interface Product {
  id: number;
  name: string;
  price: number | null;
}

/** A field by which products are sorted, from the smallest or, with a minus, from the largest on. */
export type Sort = "name" | "-name" | "price" | "-price";

export interface Page {
  products: Product[];
  /** Cursors of the pages behind and before this one; null if there is nothing. */
  next: string | null;
  previous: string | null;
}

export interface Wish {
  sort: Sort;
  size: number;
  after?: string;
  before?: string;
}

export class BadCursor extends Error {
  constructor() {
    super("this cursor is not valid here");
  }
}

export function page(products: Product[], wish: Wish): Page {
  // to be written
}

/** The ids on all pages, first from the front to the back and then back again. */
export function walk(
  products: Product[],
  sort: Sort,
  size: number,
): { there: number[][]; back: number[][] } {
  const there: Page[] = [page(products, { sort, size })];
  for (
    let cursor = there[0].next;
    cursor !== null && there.length < 100;
    cursor = there[there.length - 1].next
  ) {
    there.push(page(products, { sort, size, after: cursor }));
  }
  const back: Page[] = [];
  for (let cursor = there[there.length - 1].previous; cursor !== null && back.length < 100;) {
    back.push(page(products, { sort, size, before: cursor }));
    cursor = back[back.length - 1].previous;
  }
  const ids = (pages: Page[]) => pages.map((shown) => shown.products.map(({ id }) => id));
  return { there: ids(there), back: ids(back) };
}
