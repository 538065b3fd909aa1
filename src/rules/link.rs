//! Rules about links.

pub mod broken;

use crate::generator::Generator;
use crate::message::Part;
use crate::part;
use crate::rule::Context;

/// What the generator does where `tag` names no post.
fn effect(context: &Context<'_>, tag: &str) -> Part {
    match context.generator() {
        Generator::Hexo if tag == "post_path" => part!("Hexo prints nothing in its place"),
        Generator::Hexo => part!("Hexo stops the whole build"),
        Generator::Jekyll => part!("Jekyll stops the whole build"),
        Generator::Hugo => match context.settings().hugo.ref_links_error_level.as_deref() {
            Some(level) if level.eq_ignore_ascii_case("warning") => part!("Hugo leaves the link empty"),
            _ => part!("Hugo stops the whole build"),
        },
    }
}
