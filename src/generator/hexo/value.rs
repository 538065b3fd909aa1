//! JavaScript values, as Hexo's own code meets them after the front matter is read.

use crate::generator::date;
use std::collections::HashMap;
use std::rc::Rc;

/// A JavaScript value. Collections are shared, as aliases share them in YAML.
#[derive(Clone, Debug)]
pub enum Js {
    /// `null`, and `undefined` where the difference does not matter.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A string.
    Text(Rc<str>),
    /// A `Date`: milliseconds since 1970 UTC, always finite.
    Date(i64),
    /// An array.
    List(Rc<Vec<Js>>),
    /// A plain object.
    Map(Rc<Object>),
    /// A `Uint8Array` (`!!binary`).
    Bytes(Rc<Vec<u8>>),
    /// A collection that contains itself through an alias; the argument tells whether it is an array.
    Cycle(bool),
}

/// A plain object: keys in the order of their first appearance.
#[derive(Clone, Default)]
pub struct Object {
    entries: Vec<(Rc<str>, Js)>,
    /// Where each key stands, once there are more than [`FEW`].
    index: HashMap<Rc<str>, usize, foldhash::fast::RandomState>,
}

/// So many keys are compared one by one.
const FEW: usize = 16;

/// A string made from a value is cut here: nested aliases can ask for more than a machine has.
const LONGEST: usize = 1 << 16;

impl std::fmt::Debug for Object {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Object {
    /// Set `key`, which keeps its place when it is there already.
    pub fn set(&mut self, key: &str, value: Js) {
        if let Some(at) = self.place(key) {
            self.entries[at].1 = value;
            return;
        }
        self.entries.push((Rc::from(key), value));
        if self.entries.len() > FEW {
            for (at, (key, _)) in self.entries.iter().enumerate().skip(self.index.len()) {
                self.index.insert(Rc::clone(key), at);
            }
        }
    }

    fn place(&self, key: &str) -> Option<usize> {
        match self.entries.len() {
            0..=FEW => self.entries.iter().position(|(other, _)| **other == *key),
            _ => self.index.get(key).copied(),
        }
    }

    /// The value of `key`; `None` when there is no such key.
    pub fn get(&self, key: &str) -> Option<&Js> {
        self.place(key).map(|at| &self.entries[at].1)
    }

    /// Keys and values in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Js)> {
        self.entries.iter().map(|(key, value)| (&**key, value))
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl Js {
    /// A string.
    pub fn text(text: &str) -> Self {
        Js::Text(Rc::from(text))
    }

    /// `Boolean(value)`.
    pub fn is_truthy(&self) -> bool {
        match self {
            Js::Null => false,
            Js::Bool(value) => *value,
            Js::Number(value) => *value != 0.0 && !value.is_nan(),
            Js::Text(text) => !text.is_empty(),
            Js::Date(_) | Js::List(_) | Js::Map(_) | Js::Bytes(_) | Js::Cycle(_) => true,
        }
    }

    /// `String(value)` on a machine in `zone`.
    pub fn to_text(&self, zone: &str) -> String {
        let mut out = String::new();
        self.write(zone, &mut out);
        out
    }

    fn write(&self, zone: &str, out: &mut String) {
        if out.len() > LONGEST {
            return;
        }
        match self {
            Js::Null => out.push_str("null"),
            Js::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Js::Number(value) => out.push_str(&number(*value)),
            Js::Text(text) => out.push_str(text),
            Js::Date(instant) => out.push_str(&date::js_string(*instant, zone)),
            Js::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    if !matches!(item, Js::Null) {
                        item.write(zone, out);
                    }
                    if out.len() > LONGEST {
                        return;
                    }
                }
            }
            Js::Map(_) | Js::Cycle(false) => out.push_str("[object Object]"),
            Js::Cycle(true) => {}
            Js::Bytes(bytes) => {
                let bytes: Vec<String> = bytes.iter().map(u8::to_string).collect();
                out.push_str(&bytes.join(","));
            }
        }
    }
}

/// A number as JavaScript prints it.
pub fn number(value: f64) -> String {
    if value.is_nan() {
        return "NaN".into();
    }
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.into();
    }
    if value == 0.0 {
        return "0".into();
    }
    let size = value.abs();
    if (1e-6..1e21).contains(&size) {
        return value.to_string();
    }
    let text = format!("{value:e}");
    match text.split_once('e') {
        Some((digits, power)) if !power.starts_with('-') => format!("{digits}e+{power}"),
        _ => text,
    }
}
