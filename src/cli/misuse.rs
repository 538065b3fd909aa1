//! What is said of arguments that are wrong, in another language than clap's own.

use crate::message::Message;
use crate::say;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

/// What clap says of `error`, to be translated; `None` for what it says so rarely that its own words do, and for what is no misuse.
pub(super) fn said(error: &Error) -> Option<Message> {
    let text = |kind| match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        _ => None,
    };
    let arg = || text(ContextKind::InvalidArg);
    let value = || text(ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::UnknownArgument => say!("unexpected argument `{arg}`", arg = arg()?),
        ErrorKind::InvalidSubcommand => {
            let name = text(ContextKind::InvalidSubcommand)?;
            say!("there is no command `{name}`", name)
        }
        ErrorKind::InvalidValue if value()?.is_empty() => say!("`{arg}` needs a value", arg = arg()?),
        ErrorKind::InvalidValue => {
            let (value, arg, values) = (value()?, arg()?, text(ContextKind::ValidValue)?);
            say!(
                "`{value}` is no value of `{arg}`; possible: {values}",
                value,
                arg,
                values
            )
        }
        ErrorKind::ValueValidation => {
            let (value, arg) = (value()?, arg()?);
            let why = Message::data(&std::error::Error::source(error)?.to_string());
            say!("`{value}` is no value of `{arg}`: {why}", value, arg, why)
        }
        ErrorKind::NoEquals => say!("`{arg}` wants an equals sign before its value", arg = arg()?),
        ErrorKind::ArgumentConflict => {
            let (arg, other) = (arg()?, text(ContextKind::PriorArg)?);
            match arg == other {
                true => say!("`{arg}` is given twice", arg),
                false => say!("`{arg}` does not go together with `{other}`", arg, other),
            }
        }
        ErrorKind::MissingRequiredArgument => say!("`{arg}` is missing", arg = arg()?),
        ErrorKind::MissingSubcommand => say!("a command is missing"),
        _ => return None,
    };
    let kinds = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ];
    let hint = kinds.into_iter().find_map(text);
    Some(match hint {
        Some(hint) => say!("{message}; did you mean `{hint}`?", message, hint),
        None => message,
    })
}
