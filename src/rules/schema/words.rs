//! What a JSON Schema does not allow, and what is wrong with one, in words.

use crate::message::{Message, Part};
use crate::{part, say};
use boon::{CompileError, ErrorKind as Kind, ValidationError};
use serde_json::{Number, Value};

/// Values of an enumeration that are listed.
const SHOWN: usize = 3;

/// What `kind` says of `it`. `None` where it only holds other errors together, or where whether the value fits was not found out.
pub(super) fn of(kind: &Kind<'_, '_>, it: Part) -> Option<Message> {
    Some(match kind {
        Kind::Const { want } => say!("{expected} was expected", expected = want),
        Kind::Enum { want } => say!("{it} is not one of {options}", it, options = list(want)?),
        Kind::ExclusiveMaximum { want, .. } => {
            say!(
                "{it} is greater than or equal to the maximum of {limit}",
                it,
                limit = want
            )
        }
        Kind::ExclusiveMinimum { want, .. } => {
            say!("{it} is less than or equal to the minimum of {limit}", it, limit = want)
        }
        Kind::Maximum { want, .. } => say!("{it} is greater than the maximum of {limit}", it, limit = want),
        Kind::Minimum { want, .. } => say!("{it} is less than the minimum of {limit}", it, limit = want),
        Kind::MaxLength { want: 1, .. } => say!("{it} is longer than 1 character", it),
        Kind::MaxLength { want, .. } => say!("{it} is longer than {limit} characters", it, limit = want),
        Kind::MinLength { want: 1, .. } => say!("{it} is shorter than 1 character", it),
        Kind::MinLength { want, .. } => say!("{it} is shorter than {limit} characters", it, limit = want),
        Kind::MaxItems { want: 1, .. } => say!("{it} has more than 1 item", it),
        Kind::MaxItems { want, .. } => say!("{it} has more than {limit} items", it, limit = want),
        Kind::MinItems { want: 1, .. } => say!("{it} has less than 1 item", it),
        Kind::MinItems { want, .. } => say!("{it} has less than {limit} items", it, limit = want),
        Kind::MaxProperties { want: 1, .. } => say!("{it} has more than 1 property", it),
        Kind::MaxProperties { want, .. } => say!("{it} has more than {limit} properties", it, limit = want),
        Kind::MinProperties { want: 1, .. } => say!("{it} has less than 1 property", it),
        Kind::MinProperties { want, .. } => say!("{it} has less than {limit} properties", it, limit = want),
        Kind::MultipleOf { got, want } if is_multiple(got, want) => return None,
        Kind::MultipleOf { want, .. } => say!("{it} is not a multiple of {multiple_of}", it, multiple_of = want),
        Kind::Not => say!("{it} is what the schema excludes", it),
        Kind::Pattern { want, .. } => say!("{it} does not match \"{pattern}\"", it, pattern = want),
        Kind::UniqueItems { .. } => say!("{it} has non-unique elements", it),
        Kind::FalseSchema => say!("False schema does not allow {it}", it),
        Kind::AdditionalItems { .. } => say!("{it} has more items than the schema knows", it),
        Kind::Contains => say!("None of {it} are valid under the given schema", it),
        Kind::MinContains { want: 1, .. } => say!("{it} has less than 1 item that the schema asks for", it),
        Kind::MinContains { want, .. } => {
            say!(
                "{it} has less than {limit} items that the schema asks for",
                it,
                limit = want
            )
        }
        Kind::MaxContains { want: 1, .. } => say!("{it} has more than 1 item that the schema asks for", it),
        Kind::MaxContains { want, .. } => {
            say!(
                "{it} has more than {limit} items that the schema asks for",
                it,
                limit = want
            )
        }
        Kind::Type { want, .. } => {
            let types: Vec<String> = want.iter().map(|wanted| format!("\"{wanted}\"")).collect();
            match types.as_slice() {
                [wanted] => say!("{it} is not of type {wanted}", it, wanted),
                types => say!("{it} is not of types {types}", it, types = types.join(", ")),
            }
        }
        Kind::Format { want, .. } => say!("is no {format}", format = want),
        Kind::AnyOf | Kind::OneOf(None) => say!("fits none of the forms that it may have"),
        Kind::OneOf(Some(_)) => say!("fits more than one of the forms that it may have"),
        _ => return None,
    })
}

/// Whether `number` is a multiple of `step` but for what decimal fractions lose: 0.3 is three times 0.1.
fn is_multiple(number: &Number, step: &Number) -> bool {
    let (Some(number), Some(step)) = (number.as_f64(), step.as_f64()) else {
        return false;
    };
    let times = number / step;
    (times - times.round()).abs() <= f64::EPSILON * 4.0 * times.abs()
}

fn list(options: &[Value]) -> Option<Message> {
    let shown = |from: &[Value]| from.iter().map(Value::to_string).collect::<Vec<_>>().join(", ");
    Some(match options {
        [only] => say!("{only}", only),
        [first @ .., last] if options.len() <= SHOWN => say!("{options} or {last}", options = shown(first), last),
        all => {
            let (first, rest) = all.split_at_checked(SHOWN - 1)?;
            let more = rest.len();
            say!("{options} or {more} other candidates", options = shown(first), more)
        }
    })
}

/// Why `error` makes the schema of no use.
pub(super) fn of_schema(error: &CompileError) -> Message {
    match error {
        CompileError::ValidationError { src, .. } => {
            let told = first(src).map(|(error, place)| say!("{error} at `{place}`", error, place));
            told.unwrap_or_else(|| say!("{error}", error = format!("{error:#}")))
        }
        CompileError::LoadUrlError { url, .. } | CompileError::UnsupportedUrlScheme { url } => say!(
            "it needs `{url}`, and nothing but the schema itself is read",
            url = relative(url)
        ),
        CompileError::JsonPointerNotFound(place) | CompileError::AnchorNotFound { reference: place, .. } => {
            say!("nothing is at `{place}`", place = relative(place))
        }
        CompileError::UnsupportedDraft { url } => say!("the draft `{url}` is not known", url),
        CompileError::InvalidRegex { regex, src, .. } => unusable(regex, &src.to_string()),
        error => say!("{error}", error = format!("{error:#}")),
    }
}

fn unusable(pattern: &str, error: &str) -> Message {
    // Of several lines, with the pattern and a mark under it; the last one says it.
    let error = error.lines().last().unwrap_or(error);
    let error = error.trim_start_matches("error:").trim();
    say!("the pattern `{pattern}` cannot be used: {error}", pattern, error)
}

/// The first error of a schema that says something by itself, and its place as a JSON Pointer.
fn first(error: &ValidationError<'_, '_>) -> Option<(Message, String)> {
    let own = match &error.kind {
        Kind::Format {
            got,
            want: "regex",
            err,
            ..
        } => Some(unusable(got.as_str().unwrap_or_default(), &err.to_string())),
        kind => of(kind, part!("the value")),
    };
    match own {
        Some(message) => Some((message, error.instance_location.to_string())),
        None => error.causes.iter().find_map(first),
    }
}

/// `url` without the name that the schema has for itself.
fn relative(url: &str) -> &str {
    url.strip_prefix(super::ITSELF).unwrap_or(url)
}
