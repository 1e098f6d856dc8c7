export type State = "draft" | "placed" | "paid" | "shipped" | "delivered" | "cancelled" | "returned";
export type Action = "place" | "pay" | "ship" | "deliver" | "cancel" | "return";

/** Thrown when an action is not possible in the present state. */
export class InvalidTransition extends Error {
  constructor(action: string, state: State) {
    super(`cannot ${action} an order that is ${state}`);
  }
}

/** What each action does: from which states, and to which. */
const TRANSITIONS: Record<Action, { from: State[]; to: State }> = {
  place: { from: ["draft"], to: "placed" },
  pay: { from: ["placed"], to: "paid" },
  ship: { from: ["paid"], to: "shipped" },
  deliver: { from: ["shipped"], to: "delivered" },
  cancel: { from: ["draft", "placed", "paid"], to: "cancelled" },
  return: { from: ["shipped", "delivered"], to: "returned" },
};

/** An order on its way. Only `act` and `undo` ever change its state. */
export class Order {
  private past: { action: Action; before: State }[] = [];
  private current: State = "draft";

  state(): State {
    return this.current;
  }

  /** Does one action and returns the new state. */
  act(action: Action): State {
    if (!this.possible().includes(action)) throw new InvalidTransition(action, this.current);
    this.past.push({ action, before: this.current });
    this.current = TRANSITIONS[action].to;
    return this.current;
  }

  /** Takes the last action back and returns the state before it. */
  undo(): State {
    const last = this.past.at(-1);
    if (last === undefined || last.action === "pay" || last.action === "ship") {
      throw new InvalidTransition("undo", this.current);
    }
    this.past.pop();
    this.current = last.before;
    return this.current;
  }

  /** The actions that are possible now, in alphabetical order. */
  possible(): Action[] {
    const actions = Object.keys(TRANSITIONS) as Action[];
    return actions.filter((action) => TRANSITIONS[action].from.includes(this.current));
  }

  /** The actions that led here, first to last. */
  history(): Action[] {
    return this.past.map(({ action }) => action);
  }
}
