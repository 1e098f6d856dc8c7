//! What a greenhouse complains of. Readings come in the order of time; a broken sensor gives no finite number.

/// What is wanted of one kind of readings.
struct Limits {
    name: &'static str,
    unit: &'static str,
    digits: usize,
    low: f64,
    high: f64,
    /// How many of the last readings count.
    last: usize,
    /// Whether it is a complaint when there are none.
    needed: bool,
}

const AIR: Limits = Limits { name: "air", unit: "°C", digits: 1, low: 12.0, high: 35.0, last: 3, needed: false };
const SOIL: Limits = Limits { name: "soil", unit: "%", digits: 0, low: 30.0, high: 80.0, last: 5, needed: true };
const LIGHT: Limits = Limits { name: "light", unit: "lx", digits: 0, low: 200.0, high: 60_000.0, last: 1, needed: true };

/// The air, by the last three readings.
pub fn check_air(readings: &[f64]) -> Option<String> {
    check(readings, &AIR)
}

/// The soil, by the last five readings.
pub fn check_soil(readings: &[f64]) -> Option<String> {
    check(readings, &SOIL)
}

/// The light, by the last reading.
pub fn check_light(readings: &[f64]) -> Option<String> {
    check(readings, &LIGHT)
}

fn check(readings: &[f64], limits: &Limits) -> Option<String> {
    let valid: Vec<f64> = readings.iter().copied().filter(|reading| reading.is_finite()).collect();
    let Limits { name, unit, digits, .. } = limits;
    if valid.is_empty() {
        return limits.needed.then(|| format!("{name}: no readings"));
    }
    let last = &valid[valid.len().saturating_sub(limits.last)..];
    let mean = last.iter().sum::<f64>() / last.len() as f64;
    let fault = if mean < limits.low {
        "too low"
    } else if mean > limits.high {
        "too high"
    } else {
        return None;
    };
    Some(format!("{name} {fault}: {mean:.digits$} {unit}", digits = *digits))
}
