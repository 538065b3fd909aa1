//! What a JSON Schema does not allow, in our words where they are those of the validator in English.

use crate::message::{Message, Part};
use crate::{part, say};
use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::Value;

/// Values of an enumeration that the validator lists.
const SHOWN: usize = 3;

/// What `error` says of a value.
pub(super) fn of_value(error: &ValidationError<'_>) -> Message {
    told(error, part!("the value"))
}

/// What `error` says of a key.
pub(super) fn of_key(error: &ValidationError<'_>) -> Message {
    told(error, part!("this key"))
}

fn told(error: &ValidationError<'_>, it: Part) -> Message {
    let own = error.masked_with(it.english()).to_string();
    // Another version of the validator may say it in another way.
    let ours = words(error.kind(), it).filter(|message| message.english() == own);
    ours.unwrap_or_else(|| say!("{error}", error = own))
}

fn words(kind: &Kind, it: Part) -> Option<Message> {
    Some(match kind {
        Kind::Constant { expected_value } => say!("{expected} was expected", expected = expected_value),
        Kind::Enum { options } => say!("{it} is not one of {options}", it, options = list(options)?),
        Kind::ExclusiveMaximum { limit } => say!("{it} is greater than or equal to the maximum of {limit}", it, limit),
        Kind::ExclusiveMinimum { limit } => say!("{it} is less than or equal to the minimum of {limit}", it, limit),
        Kind::Maximum { limit } => say!("{it} is greater than the maximum of {limit}", it, limit),
        Kind::Minimum { limit } => say!("{it} is less than the minimum of {limit}", it, limit),
        Kind::MaxLength { limit: 1 } => say!("{it} is longer than 1 character", it),
        Kind::MaxLength { limit } => say!("{it} is longer than {limit} characters", it, limit),
        Kind::MinLength { limit: 1 } => say!("{it} is shorter than 1 character", it),
        Kind::MinLength { limit } => say!("{it} is shorter than {limit} characters", it, limit),
        Kind::MaxItems { limit: 1 } => say!("{it} has more than 1 item", it),
        Kind::MaxItems { limit } => say!("{it} has more than {limit} items", it, limit),
        Kind::MinItems { limit: 1 } => say!("{it} has less than 1 item", it),
        Kind::MinItems { limit } => say!("{it} has less than {limit} items", it, limit),
        Kind::MaxProperties { limit: 1 } => say!("{it} has more than 1 property", it),
        Kind::MaxProperties { limit } => say!("{it} has more than {limit} properties", it, limit),
        Kind::MinProperties { limit: 1 } => say!("{it} has less than 1 property", it),
        Kind::MinProperties { limit } => say!("{it} has less than {limit} properties", it, limit),
        Kind::MultipleOf { multiple_of } => say!("{it} is not a multiple of {multiple_of}", it, multiple_of),
        Kind::Not { schema } => say!("{schema} is not allowed for {it}", schema, it),
        Kind::Pattern { pattern } => say!("{it} does not match \"{pattern}\"", it, pattern),
        Kind::UniqueItems => say!("{it} has non-unique elements", it),
        Kind::FalseSchema => say!("False schema does not allow {it}", it),
        Kind::Contains => say!("None of {it} are valid under the given schema", it),
        Kind::Type {
            kind: TypeKind::Single(wanted),
        } => say!("{it} is not of type \"{wanted}\"", it, wanted),
        Kind::Type {
            kind: TypeKind::Multiple(types),
        } => {
            let types: Vec<String> = types.iter().map(|wanted| format!("\"{wanted}\"")).collect();
            say!("{it} is not of types {types}", it, types = types.join(", "))
        }
        _ => return None,
    })
}

fn list(options: &Value) -> Option<Message> {
    let options = options.as_array()?;
    let shown = |from: &[Value]| from.iter().map(Value::to_string).collect::<Vec<_>>().join(", ");
    Some(match options.as_slice() {
        [only] => say!("{only}", only),
        [first @ .., last] if options.len() <= SHOWN => say!("{options} or {last}", options = shown(first), last),
        all => {
            let (first, rest) = all.split_at_checked(SHOWN - 1)?;
            let more = rest.len();
            say!("{options} or {more} other candidates", options = shown(first), more)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Language;
    use serde_json::json;

    #[test]
    fn every_word_of_ours_is_the_validators_in_english() {
        let schema = json!({ "properties": {
            "const": { "const": 1 }, "enum": { "enum": ["a", "b"] }, "one": { "enum": ["a"] },
            "many": { "enum": [1, 2, 3, 4, 5] }, "below": { "exclusiveMaximum": 0 }, "above": { "exclusiveMinimum": 9 },
            "most": { "maximum": 0 }, "least": { "minimum": 9 }, "long": { "maxLength": 1 }, "longer": { "maxLength": 2 },
            "short": { "minLength": 9 }, "items": { "maxItems": 1 }, "more": { "maxItems": 2 }, "few": { "minItems": 9 },
            "none": { "minItems": 1 }, "keys": { "maxProperties": 1 }, "fewer": { "minProperties": 9 },
            "two": { "multipleOf": 2 }, "not": { "not": { "type": "string" } }, "pattern": { "pattern": "^z" },
            "unique": { "uniqueItems": true }, "false": false, "contains": { "contains": { "type": "null" } },
            "type": { "type": "null" }, "types": { "type": ["null", "boolean"] },
        } });
        let value = json!({
            "const": 2, "enum": "c", "one": "c", "many": 9, "below": 5, "above": 5, "most": 5, "least": 5, "long": "abc",
            "longer": "abc", "short": "abc", "items": [1, 2, 3], "more": [1, 2, 3], "few": [1, 2], "none": [],
            "keys": { "a": 1, "b": 2 }, "fewer": { "a": 1 }, "two": 3, "not": "a", "pattern": "a", "unique": [1, 1],
            "false": 1, "contains": [1], "type": 1, "types": 1,
        });
        let validator = jsonschema::validator_for(&schema).unwrap();
        let errors: Vec<_> = validator.iter_errors(&value).collect();
        assert_eq!(errors.len(), value.as_object().unwrap().len());
        for error in &errors {
            let english = words(error.kind(), part!("the value")).map(|message| message.english());
            assert_eq!(english, Some(error.masked_with("the value").to_string()), "{error:?}");
            let chinese = of_value(error).text(Language::Chinese);
            assert!(!chinese.contains(" is ") && !chinese.contains("the value"), "{chinese}");
        }
    }
}
