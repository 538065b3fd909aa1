//! `image-url`: an image of the front matter that is no usable address.

use crate::diagnostic::Fix;
use crate::post::address::fault;
use crate::post::images::{self, Field};
use crate::post::{Dialect, notation};
use crate::rule::{Context, Reporter};
use crate::text::Edit;
use crate::{rule, say};

rule! {
    /// An image of the front matter that is no usable address.
    ///
    /// # Why
    ///
    /// A theme puts the value into `src` as it stands; what is no address is a broken picture on the card. Angle brackets and
    /// Markdown around an address are often left by other tools' fixes, backslashes and drive letters by Windows. Values that
    /// switch a cover off or name a colour (`false`, `transparent`, `#3f51b5`, `linear-gradient(…)`) are fine.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// cover: '<https://tea.example/rain.jpg>'
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// cover: 'https://tea.example/rain.jpg'
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// thumbnail: \images\rain.jpg
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// thumbnail: /images/rain.jpg
    /// ---
    /// ```
    ///
    /// ```markdown,bad
    /// ---
    /// title: Tea
    /// cover: https:/tea.example/a rain.jpg
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// cover: https://tea.example/a%20rain.jpg
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Tea
    /// cover: false
    /// top_img: linear-gradient(20deg, #0062be, #925696)
    /// thumbnail: /images/rain.jpg
    /// ---
    /// ```
    "image-url", Error, On, check, HEAD
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for field in images::fields(context.post) {
        let Some(scalar) = field.node.scalar() else { continue };
        let Some(fault) = fault::fault(&scalar.text) else {
            continue;
        };
        let finding = reporter
            .report(
                field.node.range,
                say!(
                    "`{key}` is no usable address: {what}",
                    key = field.key,
                    what = fault.what
                ),
            )
            .at_most(fault.severity);
        let edit = fault.better.and_then(|better| edit(context, field, &better));
        if let (Some(order), Some(edit)) = (fault.order, edit) {
            finding.fix(Fix::safe(order, vec![edit]));
        }
    }
}

/// Replaces the address inside the writer's own quotes.
fn edit(context: &Context<'_>, field: Field<'_>, better: &str) -> Option<Edit> {
    let dialect = context.post.envelope.as_ref()?.dialect;
    let inner = notation::verbatim(&context.post.source, field.node);
    let is_quoted = inner.is_some_and(|inner| inner != field.node.range);
    match inner {
        Some(inner) if is_quoted && !better.contains(['\'', '"', '\\']) => Some(Edit::replace(inner, better)),
        Some(inner) if dialect == Dialect::Yaml && is_plain_address(better) => Some(Edit::replace(inner, better)),
        _ => Some(Edit::replace(field.node.range, notation::quoted(dialect, better))),
    }
}

/// Whether an address may stand without quotes wherever an address may stand in YAML.
fn is_plain_address(address: &str) -> bool {
    let is_start = address.starts_with(|first: char| first.is_alphanumeric() || matches!(first, '/' | '.'));
    is_start && !address.contains(['\'', '"', ' ', ',', '[', ']', '{', '}'])
}
