//! Reads the configuration files of Hexo, Jekyll and Hugo: text in, settings out, no disk and no errors.

use super::tree::{At, Keys, Tree};
use crate::generator::settings::{FrontMatterDefault, HexoSettings, HugoSettings, JekyllSettings, SiteSettings};
use crate::post::Dialect;

impl SiteSettings {
    /// Hexo's `_config.yml`.
    pub fn from_hexo_yaml(text: &str) -> Self {
        hexo(Tree::parse(text, Dialect::Yaml).root(Keys::Exact))
    }

    /// Jekyll's `_config.yml`.
    pub fn from_jekyll_yaml(text: &str) -> Self {
        jekyll(Tree::parse(text, Dialect::Yaml).root(Keys::Exact))
    }

    /// `hugo.toml`, `config.toml`.
    pub fn from_hugo_toml(text: &str) -> Self {
        hugo(Tree::parse(text, Dialect::Toml).root(Keys::AnyCase))
    }

    /// `hugo.yaml`, `config.yaml`.
    pub fn from_hugo_yaml(text: &str) -> Self {
        hugo(Tree::parse(text, Dialect::Yaml).root(Keys::AnyCase))
    }

    /// `hugo.json`, `config.json`.
    pub fn from_hugo_json(text: &str) -> Self {
        hugo(Tree::parse(text, Dialect::Json).root(Keys::AnyCase))
    }
}

fn hexo(root: At<'_>) -> SiteSettings {
    SiteSettings {
        timezone: root.get("timezone").text(),
        permalink: root.get("permalink").text(),
        new_post_name: root.get("new_post_name").text(),
        source_dir: root.get("source_dir").text(),
        post_asset_folder: root.get("post_asset_folder").flag(),
        future: root.get("future").flag(),
        drafts: root.get("render_drafts").flag(),
        url: root.get("url").text(),
        root: root.get("root").text_or_empty(),
        theme: root.get("theme").text(),
        hexo: HexoSettings {
            tag_map: root.get("tag_map").pairs(),
            category_map: root.get("category_map").pairs(),
            tag_dir: root.get("tag_dir").text(),
            category_dir: root.get("category_dir").text(),
            default_category: root.get("default_category").text(),
            default_layout: root.get("default_layout").text(),
            filename_case: root.get("filename_case").number(),
            use_slug_as_post_title: root.get("use_slug_as_post_title").flag(),
            updated_option: root.get("updated_option").text(),
            permalink_defaults: root.get("permalink_defaults").pairs(),
            trailing_index: root.get("pretty_urls").get("trailing_index").flag(),
            trailing_html: root.get("pretty_urls").get("trailing_html").flag(),
            skip_render: root.get("skip_render").texts(),
        },
        ..SiteSettings::default()
    }
}

fn jekyll(root: At<'_>) -> SiteSettings {
    SiteSettings {
        timezone: root.get("timezone").text(),
        permalink: root.get("permalink").text(),
        source_dir: root.get("source").text(),
        future: root.get("future").old_flag(),
        drafts: root.get("show_drafts").old_flag(),
        url: root.get("url").text(),
        root: root.get("baseurl").text_or_empty(),
        theme: root.get("theme").text().or_else(|| root.get("remote_theme").text()),
        jekyll: JekyllSettings {
            collections_dir: root.get("collections_dir").text(),
            layouts_dir: root.get("layouts_dir").text(),
            strict_front_matter: root.get("strict_front_matter").old_flag(),
            unpublished: root.get("unpublished").old_flag(),
            posts_permalink: root.get("collections").get("posts").get("permalink").text(),
            defaults: root.get("defaults").items().map(front_matter_default).collect(),
        },
        ..SiteSettings::default()
    }
}

fn front_matter_default(item: At<'_>) -> FrontMatterDefault {
    FrontMatterDefault {
        path: item.get("scope").get("path").text().unwrap_or_default(),
        kind: item.get("scope").get("type").text(),
        values: item
            .get("values")
            .children()
            .map(|(key, value)| (key.to_owned(), value.texts()))
            .filter(|(_, texts)| !texts.is_empty())
            .collect(),
    }
}

fn hugo(root: At<'_>) -> SiteSettings {
    let permalinks = root.get("permalinks");
    let taxonomies = root.get("taxonomies");
    SiteSettings {
        timezone: root.get("timeZone").text(),
        source_dir: root.get("contentDir").text(),
        future: root.get("buildFuture").flag(),
        drafts: root.get("buildDrafts").flag(),
        url: root.get("baseURL").text(),
        theme: root.get("theme").texts().into_iter().next(),
        hugo: HugoSettings {
            // Since 0.131 the patterns of pages may stand one level lower, under `page`.
            permalinks: [permalinks.pairs(), permalinks.get("page").pairs()].concat(),
            date_sources: root.get("frontmatter").get("date").texts(),
            build_expired: root.get("buildExpired").flag(),
            taxonomies: taxonomies.is_map().then(|| taxonomies.pairs()),
            ugly_urls: root.get("uglyURLs").flag(),
            disable_path_to_lower: root.get("disablePathToLower").flag(),
            remove_path_accents: root.get("removePathAccents").flag(),
            language: root.get("defaultContentLanguage").text(),
            ref_links_error_level: root.get("refLinksErrorLevel").text(),
            has_modules: root.has("module"),
        },
        ..SiteSettings::default()
    }
}
