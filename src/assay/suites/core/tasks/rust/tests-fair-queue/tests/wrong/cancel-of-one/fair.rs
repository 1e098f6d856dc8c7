use std::collections::BTreeMap;

pub struct FairQueue<T> {
    limit: usize,
    ticket: u64,
    /// All jobs in the order in which they came.
    jobs: BTreeMap<u64, (String, T)>,
    /// Customers by the ticket of their turn.
    turns: BTreeMap<u64, String>,
}

impl<T> FairQueue<T> {
    pub fn new(limit: usize) -> FairQueue<T> {
        FairQueue { limit, ticket: 0, jobs: BTreeMap::new(), turns: BTreeMap::new() }
    }

    fn next(&mut self) -> u64 {
        self.ticket += 1;
        self.ticket
    }

    fn tickets_of(&self, customer: &str) -> Vec<u64> {
        self.jobs.iter().filter(|(_, job)| job.0 == customer).map(|(ticket, _)| *ticket).collect()
    }

    pub fn push(&mut self, customer: &str, job: T) -> bool {
        let before = self.tickets_of(customer).len();
        if before < self.limit {
            let ticket = self.next();
            self.jobs.insert(ticket, (customer.into(), job));
            if before == 0 {
                self.turns.insert(ticket, customer.into());
            }
        }
        before < self.limit
    }

    pub fn pop(&mut self) -> Option<(String, T)> {
        let (_, customer) = self.turns.pop_first()?;
        let tickets = self.tickets_of(&customer);
        if tickets.len() > 1 {
            let turn = self.next();
            self.turns.insert(turn, customer);
        }
        self.jobs.remove(&tickets[0])
    }

    pub fn cancel(&mut self, customer: &str) -> Vec<T> {
        self.turns.retain(|_, one| one != customer);
        let tickets = self.tickets_of(customer);
        self.jobs.retain(|ticket, _| tickets.first() == Some(ticket) || !tickets.contains(ticket));
        tickets.iter().filter_map(|ticket| self.jobs.remove(ticket)).map(|(_, job)| job).collect()
    }

    pub fn len(&self) -> usize {
        self.jobs.len()
    }
}
