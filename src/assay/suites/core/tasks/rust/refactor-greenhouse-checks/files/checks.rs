//! What a greenhouse complains of. Readings come in the order of time; a broken sensor gives no finite number.

/// The air, by the last three readings.
pub fn check_air(readings: &[f64]) -> Option<String> {
    let valid: Vec<f64> = readings.iter().copied().filter(|r| r.is_finite()).collect();
    if valid.is_empty() {
        return None;
    }
    let start = valid.len().saturating_sub(3);
    let last = &valid[start..];
    let mean = last.iter().sum::<f64>() / last.len() as f64;
    if mean < 12.0 {
        return Some(format!("air too low: {mean:.1} °C"));
    }
    if mean > 35.0 {
        return Some(format!("air too high: {mean:.1} °C"));
    }
    None
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
