/** Cells of a sheet: what people type, by address such as `B2`. There is one sheet. */
let cells: { [address: string]: string } = {};
let undone: { address: string; before: string | undefined; after: string | undefined }[][] = [];
let done: { address: string; before: string | undefined; after: string | undefined }[][] = [];

export function resetSheet(): void {
  cells = {};
  done = [];
  undone = [];
}

export function getCell(address: string): string {
  if (!/^[A-Z][1-9][0-9]?$/.test(address)) {
    throw new RangeError("no cell: " + address);
  }
  return cells[address] === undefined ? "" : cells[address];
}

/** Sets a cell, an empty text clears it; whether that changes anything. */
export function setCell(address: string, text: string): boolean {
  if (!/^[A-Z][1-9][0-9]?$/.test(address)) {
    throw new RangeError("no cell: " + address);
  }
  const before = cells[address];
  const after = text === "" ? undefined : text;
  if (before === after) {
    return false;
  }
  if (after === undefined) {
    delete cells[address];
  } else {
    cells[address] = after;
  }
  done.push([{ address: address, before: before, after: after }]);
  undone = [];
  return true;
}

/** Puts texts into the cells below an address, from it on; how many of them change. One step to undo. */
export function fillDown(address: string, texts: string[]): number {
  if (!/^[A-Z][1-9][0-9]?$/.test(address)) {
    throw new RangeError("no cell: " + address);
  }
  const column = address[0];
  const row = Number(address.slice(1));
  if (row + texts.length - 1 > 99) {
    throw new RangeError("no cell: " + column + (row + texts.length - 1));
  }
  const step = [];
  for (let i = 0; i < texts.length; i++) {
    const target = column + (row + i);
    const before = cells[target];
    const after = texts[i] === "" ? undefined : texts[i];
    if (before === after) {
      continue;
    }
    if (after === undefined) {
      delete cells[target];
    } else {
      cells[target] = after;
    }
    step.push({ address: target, before: before, after: after });
  }
  if (step.length > 0) {
    done.push(step);
    undone = [];
  }
  return step.length;
}

/** Moves a cell's text to another place, over what is there; whether that changes anything. One step to undo. */
export function moveCell(from: string, to: string): boolean {
  if (!/^[A-Z][1-9][0-9]?$/.test(from)) {
    throw new RangeError("no cell: " + from);
  }
  if (!/^[A-Z][1-9][0-9]?$/.test(to)) {
    throw new RangeError("no cell: " + to);
  }
  const text = cells[from];
  if (text === undefined || from === to) {
    return false;
  }
  const step = [{ address: from, before: text, after: undefined }, { address: to, before: cells[to], after: text }];
  delete cells[from];
  cells[to] = text;
  done.push(step as { address: string; before: string | undefined; after: string | undefined }[]);
  undone = [];
  return true;
}

/** Takes the last step back; which cells that changes, in the order of their addresses. */
export function undo(): string[] {
  const step = done.pop();
  if (step === undefined) {
    return [];
  }
  for (const change of [...step].reverse()) {
    if (change.before === undefined) {
      delete cells[change.address];
    } else {
      cells[change.address] = change.before;
    }
  }
  undone.push(step);
  const addresses = step.map((change) => change.address);
  addresses.sort((a, b) => (a[0] === b[0] ? Number(a.slice(1)) - Number(b.slice(1)) : a < b ? -1 : 1));
  return addresses;
}

/** Makes the last step that was taken back again. */
export function redo(): string[] {
  const step = undone.pop();
  if (step === undefined) {
    return [];
  }
  for (const change of step) {
    if (change.after === undefined) {
      delete cells[change.address];
    } else {
      cells[change.address] = change.after;
    }
  }
  done.push(step);
  const addresses = step.map((change) => change.address);
  addresses.sort((a, b) => (a[0] === b[0] ? Number(a.slice(1)) - Number(b.slice(1)) : a < b ? -1 : 1));
  return addresses;
}

/** All cells with a text, in the order of their addresses. */
export function listCells(): [string, string][] {
  const addresses = Object.keys(cells);
  addresses.sort((a, b) => (a[0] === b[0] ? Number(a.slice(1)) - Number(b.slice(1)) : a < b ? -1 : 1));
  return addresses.map((address) => [address, cells[address]]);
}
