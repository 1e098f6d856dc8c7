//! From plain values to declared types.
use crate::read::{Unfit, Value};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::hash::{BuildHasher, Hash};
use std::rc::Rc;
use std::sync::Arc;

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

fn listed<'a, T>(value: &'a Value) -> Result<&'a [Value], Unfit> {
    if let Value::List(items) = value { Ok(items) } else { Err(unfit::<T>(value)) }
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

impl<T: Fit> Fit for Vec<T> {
    fn fit(value: &Value) -> Result<Self, Unfit> {
        if let Some(whole) = T::fit_many(value) {
            return Ok(whole);
        }
        listed::<Self>(value)?.iter().map(T::fit).collect()
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

wrappers! { Box Rc Arc Cell RefCell }

macro_rules! collections {
    ($($kind:ident: $($bound:ident)*;)*) => {$(
        impl<T: Fit $(+ $bound)*> Fit for $kind<T> {
            fn fit(value: &Value) -> Result<Self, Unfit> { listed::<Self>(value)?.iter().map(T::fit).collect() }
        }
    )*};
}
collections! { VecDeque:; LinkedList:; BTreeSet: Ord; BinaryHeap: Ord; }

impl<T: Fit + Eq + Hash, S: BuildHasher + Default> Fit for HashSet<T, S> {
    fn fit(value: &Value) -> Result<Self, Unfit> {
        listed::<Self>(value)?.iter().map(T::fit).collect()
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
                let items = listed::<Self>(value)?;
                if items.len() != $size { return Err(unfit::<Self>(value)); }
                Ok(($($name::fit(&items[$at])?,)*))
            }
        }
    )*};
}
tuples! { 1: A 0; 2: A 0, B 1; 3: A 0, B 1, C 2; 4: A 0, B 1, C 2, D 3; 5: A 0, B 1, C 2, D 3, E 4; 6: A 0, B 1, C 2, D 3, E 4, F 5; }
