use fair::FairQueue;

/// A queue with jobs like `a1`: a customer's letter and a number.
fn filled(limit: usize, jobs: &[&'static str]) -> FairQueue<&'static str> {
    let mut queue = FairQueue::new(limit);
    push(&mut queue, jobs);
    queue
}

fn push(queue: &mut FairQueue<&'static str>, jobs: &[&'static str]) {
    for job in jobs {
        assert!(queue.push(&job[..1], job), "{job} is refused");
    }
}

/// The next jobs, which must belong to their customers.
fn pop(queue: &mut FairQueue<&'static str>, most: usize) -> Vec<&'static str> {
    let mut jobs = Vec::new();
    while jobs.len() < most {
        let Some((customer, job)) = queue.pop() else { break };
        assert_eq!(customer, job[..1]);
        jobs.push(job);
    }
    jobs
}

#[test]
fn nothing_waits_at_first() {
    let mut queue = FairQueue::<i32>::new(1);
    assert_eq!(queue.len(), 0);
    assert!(queue.pop().is_none());
    assert!(queue.cancel("a").is_empty());
}

#[test]
fn customers_take_turns() {
    let mut queue = filled(9, &["a1", "a2", "a3", "b1", "c1", "c2"]);
    assert_eq!(queue.len(), 6);
    assert_eq!(pop(&mut queue, 9), ["a1", "b1", "c1", "a2", "c2", "a3"]);
    assert_eq!(queue.len(), 0);
}

#[test]
fn one_customer_alone() {
    let mut queue = filled(9, &["a1", "a2", "a3"]);
    assert_eq!(pop(&mut queue, 9), ["a1", "a2", "a3"]);
}
