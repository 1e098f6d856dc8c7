mod tariff;

pub use tariff::{Block, Tariff};

/// One more than the highest number that a meter can show.
const METER_END: u64 = 1_000_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BillError {
    NoDays,
    BadReading(u64),
    BadTariff,
    TooLarge,
}

/// A bill; all amounts are in cents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    pub units: u64,
    pub energy: u64,
    pub standing: u64,
    pub vat: u64,
    pub total: u64,
}

/// Bills what a meter counted between two readings that are so many days apart.
pub fn bill(tariff: &Tariff, start: u64, end: u64, days: u32) -> Result<Bill, BillError> {
    if days == 0 {
        return Err(BillError::NoDays);
    }
    let units = counted(start, end)?;
    tariff.check()?;
    let energy = fit(rounded(tariff.energy(units, days), 100))?;
    let standing = fit(u128::from(tariff.standing) * u128::from(days))?;
    let net = u128::from(energy) + u128::from(standing);
    let taxed = net.checked_mul(u128::from(tariff.vat)).ok_or(BillError::TooLarge)?;
    let vat = fit(rounded(taxed, 1000))?;
    let total = fit(net + u128::from(vat))?;
    Ok(Bill { units, energy, standing, vat, total })
}

fn counted(start: u64, end: u64) -> Result<u64, BillError> {
    if let Some(reading) = [start, end].into_iter().find(|reading| *reading >= METER_END) {
        return Err(BillError::BadReading(reading));
    }
    Ok((end + METER_END - start) % METER_END)
}

/// A quotient, rounded to a whole number; halves go up.
fn rounded(amount: u128, by: u128) -> u128 {
    (amount + by / 2) / by
}

fn fit(amount: u128) -> Result<u64, BillError> {
    amount.try_into().map_err(|_| BillError::TooLarge)
}
