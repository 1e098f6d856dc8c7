//! Jobs of customers who take turns.

use std::collections::{HashMap, VecDeque};

pub struct FairQueue<T> {
    limit: usize,
    waiting: HashMap<String, VecDeque<T>>,
    line: VecDeque<String>,
}

impl<T> FairQueue<T> {
    pub fn new(limit: usize) -> FairQueue<T> {
        FairQueue { limit, waiting: HashMap::new(), line: VecDeque::new() }
    }

    pub fn push(&mut self, customer: &str, job: T) -> bool {
        let jobs = self.waiting.entry(customer.to_string()).or_default();
        if jobs.len() >= self.limit {
            return false;
        }
        if jobs.is_empty() {
            self.line.push_back(customer.to_string());
        }
        jobs.push_back(job);
        true
    }

    pub fn pop(&mut self) -> Option<(String, T)> {
        let customer = self.line.pop_front()?;
        let jobs = self.waiting.get_mut(&customer)?;
        let job = jobs.pop_front()?;
        if jobs.is_empty() {
            self.waiting.remove(&customer);
        } else {
            self.line.push_back(customer.clone());
        }
        Some((customer, job))
    }

    pub fn cancel(&mut self, customer: &str) -> Vec<T> {
        self.line.retain(|one| one != customer);
        self.waiting.remove(customer).map(Vec::from).unwrap_or_default()
    }

    pub fn len(&self) -> usize {
        self.line.len()
    }
}
