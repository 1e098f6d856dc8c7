export interface Position {
  line: number;
  character: number;
}

export interface Edit {
  start: number;
  end: number;
  text: string;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) if (text[at] === "\n") starts.push(at + 1);
  return starts;
}

/**
 * Line and character of an offset, both counted from 0. A line break belongs to the line that it ends; an
 * offset outside the text is taken for its beginning or its end.
 *
 * @example
 * positionAt("ab\ncd", 1); // => { line: 0, character: 1 }
 * positionAt("ab\ncd", 2); // => { line: 0, character: 2 }
 * positionAt("ab\ncd", 3); // => { line: 1, character: 0 }
 * positionAt("ab\n", 9); // => { line: 1, character: 0 }
 * positionAt("ab", -1); // => { line: 0, character: 0 }
 */
export function positionAt(text: string, offset: number): Position {
  const clipped = Math.min(Math.max(offset, 0), text.length);
  const starts = lineStarts(text);
  let line = starts.length - 1;
  while (starts[line] > clipped) line--;
  return { line, character: clipped - starts[line] };
}

/**
 * The offset of a position. A character behind the end of its line is taken for that end, before the line
 * break; a line behind the last one for the end of the text, one before the first for its beginning.
 *
 * @example
 * offsetAt("ab\ncd", { line: 1, character: 1 }); // => 4
 * offsetAt("ab\ncd", { line: 0, character: 9 }); // => 2
 * offsetAt("ab\ncd", { line: 1, character: 9 }); // => 5
 * offsetAt("ab\ncd", { line: 1, character: -2 }); // => 3
 * offsetAt("ab\ncd", { line: 2, character: 0 }); // => 5
 * offsetAt("ab\ncd", { line: -1, character: 1 }); // => 0
 */
export function offsetAt(text: string, position: Position): number {
  const starts = lineStarts(text);
  if (position.line < 0) return 0;
  if (position.line >= starts.length) return text.length;
  const end = position.line + 1 < starts.length ? starts[position.line + 1] - 1 : text.length;
  return Math.min(starts[position.line] + Math.max(position.character, 0), end);
}

/**
 * The text with all edits made. Their offsets are those of the text before any of them; they may come in
 * any order and touch one another, and those that insert in one place do so in the order given.
 *
 * @example
 * applyEdits("abcdef", [{ start: 4, end: 5, text: "X" }, { start: 0, end: 2, text: "" }]); // => "cdXf"
 * applyEdits("ab", [{ start: 1, end: 1, text: "1" }, { start: 1, end: 1, text: "2" }]); // => "a12b"
 * applyEdits("abc", [{ start: 0, end: 1, text: "x" }, { start: 1, end: 2, text: "y" }]); // => "xyc"
 * applyEdits("abc", [{ start: 0, end: 2, text: "" }, { start: 1, end: 3, text: "" }]); // throws RangeError
 * applyEdits("abc", [{ start: 2, end: 4, text: "" }]); // throws RangeError
 */
export function applyEdits(text: string, edits: Edit[]): string {
  const ordered = edits.map((edit, at) => ({ ...edit, at })).sort((a, b) => a.start - b.start || a.at - b.at);
  let result = "";
  let done = 0;
  for (const { start, end, text: inserted } of ordered) {
    if (start < done || end < start || end > text.length) throw new RangeError("edits overlap or leave the text");
    result += text.slice(done, start) + inserted;
    done = end;
  }
  return result + text.slice(done);
}

/**
 * Where an offset is to be found after an edit. What is inserted right there pushes it on; inside a text
 * that is replaced it stays as far from its beginning as the new text allows.
 *
 * @example
 * shiftOffset(1, { start: 2, end: 4, text: "long" }); // => 1
 * shiftOffset(6, { start: 2, end: 4, text: "long" }); // => 8
 * shiftOffset(4, { start: 2, end: 4, text: "" }); // => 2
 * shiftOffset(2, { start: 2, end: 2, text: "new" }); // => 5
 * shiftOffset(5, { start: 2, end: 8, text: "xy" }); // => 4
 * shiftOffset(3, { start: 2, end: 8, text: "xyz" }); // => 3
 */
export function shiftOffset(offset: number, edit: Edit): number {
  if (offset < edit.start) return offset;
  if (offset >= edit.end) return offset + edit.text.length - (edit.end - edit.start);
  return edit.start + Math.min(offset - edit.start, edit.text.length);
}
