export type Upload =
  | { id: string; size: number; tries: number; kind: "waiting" }
  | { id: string; size: number; tries: number; kind: "running"; sent: number }
  | { id: string; size: number; tries: number; kind: "paused" }
  | { id: string; size: number; tries: number; kind: "failed"; reason: string }
  | { id: string; size: number; tries: number; kind: "done" };

export interface State {
  limit: number;
  uploads: Upload[];
}

export type Action =
  | { type: "add"; id: string; size: number }
  | { type: "progress"; id: string; sent: number }
  | { type: "finish"; id: string }
  | { type: "fail"; id: string; reason: string; final: boolean }
  | { type: "pause"; id: string }
  | { type: "resume"; id: string }
  | { type: "retry"; id: string }
  | { type: "cancel"; id: string }
  | { type: "limit"; limit: number };

const MOST_TRIES = 3;

/** The state after an action; the same object if the action changes nothing. */
export function reduce(state: State, action: Action): State {
  // to be written
}

/** Does actions one after the other. Nothing may change a state or an action that there has been. */
export function run(limit: number, actions: Action[]): State {
  return actions.reduce(
    (state, action) => frozen(reduce(state, frozen(action))),
    frozen({ limit, uploads: [] }),
  );
}

/** Which of the actions changed anything. */
export function changes(limit: number, actions: Action[]): boolean[] {
  let state: State = frozen({ limit, uploads: [] });
  return actions.map((action) => {
    const before = state;
    state = frozen(reduce(before, action));
    return state !== before;
  });
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
