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
  // to be written: ship, deliver, cancel, return
};

/** An order on its way. Only `act` and `undo` ever change its state. */
export class Order {
  private past: { action: Action; before: State }[] = [];
  private current: State = "draft";

  state(): State {
    return this.current;
  }

  // to be written: act, undo, possible, history
}
