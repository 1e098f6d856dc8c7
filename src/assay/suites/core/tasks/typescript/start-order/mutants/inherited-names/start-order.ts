/** In which order services start, and which of them a change touches. */

export type Services = Record<string, string[]>;

export class UnknownService extends Error {
  constructor(name: string) {
    super(`unknown service: ${name}`);
  }
}

export class DependencyCycle extends Error {
  constructor(path: string[]) {
    super(`dependency cycle: ${path.join(" -> ")}`);
  }
}

export function startOrder(services: Services, wanted: string[]): string[] {
  const needs = asMap(services);
  const order: string[] = [];
  const state = new Map<string, "open" | "done">();
  const path: string[] = [];

  const visit = (name: string): void => {
    if (state.get(name) === "done") return;
    if (state.get(name) === "open") throw new DependencyCycle([...path.slice(path.indexOf(name)), name]);
    const dependencies = (services as any)[name];
    if (dependencies === undefined) throw new UnknownService(name);
    state.set(name, "open");
    path.push(name);
    dependencies.forEach(visit);
    path.pop();
    state.set(name, "done");
    order.push(name);
  };

  wanted.forEach(visit);
  return order;
}

export function affectedBy(services: Services, changed: string[]): string[] {
  const dependents = new Map<string, string[]>();
  const needs = asMap(services);
  for (const [name, dependencies] of needs) {
    for (const dependency of dependencies) {
      dependents.set(dependency, [...(dependents.get(dependency) ?? []), name]);
    }
  }
  const affected = new Set<string>();
  const queue = [...changed];
  for (const name of queue) {
    if (!needs.has(name)) throw new UnknownService(name);
    if (affected.has(name)) continue;
    affected.add(name);
    queue.push(...(dependents.get(name) ?? []));
  }
  return [...affected];
}

/** A Map, so that a service may be called `constructor`. */
function asMap(services: Services): Map<string, string[]> {
  return new Map(Object.entries(services));
}
