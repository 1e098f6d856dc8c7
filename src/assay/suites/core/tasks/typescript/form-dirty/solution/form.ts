import { read, write } from "./paths.js";
import { copy, differences, same, type Value } from "./values.js";

/** What a person has typed into a form, and what the server has of it. */
export class FormState {
  private saved: Value;
  private current: Value;
  private sent: Value | undefined;

  constructor(initial: Value) {
    this.saved = copy(initial);
    this.current = copy(initial);
  }

  values(): Value {
    return copy(this.current);
  }

  set(path: string, value: Value): void {
    write(this.current, path, copy(value));
  }

  /** The fields that differ from what the server has, sorted. */
  dirty(): string[] {
    return differences(this.saved, this.current).sort();
  }

  /** Takes back what was typed into a field. */
  reset(path: string): void {
    const before = read(this.saved, path);
    if (same(before, read(this.current, path))) return;
    write(this.current, path, before === undefined ? undefined : copy(before));
  }

  /** Begins to save: returns what to send. */
  submit(): Value {
    if (this.sent !== undefined) throw new Error("saving already");
    this.sent = copy(this.current);
    return copy(this.sent);
  }

  /** The server has saved what was sent, or has refused it. */
  settled(saved: boolean): void {
    if (this.sent === undefined) throw new Error("nothing is being saved");
    if (saved) this.saved = this.sent;
    this.sent = undefined;
  }
}
