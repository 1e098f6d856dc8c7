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
  const changed = act(state, action);
  return changed === state ? state : startWaiting(changed);
}

function act(state: State, action: Action): State {
  if (action.type === "limit") {
    return action.limit === state.limit ? state : { ...state, limit: action.limit };
  }
  const upload = state.uploads.find(({ id }) => id === action.id);
  if (action.type === "add") {
    if (upload) return state;
    const { id, size } = action;
    return { ...state, uploads: [...state.uploads, { id, size, tries: 0, kind: "waiting" }] };
  }
  if (!upload) return state;
  const { id, size, tries } = upload;
  switch (action.type) {
    case "progress": {
      if (upload.kind !== "running") return state;
      const sent = Math.min(size, Math.max(upload.sent, action.sent));
      return sent === upload.sent ? state : replace(state, { ...upload, sent });
    }
    case "finish":
      return upload.kind === "running" ? replace(state, { id, size, tries, kind: "done" }) : state;
    case "fail":
      if (upload.kind !== "running") return state;
      return action.final || tries >= MOST_TRIES
        ? replace(state, { id, size, tries, kind: "failed", reason: action.reason })
        : toEnd(state, { id, size, tries, kind: "waiting" });
    case "pause":
      if (upload.kind === "waiting") return replace(state, { id, size, tries, kind: "paused" });
      if (upload.kind === "running")
        return replace(state, { id, size, tries: tries - 1, kind: "paused" });
      return state;
    case "resume":
      return upload.kind === "paused" ? toEnd(state, { id, size, tries, kind: "waiting" }) : state;
    case "retry":
      return upload.kind === "failed"
        ? toEnd(state, { id, size, tries: 0, kind: "waiting" })
        : state;
    case "cancel":
      return {
        ...state,
        uploads: state.uploads.filter((other) => other.id !== id || other.kind === "done"),
      };
  }
}

function replace(state: State, changed: Upload): State {
  return {
    ...state,
    uploads: state.uploads.map((upload) => (upload.id === changed.id ? changed : upload)),
  };
}

function toEnd(state: State, changed: Upload): State {
  return { ...state, uploads: [...without(state, changed.id), changed] };
}

function without(state: State, id: string): Upload[] {
  return state.uploads.filter((upload) => upload.id !== id);
}

/** Starts those that wait, from the first on, as long as there is room. */
function startWaiting(state: State): State {
  let room = state.limit - state.uploads.filter(({ kind }) => kind === "running").length;
  const uploads = state.uploads.map((upload): Upload => {
    if (upload.kind !== "waiting" || room <= 0) return upload;
    room--;
    return { id: upload.id, size: upload.size, tries: upload.tries + 1, kind: "running", sent: 0 };
  });
  return { ...state, uploads };
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
