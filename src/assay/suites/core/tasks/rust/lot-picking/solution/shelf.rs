#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShelfError {
    BadQuantity,
    OtherDate(String),
    TooMany,
    Short(u64),
}

#[derive(Debug)]
struct Lot {
    name: String,
    /// The last day on which it may be used.
    expires: u32,
    quantity: u64,
}

/// What there is of one medicine, lot by lot.
#[derive(Debug, Default)]
pub struct Shelf {
    /// By date, those of one date in the order of their arrival; none is empty.
    lots: Vec<Lot>,
}

impl Shelf {
    pub fn new() -> Shelf {
        Shelf::default()
    }

    pub fn receive(&mut self, lot: &str, expires: u32, quantity: u64) -> Result<(), ShelfError> {
        if quantity == 0 {
            return Err(ShelfError::BadQuantity);
        }
        let known = self.lots.iter().position(|one| one.name == lot);
        if known.is_some_and(|at| self.lots[at].expires != expires) {
            return Err(ShelfError::OtherDate(lot.to_string()));
        }
        let all: u64 = self.lots.iter().map(|one| one.quantity).sum();
        all.checked_add(quantity).ok_or(ShelfError::TooMany)?;
        match known {
            Some(at) => self.lots[at].quantity += quantity,
            None => {
                let at = self.lots.partition_point(|one| one.expires <= expires);
                self.lots.insert(at, Lot { name: lot.to_string(), expires, quantity });
            }
        }
        Ok(())
    }

    pub fn available(&self, today: u32) -> u64 {
        self.lots.iter().filter(|lot| lot.expires >= today).map(|lot| lot.quantity).sum()
    }

    pub fn pick(&mut self, today: u32, quantity: u64) -> Result<Vec<(String, u64)>, ShelfError> {
        if quantity == 0 {
            return Err(ShelfError::BadQuantity);
        }
        let available = self.available(today);
        if quantity > available {
            return Err(ShelfError::Short(available));
        }
        let mut picked = Vec::new();
        let mut owed = quantity;
        for lot in self.lots.iter_mut().filter(|lot| lot.expires >= today) {
            let taken = lot.quantity.min(owed);
            if taken > 0 {
                lot.quantity -= taken;
                owed -= taken;
                picked.push((lot.name.clone(), taken));
            }
        }
        self.lots.retain(|lot| lot.quantity > 0);
        Ok(picked)
    }

    pub fn discard(&mut self, today: u32) -> Vec<(String, u64)> {
        let kept = self.lots.split_off(self.lots.partition_point(|lot| lot.expires < today));
        let expired = std::mem::replace(&mut self.lots, kept);
        expired.into_iter().map(|lot| (lot.name, lot.quantity)).collect()
    }
}
