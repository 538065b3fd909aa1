//! JSON front matter, with braces (Hugo) or without (Hexo's `;;;`), read with jsonc-parser for its places.

use super::front_matter::{Entry, FrontMatter, Node, Scalar, Style, SyntaxError, Value};
use crate::text::TextRange;
use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// Largest block that is parsed, in bytes.
const MAX_BYTES: usize = 64 * 1024;

/// Parse the JSON object at `block` of `text`.
pub(super) fn parse(text: &str, block: TextRange) -> FrontMatter {
    let json = text.get(block.as_range()).unwrap_or("");
    read(json, block.start, block)
}

/// Parse the members of a JSON object without its braces, as Hexo does: `{` and `}` are put around them.
pub(super) fn parse_members(text: &str, block: TextRange) -> FrontMatter {
    let json = format!("{{{}}}", text.get(block.as_range()).unwrap_or(""));
    // The brace that was added shifts every place by one. A place before the block can only be the brace itself.
    read(&json, block.start.saturating_sub(1), block)
}

fn read(json: &str, base: usize, block: TextRange) -> FrontMatter {
    let place = |range: jsonc_parser::common::Range| {
        let start = (base + range.start).clamp(block.start, block.end);
        TextRange::new(start, (base + range.end).clamp(start, block.end))
    };
    let failed = |range, message: String| FrontMatter {
        root: None,
        error: Some(SyntaxError { range, message }),
    };
    if json.len() > MAX_BYTES {
        return failed(
            TextRange::at(block.start),
            "this front matter is larger than 64 KB and was not read".to_owned(),
        );
    }
    match parse_to_ast(json, &CollectOptions::default(), &strict()) {
        Ok(result) => FrontMatter {
            root: result.value.map(|value| node(&value, json, &place)),
            error: None,
        },
        Err(error) => failed(place(error.range()), error.kind().to_string()),
    }
}

/// JSON as `JSON.parse` has it.
fn strict() -> ParseOptions {
    ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

fn node(value: &ast::Value<'_>, json: &str, place: &dyn Fn(jsonc_parser::common::Range) -> TextRange) -> Node {
    let scalar = |text: &str, style| {
        Value::Scalar(Scalar {
            text: text.to_owned(),
            style,
            tag: None,
        })
    };
    let range = place(value.range());
    let value = match value {
        ast::Value::StringLit(text) => scalar(&text.value, Style::DoubleQuoted),
        ast::Value::Array(array) => Value::List(array.elements.iter().map(|item| node(item, json, place)).collect()),
        ast::Value::Object(object) => Value::Map(
            object
                .properties
                .iter()
                .map(|property| Entry {
                    key: Node {
                        range: place(property.name.range()),
                        value: scalar(property.name.as_str(), Style::DoubleQuoted),
                    },
                    value: node(&property.value, json, place),
                    range: place(property.range()),
                })
                .collect(),
        ),
        other => scalar(
            json.get(other.range().start..other.range().end).unwrap_or(""),
            Style::Plain,
        ),
    };
    Node { range, value }
}
