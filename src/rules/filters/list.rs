//! One filter list in the syntax of Adblock, through Brave's `adblock` engine: what it would hide, what it would block.

use super::Listed;
use crate::config::AdList;
use crate::message::Message;
use crate::post::Post;
use crate::post::html::{Element, NodeId};
use crate::rule::Budget;
use crate::rules::selector::{Matcher, Selector};
use crate::say;
use adblock::Engine;
use adblock::lists::{FilterSet, ParseOptions};
use adblock::request::Request;
use adblock::url_parser::{ResolvesDomain, set_domain_resolver};
use std::collections::{BTreeSet, HashSet};
use std::sync::Once;

/// The page that loads what stands in a post: any page that is not the ad server's own.
const PAGE: &str = "https://blog.invalid/";
/// Selectors keyed by a class or an id of the post that are tried on all of it.
const MOST_SELECTORS: usize = 2_000;
static RESOLVER: Once = Once::new();

/// A list, parsed.
pub(super) struct List {
    name: String,
    engine: Engine,
    /// Selectors that hold on every page and begin with neither class nor id.
    everywhere: Vec<(String, Selector)>,
}

impl List {
    pub(super) fn new(list: &AdList) -> Self {
        RESOLVER.call_once(|| {
            // An error means that one is set already.
            let _ = set_domain_resolver(Box::new(Domains));
        });
        let mut set = FilterSet::new(true);
        set.add_filter_list(list.text.clone(), ParseOptions::default());
        let engine = Engine::new_with_filter_set(set);
        let hidden = engine.url_cosmetic_resources(PAGE).hide_selectors;
        let mut everywhere: Vec<(String, Selector)> = hidden
            .into_iter()
            .filter_map(|text| Selector::parse(&text).ok().map(|selector| (text, selector)))
            .collect();
        everywhere.sort_by(|a, b| a.0.cmp(&b.0));
        Self {
            name: list.name.clone(),
            engine,
            everywhere,
        }
    }

    /// Every element of `post` that the list hides, or whose source it blocks.
    pub(super) fn find(&self, post: &Post, budget: &Budget) -> Vec<(NodeId, Listed)> {
        let mut found = Vec::new();
        let exceptions = self.engine.url_cosmetic_resources(PAGE).exceptions;
        let mut keyed = BTreeSet::new();
        for (id, element) in post.html.elements().take_while(|_| !budget.is_spent()) {
            let selectors = self.selectors_of(element, &exceptions);
            let own = selectors.iter().find(|text| is_simple(text));
            if let Some(text) = own {
                found.push((id, self.listed(say!("it matches `##{text}`", text))));
            }
            keyed.extend(selectors.into_iter().filter(|text| !is_simple(text)));
            if let Some(rule) = self.blocks(element) {
                found.push((id, self.listed(say!("its address matches `{rule}`", rule))));
            }
        }
        let keyed: Vec<(String, Selector)> = keyed
            .into_iter()
            .take(MOST_SELECTORS)
            .filter_map(|text| Selector::parse(&text).ok().map(|selector| (text, selector)))
            .collect();
        let mut matcher = Matcher::new(&post.html);
        for (text, selector) in keyed.iter().chain(&self.everywhere) {
            for (id, _) in post.html.elements().take_while(|_| !budget.is_spent()) {
                if matcher.matches(selector, id) {
                    found.push((id, self.listed(say!("it matches `##{text}`", text))));
                }
            }
        }
        found
    }

    fn listed(&self, evidence: Message) -> Listed {
        Listed {
            owner: say!("{name}", name = &self.name),
            evidence,
        }
    }

    /// The selectors of the list that are keyed by a class or the id of `element`.
    fn selectors_of(&self, element: &Element, exceptions: &HashSet<String>) -> Vec<String> {
        let classes = element.attribute("class").unwrap_or("").split_ascii_whitespace();
        let ids = element.attribute("id").into_iter();
        self.engine.hidden_class_id_selectors(classes, ids, exceptions)
    }

    /// The rule that blocks what `element` loads; `None` when it loads nothing or may.
    fn blocks(&self, element: &Element) -> Option<String> {
        let (kind, attribute) = match &*element.name {
            "script" => ("script", "src"),
            "iframe" => ("subdocument", "src"),
            "img" => ("image", "src"),
            "embed" => ("object", "src"),
            "object" => ("object", "data"),
            _ => return None,
        };
        let url = element.attribute(attribute)?.trim();
        let url = match url.strip_prefix("//") {
            Some(rest) => format!("https://{rest}"),
            None => url.to_owned(),
        };
        let request = Request::new(&url, PAGE, kind, "get").ok()?;
        let verdict = self.engine.check_network_request(&request);
        if !verdict.should_block() {
            return None;
        }
        Some(verdict.filter?.raw_line.unwrap_or_else(|| "a rule".to_owned()))
    }
}

/// Whether a selector is a lone class or id, and so matches whatever it was found by.
fn is_simple(selector: &str) -> bool {
    selector
        .strip_prefix(['.', '#'])
        .is_some_and(|name| !name.contains(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))))
}

/// Where the registrable part of a host begins. The engine only asks whether a request leaves its site, and the page is
/// nobody's, so two labels, or three under `co.uk` and its kin, are enough.
struct Domains;

impl ResolvesDomain for Domains {
    fn get_host_domain(&self, host: &str) -> (usize, usize) {
        let mut labels: Vec<&str> = host.rsplit('.').take(3).collect();
        let second = matches!(
            labels.get(1),
            Some(&("co" | "com" | "net" | "org" | "gov" | "edu" | "ac" | "ne" | "or" | "go"))
        );
        if !(second && labels[0].len() == 2) {
            labels.truncate(2);
        }
        let length = labels
            .iter()
            .map(|label| label.len() + 1)
            .sum::<usize>()
            .saturating_sub(1);
        (host.len().saturating_sub(length), host.len())
    }
}
