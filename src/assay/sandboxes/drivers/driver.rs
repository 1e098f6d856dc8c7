//! The Rust driver: fits plain values to declared types, makes the calls read from descriptor 3, says on
//! descriptor 4 what they did. It knows nothing of expected values. Compiled once for all answers.
use std::any::Any;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::fmt::{Debug, Display};
use std::fs::File;
use std::hash::{BuildHasher, Hash};
use std::io::{Read, Write};
use std::os::fd::FromRawFd;
use std::panic::{catch_unwind, AssertUnwindSafe};

/// A plain value as it came over the wire.
pub enum Value {
    Null,
    Bool(bool),
    Int(String),
    Hex(String),
    Float(f64),
    Text(String),
    Bytes(Vec<u8>),
    List(Vec<Value>),
    Map(Vec<(Value, Value)>),
}

/// A step that could not even be tried; no error that an answer may report.
pub struct Unfit(pub String);

// Reading

struct Reader {
    data: Vec<u8>,
    at: usize,
}

impl Reader {
    fn value(&mut self) -> Value {
        let end = self.at + self.data[self.at..].iter().position(|&byte| byte == b'\n').unwrap();
        let tag = self.data[self.at];
        let text = String::from_utf8_lossy(&self.data[self.at + 1..end]).into_owned();
        self.at = end + 1;
        match tag {
            b'n' => Value::Null,
            b'b' => Value::Bool(text == "1"),
            b'i' => Value::Int(text),
            b'x' => Value::Hex(text),
            b'f' => Value::Float(text.parse().unwrap_or(f64::NAN)),
            b's' | b'y' => {
                let part = self.data[self.at..self.at + text.parse::<usize>().unwrap()].to_vec();
                self.at += part.len();
                if tag == b's' { Value::Text(String::from_utf8_lossy(&part).into_owned()) } else { Value::Bytes(part) }
            }
            b'm' => Value::Map((0..text.parse::<usize>().unwrap()).map(|_| (self.value(), self.value())).collect()),
            _ => Value::List((0..text.parse::<usize>().unwrap()).map(|_| self.value()).collect()),
        }
    }
}

// From plain values to declared types

pub trait Fit: Sized {
    fn fit(value: &Value) -> Result<Self, Unfit>;
    /// A whole vector at once, where the value is no list.
    fn fit_many(_value: &Value) -> Option<Vec<Self>> {
        None
    }
}

pub fn unfit<T>(value: &Value) -> Unfit {
    let what = match value {
        Value::Null => "null".to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Int(digits) | Value::Hex(digits) => digits.chars().take(80).collect(),
        Value::Float(real) => real.to_string(),
        Value::Text(text) => format!("{:?}", text.chars().take(80).collect::<String>()),
        Value::Bytes(_) => "raw bytes".to_string(),
        Value::List(items) => format!("a list of {}", items.len()),
        Value::Map(pairs) => format!("a map of {}", pairs.len()),
    };
    Unfit(format!("{what} is no {}", std::any::type_name::<T>()))
}

pub fn field<T: Fit>(value: &Value, name: &str) -> Result<T, Unfit> {
    if let Value::Map(pairs) = value {
        for (key, item) in pairs {
            if matches!(key, Value::Text(text) if text == name) {
                return T::fit(item);
            }
        }
    }
    T::fit(&Value::Null).map_err(|_| Unfit(format!("there is no field {name}")))
}

macro_rules! integers {
    ($($kind:ty)*) => {$(
        impl Fit for $kind {
            fn fit(value: &Value) -> Result<Self, Unfit> {
                match value {
                    Value::Int(text) => text.parse().map_err(|_| unfit::<$kind>(value)),
                    Value::Hex(text) => <$kind>::from_str_radix(text, 16).map_err(|_| unfit::<$kind>(value)),
                    Value::Text(text) if text.len() == 1 && std::mem::size_of::<$kind>() == 1 => Ok(text.as_bytes()[0] as $kind),
                    _ => Err(unfit::<$kind>(value)),
                }
            }
        }
        impl Say for $kind {
            fn say(&self, out: &mut Out) { out.line(&format!("i{self}")); }
        }
    )*};
}
integers! { i8 i16 i32 i64 i128 isize u16 u32 u64 u128 usize }

impl Fit for u8 {
    fn fit(value: &Value) -> Result<Self, Unfit> {
        match value {
            Value::Int(text) => text.parse().map_err(|_| unfit::<u8>(value)),
            Value::Text(text) if text.len() == 1 => Ok(text.as_bytes()[0]),
            _ => Err(unfit::<u8>(value)),
        }
    }
    fn fit_many(value: &Value) -> Option<Vec<u8>> {
        match value {
            Value::Bytes(bytes) => Some(bytes.clone()),
            Value::Text(text) => Some(text.clone().into_bytes()),
            _ => None,
        }
    }
}

