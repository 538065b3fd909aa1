//! All rules, one file each. Adding one touches its file and the two lists here.

use crate::diagnostic::RuleCode;
use crate::generator::Generator;
use crate::rule::Rule;

pub mod ad;
pub mod address;
pub mod balance;
pub mod boilerplate;
pub mod category;
pub mod date;
pub mod field;
pub mod filters;
pub mod front_matter;
pub mod handlers;
pub mod hidden;
pub mod hiding;
pub mod html;
pub mod image;
pub mod leftover;
pub mod link;
pub mod mojibake;
pub mod others;
pub mod pattern;
pub mod post;
pub mod redirect;
pub mod rejoin;
pub mod rival;
pub mod scaffold;
pub mod schema;
pub mod selector;
pub mod share;
pub mod stranded;
pub mod suppression;
pub mod taxonomy;
pub mod template;
pub mod text;
pub mod tracking;
pub mod undated;
pub mod uses;
pub mod watermark;
pub mod yaml;

/// Every rule, in order of code.
pub static ALL: &[&Rule] = &[
    &ad::comment::RULE,
    &ad::frame::RULE,
    &ad::link::RULE,
    &ad::script::RULE,
    &ad::slot_empty::RULE,
    &ad::unit::RULE,
    &boilerplate::RULE,
    &category::mixed::RULE,
    &category::nesting::RULE,
    &date::ambiguous::RULE,
    &date::filename::RULE,
    &date::future::RULE,
    &date::invalid::RULE,
    &date::missing::RULE,
    &date::number::RULE,
    &date::rollover::RULE,
    &date::updated_missing::RULE,
    &date::updated_order::RULE,
    &date::zone::RULE,
    &field::layout::RULE,
    &field::order::RULE,
    &field::permalink::RULE,
    &field::required::RULE,
    &field::reserved::RULE,
    &field::schema::RULE,
    &field::r#type::RULE,
    &field::unknown::RULE,
    &front_matter::dialect::RULE,
    &front_matter::fence::RULE,
    &front_matter::missing::RULE,
    &front_matter::not_mapping::RULE,
    &front_matter::preceded::RULE,
    &front_matter::swallows_body::RULE,
    &front_matter::syntax::RULE,
    &front_matter::unclosed::RULE,
    &hidden::text::RULE,
    &html::becomes_code::RULE,
    &html::empty_paragraph::RULE,
    &html::escaped_style::RULE,
    &html::nesting::RULE,
    &html::pseudo_tag::RULE,
    &html::script::RULE,
    &html::unbalanced::RULE,
    &image::hotlink::RULE,
    &image::insecure::RULE,
    &image::lazy::RULE,
    &image::missing::RULE,
    &image::placeholder::RULE,
    &image::proxied::RULE,
    &image::unreachable::RULE,
    &image::url::RULE,
    &link::broken::RULE,
    &post::duplicate::RULE,
    &post::file_name::RULE,
    &post::url_duplicate::RULE,
    &redirect::link::RULE,
    &share::widget::RULE,
    &suppression::unused::RULE,
    &taxonomy::case::RULE,
    &taxonomy::comma::RULE,
    &taxonomy::duplicate::RULE,
    &taxonomy::near::RULE,
    &taxonomy::not_text::RULE,
    &taxonomy::slug::RULE,
    &template::syntax::RULE,
    &text::encoding::RULE,
    &text::mojibake::RULE,
    &tracking::parameter::RULE,
    &tracking::pixel::RULE,
    &watermark::RULE,
    &yaml::comment_truncates::RULE,
    &yaml::duplicate_key::RULE,
    &yaml::fullwidth::RULE,
    &yaml::missing_space::RULE,
    &yaml::syntax::RULE,
    &yaml::tab::RULE,
    &yaml::template_value::RULE,
    &yaml::unquoted::RULE,
];

/// The rule named `code`; `None` when there is none.
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code.0 == code)
}

/// Rules that compare a post with the others of its site.
const COMPARING: &[&str] = &[
    "category-nesting",
    "link-broken",
    "post-duplicate",
    "post-url-duplicate",
    "taxonomy-case",
    "taxonomy-near",
    "taxonomy-slug",
];

/// Whether what `code` finds in a post of a site depends on the site's other posts.
pub fn compares_posts(code: RuleCode, generator: Generator) -> bool {
    // Whether a page of Hugo needs a date, its section tells.
    COMPARING.contains(&code.0) || (code.0 == "date-missing" && generator == Generator::Hugo)
}

/// The rules that `name` stands for: itself, a group (`date` for every `date-…`) or `all`.
pub fn named(name: &str) -> impl Iterator<Item = &'static Rule> {
    ALL.iter().copied().filter(move |rule| rule.code.is_named_by(name))
}
