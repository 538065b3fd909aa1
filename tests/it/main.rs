//! All integration tests, one binary.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod ad_cases;
mod ad_lists;
mod ads;
mod braces;
mod budget;
mod cli;
mod config;
mod containers;
mod corpus_rules;
mod directives;
mod editors;
mod envelope;
mod fixtures;
mod front_matter;
mod house;
mod html;
mod integrations;
mod line_ends;
mod markdown;
mod memory;
mod messages;
mod network;
mod notation;

mod oracle;
mod oracle_hexo;
mod oracle_hugo;
mod oracle_jekyll;
mod places;
mod properties;
mod readme;
mod rendered;
mod report;
mod rules;
mod schema;
mod server;
mod server_stdio;
mod shortcodes;
mod site;
mod site_rules;
mod split;
mod yaml_oracle;
