/** How a quantity is written: its units from the smallest on, each `step` times the one before. */
export interface Scale {
  units: readonly string[];
  step: number;
}

const BYTES: Scale = { units: ["B", "KiB", "MiB", "GiB", "TiB"], step: 1024 };
const WATTS: Scale = { units: ["W", "kW", "MW", "GW"], step: 1000 };
const HERTZ: Scale = { units: ["Hz", "kHz", "MHz", "GHz"], step: 1000 };

/** The value in the largest unit in which it is not below 1; the smallest unit is written as it is. */
export function formatQuantity(value: number, scale: Scale, digits = 1): string {
  if (!Number.isFinite(value)) return "–";
  let rest = Math.abs(value);
  let unit = 0;
  while (unit < scale.units.length - 1 && Number(rest.toFixed(digits)) >= scale.step) {
    rest /= scale.step;
    unit += 1;
  }
  const text = rest.toFixed(digits);
  return `${value < 0 ? "-" : ""}${text} ${scale.units[unit]}`;
}

/** Like `1.5 KiB`. */
export function formatBytes(value: number, digits = 1): string {
  return formatQuantity(value, BYTES, digits);
}

/** Like `1.5 kW`. */
export function formatWatts(value: number, digits = 1): string {
  return formatQuantity(value, WATTS, digits);
}

/** Like `2.4 GHz`. */
export function formatHertz(value: number, digits = 1): string {
  return formatQuantity(value, HERTZ, digits);
}
