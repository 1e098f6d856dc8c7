/** Like `1.5 KiB`. */
export function formatBytes(value: number, digits = 1): string {
  if (!Number.isFinite(value)) {
    return "–";
  }
  const sign = value < 0 ? "-" : "";
  let rest = Math.abs(value);
  let unit = 0;
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  while (unit < units.length - 1 && Number(rest.toFixed(digits)) >= 1024) {
    rest = rest / 1024;
    unit += 1;
  }
  const text = unit === 0 ? String(rest) : rest.toFixed(digits);
  return sign + text + " " + units[unit];
}

/** Like `1.5 kW`. */
export function formatWatts(value: number, digits = 1): string {
  if (!Number.isFinite(value)) {
    return "–";
  }
  const sign = value < 0 ? "-" : "";
  let rest = Math.abs(value);
  let unit = 0;
  const units = ["W", "kW", "MW", "GW"];
  while (unit < units.length - 1 && Number(rest.toFixed(digits)) >= 1000) {
    rest = rest / 1000;
    unit += 1;
  }
  const text = unit === 0 ? String(rest) : rest.toFixed(digits);
  return sign + text + " " + units[unit];
}

/** Like `2.4 GHz`. */
export function formatHertz(value: number, digits = 1): string {
  if (!Number.isFinite(value)) {
    return "–";
  }
  const sign = value < 0 ? "-" : "";
  let rest = Math.abs(value);
  let unit = 0;
  const units = ["Hz", "kHz", "MHz", "GHz"];
  while (unit < units.length - 1 && Number(rest.toFixed(digits)) >= 1000) {
    rest = rest / 1000;
    unit += 1;
  }
  const text = unit === 0 ? String(rest) : rest.toFixed(digits);
  return sign + text + " " + units[unit];
}
