mod need;

use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BomError {
    Unknown(String),
    BadCount,
    Circle(String),
    TooLarge,
}

#[derive(Debug, Default)]
pub(crate) struct Part {
    stock: u64,
    pack: u64,
    /// What one piece is made of; nothing for a part that is bought.
    uses: BTreeMap<String, u64>,
}

/// What is made of what, and what there is.
#[derive(Debug, Default)]
pub struct Bom {
    parts: BTreeMap<String, Part>,
}

impl Bom {
    pub fn new() -> Bom {
        Bom::default()
    }

    /// Makes a part known, or sets the stock and the pack of one that is.
    pub fn add_part(&mut self, name: &str, stock: u64, pack: u64) -> Result<(), BomError> {
        if pack == 0 {
            return Err(BomError::BadCount);
        }
        let part = self.parts.entry(name.to_string()).or_default();
        (part.stock, part.pack) = (stock, pack);
        Ok(())
    }

    /// Each piece of `product` takes `count` more of `part`.
    pub fn add_use(&mut self, product: &str, part: &str, count: u64) -> Result<(), BomError> {
        self.known(product)?;
        self.known(part)?;
        if count == 0 {
            return Err(BomError::BadCount);
        }
        if need::order(&self.parts, part).contains(&product) {
            return Err(BomError::Circle(product.to_string()));
        }
        let uses = &mut self.parts.get_mut(product).expect("it is known").uses;
        let before = uses.get(part).copied().unwrap_or(0);
        let now = before.checked_add(count).ok_or(BomError::TooLarge)?;
        uses.insert(part.to_string(), now);
        Ok(())
    }

    /// What has to be bought to deliver so many pieces: names and pieces, in order of names.
    pub fn to_buy(&self, product: &str, count: u64) -> Result<Vec<(String, u64)>, BomError> {
        self.known(product)?;
        need::to_buy(&self.parts, product, count)
    }

    /// How many pieces can be delivered without buying anything.
    pub fn buildable(&self, product: &str) -> Result<u64, BomError> {
        self.known(product)?;
        let (mut enough, mut most) = (0, u64::MAX);
        while enough < most {
            let middle = enough + (most - enough).div_ceil(2);
            if need::to_buy(&self.parts, product, middle)?.is_empty() {
                enough = middle;
            } else {
                most = middle - 1;
            }
        }
        Ok(enough)
    }

    fn known(&self, name: &str) -> Result<(), BomError> {
        if self.parts.contains_key(name) { Ok(()) } else { Err(BomError::Unknown(name.to_string())) }
    }
}
