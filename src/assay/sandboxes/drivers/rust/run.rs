//! The channels, and the loop over all cases and their steps.
use crate::read::{items_of, text_of, Reader, Unfit, Value};
use crate::say::Out;
use crate::tell::Said;
use std::any::Any;
use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::FromRawFd;
use std::panic::{catch_unwind, AssertUnwindSafe};

pub type Made = Option<Box<dyn Any>>;
pub type Action = fn(&[Value], &mut Made, &mut Said) -> Result<(), Unfit>;

/// As many arguments as the task declares.
pub fn expect(args: &[Value], count: usize) -> Result<(), Unfit> {
    if args.len() == count { Ok(()) } else { Err(Unfit(format!("it takes {count} arguments, not {}", args.len()))) }
}

extern "C" {
    fn fcntl(descriptor: i32, command: i32, ...) -> i32;
    fn close(descriptor: i32) -> i32;
}

fn channels() -> (File, File) {
    unsafe {
        let moved = fcntl(4, 1030, 40);
        if moved >= 0 {
            close(4);
        }
        (File::from_raw_fd(3), File::from_raw_fd(if moved >= 0 { moved } else { 4 }))
    }
}

fn perform(step: &[Value], actions: &HashMap<&str, Action>, kind: &mut String, made: &mut Made, out: &mut Out) {
    let (op, name) = (text_of(&step[1]), text_of(&step[2]));
    let key = if op == "do" { format!("do {kind}::{name}") } else { format!("{op} {name}") };
    if op == "new" {
        *kind = name.to_string();
        *made = None;
    }
    let args = items_of(&step[3]);
    let mut said = Said::default();
    let possible = actions.get(key.as_str()).filter(|_| op != "do" || made.is_some());
    let done = match possible {
        Some(action) => catch_unwind(AssertUnwindSafe(|| action(args, made, &mut said))),
        None => Ok(Err(Unfit("there is no object to do it to".to_string()))),
    };
    let panic = ["panic".to_string()];
    match done {
        Ok(Ok(())) => {}
        Ok(Err(Unfit(reason))) => said.fail(&panic, &reason),
        Err(payload) => {
            let text = payload.downcast_ref::<&str>().map(|text| text.to_string());
            said.fail(&panic, &text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default());
        }
    }
    out.line(if said.failed { "l5" } else { "l4" });
    out.bytes("s", text_of(&step[0]).as_bytes());
    out.data.extend_from_slice(&said.result.data);
    out.line(&format!("l{}", said.count));
    out.data.extend_from_slice(&said.changed.data);
}

/// Does all that is asked and leaves.
pub fn run(actions: &[(&'static str, Action)]) -> ! {
    let (mut requests, mut channel) = channels();
    let mut data = Vec::new();
    if requests.read_to_end(&mut data).is_err() {
        std::process::exit(1);
    }
    drop(requests);
    let actions: HashMap<&str, Action> = actions.iter().copied().collect();
    let asked = Reader { data, at: 0 }.value();
    let cases = items_of(&asked).get(1).map_or(&[][..], items_of);
    for case in cases {
        let (mut out, mut kind, mut made) = (Out::default(), String::new(), None);
        for step in items_of(case) {
            perform(items_of(step), &actions, &mut kind, &mut made, &mut out);
        }
        if channel.write_all(&out.data).is_err() {
            std::process::exit(1);
        }
    }
    std::process::exit(0)
}
