//! Whatever a function gave back, as bytes of the wire.
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

#[derive(Default)]
pub struct Out {
    pub(crate) data: Vec<u8>,
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

macro_rules! integers {
    ($($kind:ty)*) => {$(
        impl Say for $kind {
            fn say(&self, out: &mut Out) { out.line(&format!("i{self}")); }
        }
    )*};
}
integers! { i8 i16 i32 i64 i128 isize u16 u32 u64 u128 usize }

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

macro_rules! tuples {
    ($($size:literal: $($name:ident $at:tt),*;)*) => {$(
        impl<$($name: Say),*> Say for ($($name,)*) {
            fn say(&self, out: &mut Out) {
                out.line(concat!("l", $size));
                $(self.$at.say(out);)*
            }
        }
    )*};
}
tuples! { 1: A 0; 2: A 0, B 1; 3: A 0, B 1, C 2; 4: A 0, B 1, C 2, D 3; 5: A 0, B 1, C 2, D 3, E 4; 6: A 0, B 1, C 2, D 3, E 4, F 5; }
