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
        match self.blocks.split_last() {
            Some((last, others)) if last.size.is_none() && others.iter().all(|block| block.size.is_some()) => Ok(()),
            _ => Err(BillError::BadTariff),
        }
    }

    /// What the units cost, in hundredths of a cent.
    pub fn energy(&self, units: u64, days: u32) -> u128 {
        let mut left = u128::from(units);
        let mut cost = 0;
        for block in &self.blocks {
            let room = block.size.map(|size| u128::from(size) * u128::from(days) / 30);
            let taken = room.map_or(left, |room| room.min(left));
            cost += taken * u128::from(block.price);
            left -= taken;
        }
        cost
    }
}
