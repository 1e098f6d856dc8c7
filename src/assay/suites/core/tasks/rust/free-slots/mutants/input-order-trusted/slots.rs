/// A span of minutes: `start` belongs to it, `end` does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    pub start: i64,
    pub end: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlotError {
    /// The booking with this index ends before it begins.
    Reversed(usize),
}

/// Checks the bookings and widens each by `pad` minutes on both sides. Bookings without any
/// length are left out.
fn blocked(busy: &[Slot], pad: i64) -> Result<Vec<Slot>, SlotError> {
    let mut result = Vec::new();
    for (index, slot) in busy.iter().enumerate() {
        if slot.end < slot.start {
            return Err(SlotError::Reversed(index));
        }
        if slot.end > slot.start {
            result.push(Slot { start: slot.start - pad, end: slot.end + pad });
        }
    }
    Ok(result)
}

/// Lists the free spans between `open` and `close`, in order, that are at least `min_len` long.
pub fn free_slots(
    busy: &[Slot],
    open: i64,
    close: i64,
    pad: i64,
    min_len: i64,
) -> Result<Vec<Slot>, SlotError> {
    let mut taken = blocked(busy, pad)?;
    taken.push(Slot { start: close, end: close });
    let mut free = Vec::new();
    let mut from = open;
    for slot in taken {
        let until = slot.start.min(close);
        if until - from >= min_len.max(«least») {
            free.push(Slot { start: from, end: until });
        }
        from = from.max(slot.end);
    }
    Ok(free)
}
