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

/** What a cursor knows of the product that it stands next to. */
interface Mark {
  value: string | number | null;
  id: number;
}

export function page(products: Product[], wish: Wish): Page {
  if (wish.after !== undefined && wish.before !== undefined) throw new BadCursor();
  const sorted = [...products].sort((a, b) =>
    compare(markOf(a, wish.sort), markOf(b, wish.sort), wish.sort),
  );
  const [from, to] = range(sorted, wish);
  const shown = sorted.slice(from, to);
  return {
    products: shown,
    next:
      shown.length > 0 && to < sorted.length ? encode(shown[shown.length - 1], wish.sort) : null,
    previous: shown.length > 0 && from > 0 ? encode(shown[0], wish.sort) : null,
  };
}

/** Where the page begins and ends among all products. */
function range(sorted: Product[], { sort, size, after, before }: Wish): [number, number] {
  const place = (cursor: string, behind: number) => {
    const mark = decode(cursor, sort);
    return sorted.filter((product) => compare(markOf(product, sort), mark, sort) < behind).length;
  };
  if (before !== undefined) {
    const to = place(before, 0);
    return [Math.max(to - size, 0), to];
  }
  const from = after === undefined ? 0 : place(after, 1);
  return [from, Math.min(from + size, sorted.length)];
}

function fieldOf(sort: Sort): "name" | "price" {
  return sort.replace("-", "") as "name" | "price";
}

function markOf(product: Product, sort: Sort): Mark {
  return { value: product[fieldOf(sort)], id: product.id };
}

function compare(a: Mark, b: Mark, sort: Sort): number {
  if (a.value === b.value) return sort.startsWith("-") ? b.id - a.id : a.id - b.id;
  if (a.value === null) return 1;
  if (b.value === null) return -1;
  const upwards = a.value < b.value ? -1 : 1;
  return sort.startsWith("-") ? -upwards : upwards;
}

function encode(product: Product, sort: Sort): string {
  const { value, id } = markOf(product, sort);
  return Buffer.from(JSON.stringify([sort, value, id])).toString("base64url");
}

function decode(cursor: string, sort: Sort): Mark {
  const read = parse(cursor);
  if (!Array.isArray(read) || read.length !== 3) throw new BadCursor();
  const [of, value, id] = read;
  const fits =
    fieldOf(sort) === "name"
      ? typeof value === "string"
      : value === null || typeof value === "number";
  if (of !== sort || !fits || !Number.isSafeInteger(id)) throw new BadCursor();
  return { value, id };
}

function parse(cursor: string): unknown {
  const bytes = Buffer.from(cursor, "base64url");
  if (bytes.toString("base64url") !== cursor) throw new BadCursor();
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new BadCursor();
  }
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
