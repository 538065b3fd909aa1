//! How much stack a schema takes. The validator calls itself for each schema that it steps into, and at one value it steps into no
//! schema twice; so a long way of references in a deep front matter could end the program.

use serde_json::Value as Json;
use std::thread;

/// Bytes of stack that one step takes, at most: three to six thousand were seen, and twice that without optimisation.
const STEP: usize = 16 << 10;
/// Bytes that every thread has to spare.
const SPARE: usize = 1 << 20;
/// Bytes that are asked for at most. Of what is not used only the addresses are taken.
const MOST: usize = 1 << 30;

/// What leads from a schema to another for the same value.
const STEPS: [&str; 12] = [
    "$dynamicRef",
    "$recursiveRef",
    "$ref",
    "allOf",
    "anyOf",
    "dependencies",
    "dependentSchemas",
    "else",
    "if",
    "not",
    "oneOf",
    "then",
];

/// How many steps `schema` may take at one value, at most.
pub(super) fn steps(schema: &Json) -> usize {
    match schema {
        Json::Object(members) => members
            .iter()
            .map(|(key, value)| usize::from(STEPS.contains(&key.as_str())) + steps(value))
            .sum(),
        Json::Array(items) => items.iter().map(steps).sum(),
        _ => 0,
    }
}

/// How many lists and maps lie in each other in `value`.
fn depth(value: &Json) -> usize {
    match value {
        Json::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        Json::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// What `work` gives, which may take that many `steps` at every depth of `value`; `None` where no stack is large enough for that
/// or to be had.
pub(super) fn with<T: Send>(steps: usize, value: &Json, work: impl FnOnce() -> T + Send) -> Option<T> {
    let bytes = (steps + 1).saturating_mul(depth(value) + 1).saturating_mul(STEP);
    if bytes <= SPARE {
        return Some(work());
    }
    if bytes > MOST {
        return None;
    }
    thread::scope(|scope| {
        let worker = thread::Builder::new()
            .stack_size(bytes + SPARE)
            .spawn_scoped(scope, work);
        let done = worker.ok()?.join();
        Some(done.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}
