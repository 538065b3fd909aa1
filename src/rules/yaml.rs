//! YAML that is not read as it was meant.

pub mod comment_truncates;
pub mod duplicate_key;
pub mod fullwidth;
pub mod missing_space;
pub mod syntax;
pub mod tab;
pub mod template_value;
pub mod unquoted;

use crate::generator::yaml::{self, Kind};
use crate::post::Post;
use crate::rule::{Context, Reporter};
use crate::say;

/// Report the faults of one kind that the generator's reader stumbles over.
fn report_faults(kind: Kind, context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let effect = yaml::effect(context.generator());
    for fault in context.yaml_faults().iter().filter(|fault| fault.kind == kind) {
        let mut finding = reporter.report(
            fault.range,
            say!("{message}; {effect}", message = &fault.message, effect),
        );
        if let Some((range, message)) = fault.related {
            finding = finding.related(range, message);
        }
        if let Some(fix) = &fault.fix {
            finding.fix(fix.clone());
        }
    }
}

/// Whether `post` is a template of posts: Hexo and Hugo fill it in before anybody reads it.
fn is_template(post: &Post) -> bool {
    post.folders()
        .any(|folder| matches!(folder, "scaffolds" | "archetypes"))
}
