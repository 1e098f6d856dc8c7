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

export function positionAt(text: string, offset: number): Position {
  const clipped = Math.min(Math.max(offset, 0), text.length);
  const starts = lineStarts(text);
  let line = starts.length - 1;
  while (starts[line] > clipped) line--;
  return { line: line + 1, character: clipped - starts[line] };
}

export function offsetAt(text: string, position: Position): number {
  const starts = lineStarts(text);
  if (position.line < 0) return 0;
  if (position.line >= starts.length) return text.length;
  const end = position.line + 1 < starts.length ? starts[position.line + 1] - 1 : text.length;
  return Math.min(starts[position.line] + Math.max(position.character, 0), end);
}

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

export function shiftOffset(offset: number, edit: Edit): number {
  if (offset < edit.start) return offset;
  if (offset >= edit.end) return offset + edit.text.length - (edit.end - edit.start);
  return edit.start + Math.min(offset - edit.start, edit.text.length);
}
