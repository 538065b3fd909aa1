//! The type of a scalar of front matter, as its generator reads it.

use super::{Generator, hexo, hugo, jekyll};
use crate::post::{Dialect, Node, Scalar, Style, Value};

/// A scalar with its type. Dates are text: what was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// Any other number; may be infinite or NaN.
    Float(f64),
    /// Text.
    Text(String),
}

/// The scalar `node`, of front matter in `dialect`, as `generator` reads it; `None` for lists and maps.
pub fn typed(generator: Generator, dialect: Dialect, node: &Node) -> Option<Typed> {
    let scalar = node.scalar()?;
    Some(match (generator, dialect) {
        (Generator::Jekyll, Dialect::Yaml) => of_ruby(jekyll::scalar(scalar), scalar),
        (Generator::Hexo, Dialect::Yaml) => in_hexo(scalar),
        // What is read by another generator than the site's has at least the types of its language.
        (_, dialect) => hugo_scalar(node, dialect).map_or_else(|| text(scalar), |value| of_go(value, scalar)),
    })
}

fn text(scalar: &Scalar) -> Typed {
    Typed::Text(scalar.text.clone())
}

fn in_hexo(scalar: &Scalar) -> Typed {
    // `!!str 1`, `! 1`; the other tags of YAML's own only say what a plain scalar is anyway.
    let is_text = matches!(scalar.tag.as_deref(), Some("!" | "!!str" | "!!binary"));
    if is_text || scalar.style != Style::Plain {
        return text(scalar);
    }
    if scalar.is_null() {
        return Typed::Null;
    }
    match hexo::implicit(&scalar.text).map(|(_, value)| value) {
        Some(hexo::Js::Null) => Typed::Null,
        Some(hexo::Js::Bool(value)) => Typed::Bool(value),
        Some(hexo::Js::Number(value)) => number(value),
        _ => text(scalar),
    }
}

/// JavaScript does not tell `1.0` from `1`.
fn number(value: f64) -> Typed {
    /// Above this, doubles have gaps.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= EXACT {
        Typed::Int(value as i128)
    } else {
        Typed::Float(value)
    }
}

fn of_ruby(value: jekyll::Ruby, scalar: &Scalar) -> Typed {
    match value {
        jekyll::Ruby::Nil => Typed::Null,
        jekyll::Ruby::Bool(value) => Typed::Bool(value),
        jekyll::Ruby::Int(digits) => match digits.parse() {
            Ok(value) => Typed::Int(value),
            Err(_) => digits.parse().map_or_else(|_| text(scalar), Typed::Float),
        },
        jekyll::Ruby::Float(value) => Typed::Float(value),
        _ => text(scalar),
    }
}

fn hugo_scalar(node: &Node, dialect: Dialect) -> Option<hugo::Go> {
    let zone = super::date::zone("UTC");
    match node.value {
        Value::Scalar(_) => hugo::value(node, dialect, &zone).ok(),
        Value::List(_) | Value::Map(_) => None,
    }
}

fn of_go(value: hugo::Go, scalar: &Scalar) -> Typed {
    match value {
        hugo::Go::Nil => Typed::Null,
        hugo::Go::Bool(value) => Typed::Bool(value),
        hugo::Go::Int(value) => Typed::Int(value),
        hugo::Go::Float(value) => Typed::Float(value),
        _ => text(scalar),
    }
}
