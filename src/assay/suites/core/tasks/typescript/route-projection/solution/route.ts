/** Where on a route somebody is. Planar coordinates in metres. */

export interface Point {
  x: number;
  y: number;
}

export interface Projection {
  /** Index of the segment (0: from the first point to the second) that is nearest. */
  segment: number;
  /** Metres from the beginning of the route to the nearest place on it. */
  along: number;
  /** Metres from the point to that place. */
  distance: number;
}

/** The place on the route that is nearest to `point`; of several equally near, the first. */
export function project(route: Point[], point: Point): Projection {
  checkRoute(route);
  let best: Projection = { segment: 0, along: 0, distance: Infinity };
  let along = 0;
  for (let i = 0; i < route.length - 1; i++) {
    const a = route[i];
    const b = route[i + 1];
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const length = Math.hypot(dx, dy);
    // A segment without length is the point where it begins.
    const t = length === 0 ? 0 : clamp(((point.x - a.x) * dx + (point.y - a.y) * dy) / (length * length), 0, 1);
    const distance = Math.hypot(point.x - (a.x + t * dx), point.y - (a.y + t * dy));
    if (distance < best.distance) {
      best = { segment: i, along: along + t * length, distance };
    }
    along += length;
  }
  return best;
}

/** The point that lies `along` metres from the beginning; the ends for what lies beyond them. */
export function pointAt(route: Point[], along: number): Point {
  checkRoute(route);
  let rest = Math.max(0, along);
  for (let i = 0; i < route.length - 1; i++) {
    const a = route[i];
    const b = route[i + 1];
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (rest < length) {
      const t = rest / length;
      return { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) };
    }
    rest -= length;
  }
  return { ...route[route.length - 1] };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function checkRoute(route: Point[]): void {
  if (route.length < 2) throw new RangeError("a route has at least two points");
}