impl Say for u8 {
    fn say(&self, out: &mut Out) {
        out.line(&format!("i{self}"));
    }
    fn say_many(items: &[u8], out: &mut Out) -> bool {
        out.bytes("y", items);
        true
    }
}

macro_rules! floats {
    ($($kind:ty)*) => {$(
        impl Fit for $kind {
            fn fit(value: &Value) -> Result<Self, Unfit> {
                match value {
                    Value::Float(real) => Ok(*real as $kind),
                    Value::Int(text) => text.parse().map_err(|_| unfit::<$kind>(value)),
                    _ => Err(unfit::<$kind>(value)),
                }
            }
        }
        impl Say for $kind {
            fn say(&self, out: &mut Out) {
                if self.is_nan() { out.line("fnan") }
                else if self.is_infinite() { out.line(if *self > 0.0 { "finf" } else { "f-inf" }) }
                else { out.line(&format!("f{self:e}")) }
            }
        }
    )*};
}
floats! { f32 f64 }

impl Fit for bool {
    fn fit(value: &Value) -> Result<Self, Unfit> {
        if let Value::Bool(truth) = value { Ok(*truth) } else { Err(unfit::<bool>(value)) }
    }
}

impl Fit for char {
    fn fit(value: &Value) -> Result<Self, Unfit> {
        match value {
            Value::Text(text) if text.chars().count() == 1 => Ok(text.chars().next().unwrap()),
            _ => Err(unfit::<char>(value)),
        }
    }
}

impl Fit for String {
    fn fit(value: &Value) -> Result<Self, Unfit> {
        if let Value::Text(text) = value { Ok(text.clone()) } else { Err(unfit::<String>(value)) }
    }
}

impl Fit for () {
    fn fit(value: &Value) -> Result<Self, Unfit> {
        if let Value::Null = value { Ok(()) } else { Err(unfit::<()>(value)) }
    }
}

impl<T: Fit> Fit for Option<T> {
    fn fit(value: &Value) -> Result<Self, Unfit> {
        if let Value::Null = value { Ok(None) } else { T::fit(value).map(Some) }
    }
}

fn items_of<'a, T>(value: &'a Value) -> Result<&'a [Value], Unfit> {
    if let Value::List(items) = value { Ok(items) } else { Err(unfit::<T>(value)) }
}

impl<T: Fit> Fit for Vec<T> {
    fn fit(value: &Value) -> Result<Self, Unfit> {
        if let Some(whole) = T::fit_many(value) {
            return Ok(whole);
        }
        items_of::<Self>(value)?.iter().map(T::fit).collect()
    }
}

impl<T: Fit, const N: usize> Fit for [T; N] {
    fn fit(value: &Value) -> Result<Self, Unfit> {
        Vec::<T>::fit(value)?.try_into().map_err(|_| unfit::<Self>(value))
    }
}

macro_rules! wrappers {
    ($($kind:ident)*) => {$(
        impl<T: Fit> Fit for $kind<T> {
            fn fit(value: &Value) -> Result<Self, Unfit> { T::fit(value).map($kind::new) }
        }
    )*};
}
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
wrappers! { Box Rc Arc Cell RefCell }

macro_rules! collections {
    ($($kind:ident: $($bound:ident)*;)*) => {$(
        impl<T: Fit $(+ $bound)*> Fit for $kind<T> {
            fn fit(value: &Value) -> Result<Self, Unfit> { items_of::<Self>(value)?.iter().map(T::fit).collect() }
        }
    )*};
}
collections! { VecDeque:; LinkedList:; BTreeSet: Ord; BinaryHeap: Ord; }

impl<T: Fit + Eq + Hash, S: BuildHasher + Default> Fit for HashSet<T, S> {
    fn fit(value: &Value) -> Result<Self, Unfit> {
        items_of::<Self>(value)?.iter().map(T::fit).collect()
    }
}

fn pairs_of<K: Fit, V: Fit, M: FromIterator<(K, V)>>(value: &Value) -> Result<M, Unfit> {
    match value {
        Value::Map(pairs) => pairs.iter().map(|(key, item)| Ok((K::fit(key)?, V::fit(item)?))).collect(),
        _ => Err(unfit::<M>(value)),
    }
}

