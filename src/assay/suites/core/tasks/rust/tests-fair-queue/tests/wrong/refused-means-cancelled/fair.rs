struct Turn<T> {
    customer: String,
    jobs: Vec<T>,
}

/// The turns in their order; the next one is the first.
pub struct FairQueue<T> {
    most: usize,
    turns: Vec<Turn<T>>,
}

impl<T> FairQueue<T> {
    pub fn new(limit: usize) -> Self {
        Self { most: limit, turns: Vec::new() }
    }

    pub fn push(&mut self, customer: &str, job: T) -> bool {
        match self.turns.iter_mut().find(|turn| turn.customer == customer) {
            Some(turn) if turn.jobs.len() == self.most => {
                turn.jobs.remove(0);
                turn.jobs.push(job);
                return false;
            }
            Some(turn) => turn.jobs.push(job),
            None => self.turns.push(Turn { customer: customer.to_owned(), jobs: vec![job] }),
        }
        true
    }

    pub fn pop(&mut self) -> Option<(String, T)> {
        if self.turns.is_empty() {
            return None;
        }
        let mut turn = self.turns.remove(0);
        let job = turn.jobs.remove(0);
        let customer = turn.customer.clone();
        if !turn.jobs.is_empty() {
            self.turns.push(turn);
        }
        Some((customer, job))
    }

    pub fn cancel(&mut self, customer: &str) -> Vec<T> {
        match self.turns.iter().position(|turn| turn.customer == customer) {
            Some(place) => self.turns.remove(place).jobs,
            None => Vec::new(),
        }
    }

    pub fn len(&self) -> usize {
        self.turns.iter().fold(0, |sum, turn| sum + turn.jobs.len())
    }
}
