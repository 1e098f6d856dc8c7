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

/** The place on the route that is nearest to `point`. */
export function project(route: Point[], point: Point): Projection {
  let best: Projection = { segment: 0, along: 0, distance: 1000 };
  let along = 0;
  for (let i = 0; i < route.length - 1; i++) {
    const a = route[i];
    const b = route[i + 1];
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const length = Math.sqrt(dx * dx + dy * dy);
    const t = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (length * length);
    const distance = Math.hypot(point.x - (a.x + t * dx), point.y - (a.y + t * dy));
    best = best.distance < distance ? best : { segment: i, along: along + t, distance };
    along += length;
  }
  return best;
}

/** The point that lies `along` metres from the beginning. */
export function pointAt(route: Point[], along: number): Point {
  let rest = along;
  for (let i = 0; i < route.length - 1; i++) {
    const a = route[i];
    const b = route[i + 1];
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (rest < length) {
      const t = rest / length;
      return { x: a.x + t * b.x, y: a.y + t * b.y };
    }
    rest -= length;
  }
  return route[0];
}