impl<K: Fit + Eq + Hash, V: Fit, S: BuildHasher + Default> Fit for HashMap<K, V, S> {
    fn fit(value: &Value) -> Result<Self, Unfit> { pairs_of(value) }
}

impl<K: Fit + Ord, V: Fit> Fit for BTreeMap<K, V> {
    fn fit(value: &Value) -> Result<Self, Unfit> { pairs_of(value) }
}

macro_rules! tuples {
    ($($size:literal: $($name:ident $at:tt),*;)*) => {$(
        impl<$($name: Fit),*> Fit for ($($name,)*) {
            fn fit(value: &Value) -> Result<Self, Unfit> {
                let items = items_of::<Self>(value)?;
                if items.len() != $size { return Err(unfit::<Self>(value)); }
                Ok(($($name::fit(&items[$at])?,)*))
            }
        }
        impl<$($name: Say),*> Say for ($($name,)*) {
            fn say(&self, out: &mut Out) {
                out.line(concat!("l", $size));
                $(self.$at.say(out);)*
            }
        }
    )*};
}
tuples! { 1: A 0; 2: A 0, B 1; 3: A 0, B 1, C 2; 4: A 0, B 1, C 2, D 3; 5: A 0, B 1, C 2, D 3, E 4; 6: A 0, B 1, C 2, D 3, E 4, F 5; }

// Writing

#[derive(Default)]
pub struct Out {
    data: Vec<u8>,
}

impl Out {
    pub fn line(&mut self, text: &str) {
        self.data.extend_from_slice(text.as_bytes());
        self.data.push(b'\n');
    }

    pub fn bytes(&mut self, tag: &str, bytes: &[u8]) {
        self.line(&format!("{tag}{}", bytes.len()));
        self.data.extend_from_slice(bytes);
    }
}

pub trait Say {
    fn say(&self, out: &mut Out);
    fn say_many(_items: &[Self], _out: &mut Out) -> bool
    where
        Self: Sized,
    {
        false
    }
}

impl Say for bool {
    fn say(&self, out: &mut Out) { out.line(if *self { "b1" } else { "b0" }); }
}

impl Say for char {
    fn say(&self, out: &mut Out) { self.to_string().say(out); }
}

impl Say for str {
    fn say(&self, out: &mut Out) { out.bytes("s", self.as_bytes()); }
}

impl Say for String {
    fn say(&self, out: &mut Out) { self.as_str().say(out); }
}

impl Say for () {
    fn say(&self, out: &mut Out) { out.line("n"); }
}

impl<T: Say> Say for Option<T> {
    fn say(&self, out: &mut Out) {
        match self {
            Some(item) => item.say(out),
            None => out.line("n"),
        }
    }
}

impl<T: Say + ?Sized> Say for &T {
    fn say(&self, out: &mut Out) { (**self).say(out); }
}

impl<T: Say + ?Sized> Say for &mut T {
    fn say(&self, out: &mut Out) { (**self).say(out); }
}

macro_rules! pointers {
    ($($kind:ident)*) => {$(
        impl<T: Say + ?Sized> Say for $kind<T> {
            fn say(&self, out: &mut Out) { (**self).say(out); }
        }
    )*};
}
pointers! { Box Rc Arc }

impl<T: Say> Say for RefCell<T> {
    fn say(&self, out: &mut Out) { self.borrow().say(out); }
}

impl<T: Say + Copy> Say for Cell<T> {
    fn say(&self, out: &mut Out) { self.get().say(out); }
}

impl<T: Say + ToOwned + ?Sized> Say for std::borrow::Cow<'_, T> {
    fn say(&self, out: &mut Out) { (**self).say(out); }
}

impl<T: Say> Say for [T] {
    fn say(&self, out: &mut Out) {
        if !T::say_many(self, out) {
            out.line(&format!("l{}", self.len()));
            self.iter().for_each(|item| item.say(out));
        }
    }
}

impl<T: Say> Say for Vec<T> {
    fn say(&self, out: &mut Out) { self.as_slice().say(out); }
}

impl<T: Say, const N: usize> Say for [T; N] {
    fn say(&self, out: &mut Out) { self.as_slice().say(out); }
}

macro_rules! said_one_by_one {
    ($($tag:literal $kind:ident;)*) => {$(
        impl<T: Say> Say for $kind<T> {
            fn say(&self, out: &mut Out) {
                out.line(&format!(concat!($tag, "{}"), self.len()));
                self.iter().for_each(|item| item.say(out));
            }
        }
    )*};
}
said_one_by_one! { "l" VecDeque; "l" LinkedList; "l" BinaryHeap; "S" BTreeSet; }

