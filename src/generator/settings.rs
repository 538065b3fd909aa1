//! The parts of a site's own configuration that change what becomes of a post; every default is the generator's.

/// Settings of one site, whichever generator it uses. `None` means that the configuration does not say, so the
/// generator's default holds; a field of another generator is always empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteSettings {
    /// `timezone` (Hexo, Jekyll), `timeZone` (Hugo): an IANA name; `None`: the machine's (Hugo: UTC).
    pub timezone: Option<String>,
    /// `permalink` (Hexo, Jekyll).
    pub permalink: Option<String>,
    /// `new_post_name` (Hexo); `None`: `:title.md`.
    pub new_post_name: Option<String>,
    /// `source_dir` (Hexo: `source`), `source` (Jekyll: the root), `contentDir` (Hugo: `content`).
    pub source_dir: Option<String>,
    /// `post_asset_folder` (Hexo: false).
    pub post_asset_folder: Option<bool>,
    /// `future` (Hexo: true, Jekyll: false), `buildFuture` (Hugo: false).
    pub future: Option<bool>,
    /// `render_drafts` (Hexo), `show_drafts` (Jekyll), `buildDrafts` (Hugo); all false.
    pub drafts: Option<bool>,
    /// `url` (Hexo, Jekyll), `baseURL` (Hugo).
    pub url: Option<String>,
    /// `root` (Hexo: `/`), `baseurl` (Jekyll: empty).
    pub root: Option<String>,
    /// `theme`; a list of themes (Hugo) gives the first.
    pub theme: Option<String>,
    /// What only Hexo reads.
    pub hexo: HexoSettings,
    /// What only Jekyll reads.
    pub jekyll: JekyllSettings,
    /// What only Hugo reads.
    pub hugo: HugoSettings,
}

/// What only Hexo reads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HexoSettings {
    /// `tag_map`: name, slug.
    pub tag_map: Vec<(String, String)>,
    /// `category_map`: name, slug.
    pub category_map: Vec<(String, String)>,
    /// `tag_dir`; `None`: `tags`.
    pub tag_dir: Option<String>,
    /// `category_dir`; `None`: `categories`.
    pub category_dir: Option<String>,
    /// `default_category`; `None`: `uncategorized`.
    pub default_category: Option<String>,
    /// `default_layout`; `None`: `post`. Only `hexo new` reads it: a post that names no layout has `post`.
    pub default_layout: Option<String>,
    /// `filename_case`: 0 as it is, 1 lower case, 2 upper case.
    pub filename_case: Option<i64>,
    /// `use_slug_as_post_title`: the key that the code reads; `use_filename_as_post_title`, which the documentation
    /// names, does nothing.
    pub use_slug_as_post_title: Option<bool>,
    /// `updated_option`: `mtime`, `date` or `empty`.
    pub updated_option: Option<String>,
    /// `permalink_defaults`: placeholder, value.
    pub permalink_defaults: Vec<(String, String)>,
    /// `pretty_urls.trailing_index`; `None`: true. Links lose `index.html`, files keep it.
    pub trailing_index: Option<bool>,
    /// `pretty_urls.trailing_html`; `None`: true.
    pub trailing_html: Option<bool>,
    /// `skip_render`: globs of paths from the source folder on.
    pub skip_render: Vec<String>,
}

/// What only Jekyll reads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JekyllSettings {
    /// `collections_dir`; `None`: the source itself.
    pub collections_dir: Option<String>,
    /// `layouts_dir`; `None`: `_layouts`.
    pub layouts_dir: Option<String>,
    /// `strict_front_matter`: a YAML error stops the build.
    pub strict_front_matter: Option<bool>,
    /// `unpublished`: posts with `published: false` are built as well.
    pub unpublished: Option<bool>,
    /// `collections.posts.permalink`, which wins over `permalink`.
    pub posts_permalink: Option<String>,
    /// `defaults`, in order.
    pub defaults: Vec<FrontMatterDefault>,
}

/// One item of Jekyll's `defaults`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatterDefault {
    /// `scope.path`, relative to the source; empty: everywhere.
    pub path: String,
    /// `scope.type`; `None`: any.
    pub kind: Option<String>,
    /// `values` that are scalars or lists of scalars, as text.
    pub values: Vec<(String, Vec<String>)>,
}

/// What only Hugo reads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HugoSettings {
    /// `permalinks` of pages: section, pattern.
    pub permalinks: Vec<(String, String)>,
    /// `frontmatter.date`: where the date is looked for, first found wins; empty: Hugo's default.
    pub date_sources: Vec<String>,
    /// `buildExpired`.
    pub build_expired: Option<bool>,
    /// `taxonomies`: singular, plural; `None`: `category`/`categories`, `tag`/`tags`.
    pub taxonomies: Option<Vec<(String, String)>>,
    /// `uglyURLs`.
    pub ugly_urls: Option<bool>,
    /// `disablePathToLower`.
    pub disable_path_to_lower: Option<bool>,
    /// `removePathAccents`.
    pub remove_path_accents: Option<bool>,
    /// `defaultContentLanguage`; `None`: `en`.
    pub language: Option<String>,
    /// `refLinksErrorLevel`; `None`: `ERROR`.
    pub ref_links_error_level: Option<String>,
    /// Whether there is `module`: pages may come from elsewhere.
    pub has_modules: bool,
}
