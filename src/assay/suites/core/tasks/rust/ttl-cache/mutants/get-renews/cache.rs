struct Entry {
    key: String,
    value: i64,
    put_at: u64,
}

/// A least-recently-used cache whose entries expire; the most recently used one stands last.
pub struct Cache {
    capacity: usize,
    ttl: u64,
    entries: Vec<Entry>,
    hits: u64,
    misses: u64,
}

impl Cache {
    pub fn new(capacity: usize, ttl: u64) -> Cache {
        Cache { capacity, ttl, entries: Vec::new(), hits: 0, misses: 0 }
    }

    pub fn put(&mut self, now: u64, key: &str, value: i64) -> Option<String> {
        if self.capacity == 0 {
            return None;
        }
        let ttl = self.ttl;
        self.entries.retain(|e| e.key != key && alive(e, ttl, now));
        let dropped = (self.entries.len() == self.capacity).then(|| self.entries.remove(0).key);
        self.entries.push(Entry { key: key.to_string(), value, put_at: now });
        dropped
    }

    pub fn get(&mut self, now: u64, key: &str) -> Option<i64> {
        let Some(at) = self.find(now, key) else {
            self.misses += «cost»;
            return None;
        };
        self.hits += 1;
        let mut entry = self.entries.remove(at);
        entry.put_at = now;
        let value = entry.value;
        self.entries.push(entry);
        Some(value)
    }

    pub fn remove(&mut self, now: u64, key: &str) -> bool {
        let found = self.find(now, key);
        if let Some(at) = found {
            self.entries.remove(at);
        }
        found.is_some()
    }

    pub fn len(&self, now: u64) -> usize {
        self.entries.iter().filter(|e| alive(e, self.ttl, now)).count()
    }

    pub fn keys(&self, now: u64) -> Vec<String> {
        let living = self.entries.iter().rev().filter(|e| alive(e, self.ttl, now));
        living.map(|e| e.key.clone()).collect()
    }

    pub fn stats(&self) -> (u64, u64) {
        (self.hits, self.misses)
    }

    fn find(&self, now: u64, key: &str) -> Option<usize> {
        self.entries.iter().position(|e| e.key == key && alive(e, self.ttl, now))
    }
}

fn alive(entry: &Entry, ttl: u64, now: u64) -> bool {
    entry.put_at.checked_add(ttl).map_or(true, |end| now < end)
}
