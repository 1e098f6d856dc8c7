export interface Position {
  line: number;
  character: number;
}

export interface Edit {
  start: number;
  end: number;
  text: string;
}

export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset < 0 ? 0 : offset).split("\n");
  return { line: before.length - 1, character: before[before.length - 1].length };
}

export function offsetAt(text: string, { line, character }: Position): number {
  if (line < 0) return 0;
  const lines = text.split("\n");
  const before = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
  if (lines[line] === undefined) return text.length;
  return before + lines[line].slice(0, character < 0 ? 0 : character).length;
}

export function applyEdits(text: string, edits: Edit[]): string {
  const backwards = [...edits].sort((a, b) => a.start - b.start).reverse();
  let before = text.length;
  let result = text;
  for (const edit of backwards) {
    if (edit.end > before || edit.start > edit.end || edit.start < 0) throw new RangeError("bad edits");
    result = result.slice(0, edit.start) + edit.text + result.slice(edit.end);
    before = edit.start;
  }
  return result;
}

export function shiftOffset(offset: number, { start, end, text }: Edit): number {
  const grown = text.length - (end - start);
  if (offset < start) return offset;
  return offset < end ? Math.min(offset, start + text.length) : offset + grown;
}
