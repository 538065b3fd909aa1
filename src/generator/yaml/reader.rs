//! The YAML readers of the three generators behind one door.

use crate::generator::Generator;
use crate::generator::hexo::{self, Js};
use crate::post::split::lines;
use crate::post::{Dialect, Envelope, FrontMatter, Node, Value};
use crate::text::{Source, TextRange};

/// What a reader makes of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loaded {
    /// A mapping: its keys, each with its value in some notation that is the same for equal values.
    Map(Vec<(String, String)>),
    /// Anything else.
    Other,
}

/// Why a reader refuses a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The line it points at, counted from 0.
    pub line: usize,
    /// Its own words.
    pub message: String,
}

/// What `generator` makes of the YAML block `yaml`.
pub fn load(generator: Generator, yaml: &str) -> Result<Loaded, Refusal> {
    match generator {
        Generator::Hexo => in_hexo(yaml),
        Generator::Jekyll | Generator::Hugo => by_libyaml(yaml),
    }
}

fn in_hexo(yaml: &str) -> Result<Loaded, Refusal> {
    match hexo::load_block(&yaml.replace("\r\n", "\n")) {
        Ok(Js::Map(object)) => Ok(Loaded::Map(
            object
                .iter()
                .map(|(key, value)| (key.to_owned(), printed(value)))
                .collect(),
        )),
        Ok(_) => Ok(Loaded::Other),
        Err(error) => Err(Refusal {
            line: error.line,
            message: error.message,
        }),
    }
}

fn printed(value: &Js) -> String {
    let mut out = String::new();
    print_js(value, &mut out);
    out
}

/// Aliases of aliases can ask for more text than a machine has: what is longer than this is not compared further.
const LONGEST: usize = 1 << 16;

fn print_js(value: &Js, out: &mut String) {
    if out.len() > LONGEST {
        return;
    }
    match value {
        Js::List(items) => {
            out.push('[');
            for item in items.iter() {
                print_js(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Js::Map(object) => {
            out.push('{');
            for (key, value) in object.iter() {
                out.push_str(&format!("{key:?}:"));
                print_js(value, out);
                out.push(',');
            }
            out.push('}');
        }
        other => out.push_str(&format!("{other:?}")),
    }
}

/// Jekyll's Psych is libyaml, and so is serde_yaml; Hugo's reader agrees with them on nearly everything.
fn by_libyaml(yaml: &str) -> Result<Loaded, Refusal> {
    let front_matter = parsed(yaml);
    if let Some(error) = front_matter.error {
        return Err(Refusal {
            line: line_of(yaml, error.range.start),
            message: error.message,
        });
    }
    Ok(match &front_matter.root {
        Some(Node {
            value: Value::Map(entries),
            ..
        }) => Loaded::Map(
            entries
                .iter()
                .map(|entry| (print(&entry.key), print(&entry.value)))
                .collect(),
        ),
        _ => Loaded::Other,
    })
}

/// The line, from 0, that byte `offset` stands on.
fn line_of(yaml: &str, offset: usize) -> usize {
    lines(yaml, 0, yaml.len())
        .take_while(|line| line.next <= offset)
        .count()
}

/// The block `yaml` with its places, which count bytes from its start.
pub fn parsed(yaml: &str) -> FrontMatter {
    let envelope = Envelope {
        dialect: Dialect::Yaml,
        lead: TextRange::at(0),
        open: TextRange::at(0),
        block: TextRange::new(0, yaml.len()),
        close: None,
        body: TextRange::at(yaml.len()),
    };
    FrontMatter::parse(&Source::new(yaml), &envelope)
}

/// `node` without its places.
pub fn print(node: &Node) -> String {
    match &node.value {
        Value::Scalar(scalar) => format!("{:?}{:?}{:?}", scalar.tag, scalar.style, scalar.text),
        Value::List(items) => format!("[{}]", items.iter().map(print).collect::<Vec<_>>().join(",")),
        Value::Map(entries) => {
            let pairs = entries
                .iter()
                .map(|entry| print(&entry.key) + ":" + &print(&entry.value));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
        }
    }
}
