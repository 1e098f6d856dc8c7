//! The request: plain values as they come over the wire.

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

pub(crate) struct Reader {
    pub(crate) data: Vec<u8>,
    pub(crate) at: usize,
}

impl Reader {
    pub(crate) fn value(&mut self) -> Value {
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

pub(crate) fn items_of(value: &Value) -> &[Value] {
    if let Value::List(items) = value { items } else { &[] }
}

pub(crate) fn text_of(value: &Value) -> &str {
    if let Value::Text(text) = value { text } else { "" }
}
