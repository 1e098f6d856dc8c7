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
    assert_eq!(pop(&mut queue, 9).len(), 6);
    assert_eq!(queue.len(), 0);
}

#[test]
fn one_customer_alone() {
    let mut queue = filled(9, &["a1", "a2", "a3"]);
    assert_eq!(pop(&mut queue, 9).len(), 3);
}

#[test]
fn newcomers_go_to_the_end() {
    let mut queue = filled(9, &["a1", "a2", "b1", "b2"]);
    assert_eq!(pop(&mut queue, 1).len(), 1);
    push(&mut queue, &["c1"]);
    assert_eq!(pop(&mut queue, 9).len(), 4);
}

#[test]
fn who_has_none_left_is_a_newcomer() {
    let mut queue = filled(9, &["a1", "b1", "b2"]);
    assert_eq!(pop(&mut queue, 1).len(), 1);
    push(&mut queue, &["a2"]);
    assert_eq!(pop(&mut queue, 9).len(), 3);
}

#[test]
fn further_jobs_change_no_place() {
    let mut queue = filled(9, &["a1", "b1", "a2"]);
    push(&mut queue, &["b2"]);
    assert_eq!(pop(&mut queue, 3).len(), 3);
    push(&mut queue, &["a3"]);
    assert_eq!(pop(&mut queue, 9).len(), 2);
}

#[test]
fn a_limit_for_each_customer() {
    let mut queue = filled(2, &["a1", "a2", "b1", "c1"]);
    assert!(!queue.push("a", "a3"));
    assert!(!queue.push("a", "a4"));
    assert_eq!(queue.len(), 4);
    push(&mut queue, &["b2"]);
    assert_eq!(pop(&mut queue, 1).len(), 1);
    push(&mut queue, &["a5"]);
    assert!(!queue.push("a", "a6"));
    assert_eq!(pop(&mut queue, 9).len(), 5);
}

#[test]
fn a_limit_of_one() {
    let mut queue = filled(1, &["a1", "b1"]);
    assert!(!queue.push("b", "b2"));
    assert_eq!(pop(&mut queue, 9).len(), 2);
}

#[test]
fn cancel_leaves_the_others_in_their_order() {
    let mut queue = filled(9, &["a1", "b1", "c1", "d1", "b2", "d2"]);
    assert_eq!(queue.cancel("b").len(), 2);
    assert_eq!(queue.len(), 4);
    assert!(queue.cancel("b").is_empty());
    assert!(queue.cancel("x").is_empty());
    assert_eq!(pop(&mut queue, 9).len(), 4);
}

#[test]
fn cancelled_customers_come_back_as_newcomers() {
    let mut queue = filled(2, &["a1", "a2", "b1", "c1"]);
    assert_eq!(queue.cancel("a").len(), 2);
    push(&mut queue, &["a3", "a4"]);
    assert_eq!(pop(&mut queue, 9).len(), 4);
}
