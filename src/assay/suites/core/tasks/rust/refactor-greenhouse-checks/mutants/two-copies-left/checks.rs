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
#[allow(dead_code)]
const SOIL: Limits = Limits { name: "soil", unit: "%", digits: 0, low: 30.0, high: 80.0, last: 5, needed: true };
#[allow(dead_code)]
const LIGHT: Limits = Limits { name: "light", unit: "lx", digits: 0, low: 200.0, high: 60_000.0, last: 1, needed: true };

/// The air, by the last three readings.
pub fn check_air(readings: &[f64]) -> Option<String> {
    check(readings, &AIR)
}

/// The soil, by the last five readings.
pub fn check_soil(readings: &[f64]) -> Option<String> {
    let valid: Vec<f64> = readings.iter().copied().filter(|r| r.is_finite()).collect();
    if valid.is_empty() {
        return Some("soil: no readings".to_string());
    }
    let start = valid.len().saturating_sub(5);
    let last = &valid[start..];
    let mean = last.iter().sum::<f64>() / last.len() as f64;
    if mean < 30.0 {
        return Some(format!("soil too low: {mean:.0} %"));
    }
    if mean > 80.0 {
        return Some(format!("soil too high: {mean:.0} %"));
    }
    None
}

/// The light, by the last reading.
pub fn check_light(readings: &[f64]) -> Option<String> {
    let valid: Vec<f64> = readings.iter().copied().filter(|r| r.is_finite()).collect();
    if valid.is_empty() {
        return Some("light: no readings".to_string());
    }
    let start = valid.len().saturating_sub(1);
    let last = &valid[start..];
    let mean = last.iter().sum::<f64>() / last.len() as f64;
    if mean < 200.0 {
        return Some(format!("light too low: {mean:.0} lx"));
    }
    if mean > 60000.0 {
        return Some(format!("light too high: {mean:.0} lx"));
    }
    None
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
