use alarm::{Alarm, Change};

/// What each reading changes, as a letter, for limits of 8 and 5 degrees.
fn changes(needed: u32, readings: &[i32]) -> String {
    let mut alarm = Alarm::new(8, 5, needed);
    let mut letters = String::new();
    for &degrees in readings {
        letters.push(match alarm.read(degrees) {
            Some(Change::Raised) => 'R',
            Some(Change::Cleared) => 'C',
            None => '.',
        });
    }
    letters
}

#[test]
fn rises_after_readings_in_a_row() {
    assert_eq!(changes(3, &[8, 9, 8]), "..R");
    assert_eq!(changes(1, &[7, 8]), ".R");
}

#[test]
fn a_low_reading_begins_the_count_anew() {
    assert_eq!(changes(3, &[9, 9, 7, 9, 9, 7]), "......");
    assert_eq!(changes(2, &[9, 7, 9, 9]), "...R");
}

#[test]
fn starts_calm() {
    assert_eq!(format!("{:?}", Alarm::new(8, 5, 1)), "Alarm");
}

#[test]
fn is_told_once() {
    assert_eq!(changes(2, &[9, 9, 9, 9, 9]), ".R...");
}

#[test]
fn clears_at_low() {
    assert_eq!(changes(1, &[8, 7, 6, 5]), "R..C");
    assert_eq!(changes(1, &[8, -40]), "RC");
    assert_eq!(changes(1, &[5, 4]), "..");
    assert_eq!(changes(1, &[8, 5, 5]), "RC.");
}

#[test]
fn rises_again_by_new_readings() {
    assert_eq!(changes(2, &[9, 9, 5, 9, 9]), ".RC.R");
    assert_eq!(changes(3, &[9, 9, 9, 9, 9, 4, 9, 9, 9]), "..R..C..R");
}

#[test]
fn says_whether_it_is_raised() {
    let mut alarm = Alarm::new(-10, -20, 2);
    let mut seen = vec![alarm.is_raised()];
    for degrees in [-10, -10, -15, -20, -10] {
        alarm.read(degrees);
        seen.push(alarm.is_raised());
    }
    assert_eq!(seen, [false, false, true, true, false, false]);
}