impl<T: Say, S> Say for HashSet<T, S> {
    fn say(&self, out: &mut Out) {
        out.line(&format!("S{}", self.len()));
        self.iter().for_each(|item| item.say(out));
    }
}

macro_rules! said_in_pairs {
    ($($kind:ident<K, V $(, $more:ident)?>;)*) => {$(
        impl<K: Say, V: Say $(, $more)?> Say for $kind<K, V $(, $more)?> {
            fn say(&self, out: &mut Out) {
                out.line(&format!("m{}", self.len()));
                self.iter().for_each(|(key, item)| { key.say(out); item.say(out); });
            }
        }
    )*};
}
said_in_pairs! { HashMap<K, V, S>; BTreeMap<K, V>; }

// Doing

/// What one step has to say: the result, and the arguments that may have changed.
#[derive(Default)]
pub struct Said {
    result: Out,
    changed: Out,
    count: usize,
    failed: bool,
}

impl Said {
    pub fn fail(&mut self, kinds: &[String], message: &str) {
        self.failed = true;
        self.result = Out::default();
        self.result.bytes("s", b"e");
        kinds.to_vec().say(&mut self.result);
        self.result.bytes("s", &message.as_bytes()[..message.floor_char_boundary_at(10_000)]);
    }

    pub fn returned(&mut self, value: &dyn Fn(&mut Out)) {
        self.result.bytes("s", b"r");
        value(&mut self.result);
    }

    pub fn changed(&mut self, at: usize, value: &impl Say) {
        self.changed.line("l2");
        at.say(&mut self.changed);
        value.say(&mut self.changed);
        self.count += 1;
    }
}

trait Boundary {
    fn floor_char_boundary_at(&self, at: usize) -> usize;
}

impl Boundary for str {
    fn floor_char_boundary_at(&self, at: usize) -> usize {
        (0..=at.min(self.len())).rev().find(|&place| self.is_char_boundary(place)).unwrap_or(0)
    }
}

/// What a function gave back. Which of the traits below is meant follows from how often it is referenced:
/// results before plain values, errors that can be displayed before those that cannot.
pub struct Back<T>(pub T);

fn kinds_of(debug: &str) -> Vec<String> {
    let name: String = debug.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    let named = name.chars().next().is_some_and(char::is_uppercase);
    if named { vec![name, "Err".to_string()] } else { vec!["Err".to_string()] }
}

pub trait BackDisplayed {
    fn tell(&self, said: &mut Said);
}

impl<T: Say, E: Debug + Display> BackDisplayed for &&Back<Result<T, E>> {
    fn tell(&self, said: &mut Said) {
        match &self.0 {
            Ok(value) => said.returned(&|out| value.say(out)),
            Err(error) => said.fail(&kinds_of(&format!("{error:?}")), &error.to_string()),
        }
    }
}

pub trait BackDebugged {
    fn tell(&self, said: &mut Said);
}

impl<T: Say, E: Debug> BackDebugged for &Back<Result<T, E>> {
    fn tell(&self, said: &mut Said) {
        match &self.0 {
            Ok(value) => said.returned(&|out| value.say(out)),
            Err(error) => said.fail(&kinds_of(&format!("{error:?}")), &format!("{error:?}")),
        }
    }
}

pub trait BackPlain {
    fn tell(&self, said: &mut Said);
}

impl<T: Say> BackPlain for Back<T> {
    fn tell(&self, said: &mut Said) {
        said.returned(&|out| self.0.say(out));
    }
}

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

fn text_of(value: &Value) -> &str {
    if let Value::Text(text) = value { text } else { "" }
}

fn perform(step: &[Value], actions: &HashMap<&str, Action>, kind: &mut String, made: &mut Made, out: &mut Out) {
    let (op, name) = (text_of(&step[1]), text_of(&step[2]));
    let key = if op == "do" { format!("do {kind}::{name}") } else { format!("{op} {name}") };
    if op == "new" {
        *kind = name.to_string();
        *made = None;
    }
    let args = items_of::<()>(&step[3]).unwrap_or(&[]);
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
    let cases = items_of::<()>(&asked).ok().and_then(|both| items_of::<()>(&both[1]).ok()).unwrap_or(&[]);
    for case in cases {
        let (mut out, mut kind, mut made) = (Out::default(), String::new(), None);
        for step in items_of::<()>(case).unwrap_or(&[]) {
            perform(items_of::<()>(step).unwrap_or(&[]), &actions, &mut kind, &mut made, &mut out);
        }
        if channel.write_all(&out.data).is_err() {
            std::process::exit(1);
        }
    }
    std::process::exit(0)
}
