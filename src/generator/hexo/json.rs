//! Front matter between `;;;` lines: JSON without its outer braces.

use super::value::{Js, Object};
use serde_json::Value;
use std::rc::Rc;

/// `JSON.parse('{' + block + '}')`; `None` when it throws, which Hexo does not mention.
pub fn object(block: &str) -> Option<Rc<Object>> {
    match serde_json::from_str(&format!("{{{block}}}")).ok()? {
        Value::Object(members) => {
            let mut object = Object::default();
            for (key, value) in members {
                object.set(&key, js(value));
            }
            Some(Rc::new(object))
        }
        _ => None,
    }
}

fn js(value: Value) -> Js {
    match value {
        Value::Null => Js::Null,
        Value::Bool(value) => Js::Bool(value),
        Value::Number(value) => Js::Number(value.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => Js::text(&text),
        Value::Array(items) => Js::List(Rc::new(items.into_iter().map(js).collect())),
        Value::Object(members) => {
            let mut object = Object::default();
            for (key, value) in members {
                object.set(&key, js(value));
            }
            Js::Map(Rc::new(object))
        }
    }
}
