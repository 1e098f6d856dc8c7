use crate::BillError;

/// So many units at one price; the last block of a tariff has no size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Units in 30 days.
    pub size: Option<u64>,
    /// Hundredths of a cent for a unit.
    pub price: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tariff {
    pub blocks: Vec<Block>,
    /// Cents for a day.
    pub standing: u64,
    /// Tenths of a per cent.
    pub vat: u64,
}

impl Tariff {
    pub fn check(&self) -> Result<(), BillError> {
        if self.blocks.is_empty() { Err(BillError::BadTariff) } else { Ok(()) }
    }

    /// What the units cost, in cents.
    pub fn energy(&self, units: u64, days: u32) -> u64 {
        let mut below = 0;
        let mut cost = 0;
        for block in &self.blocks {
            let upper = block.size.map_or(u64::MAX, |size| size / 30 * u64::from(days));
            let taken = units.min(upper).saturating_sub(below);
            cost += (taken * block.price + 50) / 100;
            below = upper;
        }
        cost
    }
}
