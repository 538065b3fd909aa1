//! Front matter keys that the generators read themselves, and those that well-known themes and plugins read.

use super::Generator;
use std::borrow::Cow;
use std::sync::LazyLock;

/// The keys that `generator` reads itself; a slip in one of these is ignored without a message.
pub fn own(generator: Generator) -> &'static [&'static str] {
    match generator {
        Generator::Hexo => HEXO,
        Generator::Jekyll => JEKYLL,
        Generator::Hugo => HUGO,
    }
}

/// Whether `key` is known to any of the three generators or to a well-known theme or plugin (case ignored, `_` and `-`
/// too, as themes differ in nothing more often).
pub fn is_known_anywhere(key: &str) -> bool {
    static FOLDED: LazyLock<foldhash::HashSet<Cow<str>>> = LazyLock::new(|| {
        let own = [HEXO, JEKYLL, HUGO].into_iter().flatten().copied();
        let mut keys = foldhash::HashSet::default();
        keys.reserve(1024);
        keys.extend(own.chain(of_themes()).map(folded));
        keys
    });
    FOLDED.contains(&folded(key))
}

/// Keys of themes that are long and regular enough to tell a slip in one from another key.
pub fn of_themes() -> impl Iterator<Item = &'static str> {
    static ALL: LazyLock<Vec<&str>> = LazyLock::new(|| THEMES.split_ascii_whitespace().collect());
    ALL.iter().copied()
}

/// `key` in lower case without `_`, `-` and blanks.
pub fn folded(key: &str) -> Cow<'_, str> {
    if key.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return key.into();
    }
    let mut folded: String = key.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).collect();
    if folded.is_ascii() {
        folded.make_ascii_lowercase();
        return folded.into();
    }
    folded.to_lowercase().into()
}

/// Whether the values of the field `key` are prose, in any theme.
pub fn is_prose(key: &str) -> bool {
    matches!(
        &*folded(key),
        "title"
            | "subtitle"
            | "description"
            | "desc"
            | "excerpt"
            | "summary"
            | "abstract"
            | "intro"
            | "headline"
            | "caption"
            | "quote"
            | "linktitle"
            | "seotitle"
            | "ogtitle"
            | "ogdescription"
    )
}

/// Whether the values of the field `key` are terms or other short names, one or many.
pub fn are_terms(key: &str) -> bool {
    matches!(
        &*folded(key),
        "tags" | "tag" | "categories" | "category" | "keywords" | "aliases" | "series"
    )
}

/// Hexo 8: docs/front-matter, `lib/plugins/processor/post.ts`, `lib/models/post.ts`, `lib/hexo/post.ts`.
const HEXO: &[&str] = &[
    "title",
    "date",
    "updated",
    "tags",
    "tag",
    "categories",
    "category",
    "layout",
    "permalink",
    "comments",
    "published",
    "excerpt",
    "lang",
    "disableNunjucks",
    "photos",
    "photo",
    "link",
    "description",
    "keywords",
    "author",
    "engine",
    "markdown",
    "more",
    "id",
    "slug",
    "source",
    "content",
];

/// Jekyll 4: docs/front-matter, and what jekyll-feed, jekyll-seo-tag, jekyll-redirect-from and jekyll-sitemap read.
const JEKYLL: &[&str] = &[
    "title",
    "date",
    "tags",
    "tag",
    "categories",
    "category",
    "layout",
    "permalink",
    "published",
    "excerpt",
    "excerpt_separator",
    "slug",
    "render_with_liquid",
    "last_modified_at",
    "redirect_from",
    "redirect_to",
    "sitemap",
    "description",
    "author",
    "image",
    "lang",
    "draft",
    "canonical_url",
    "sort_by",
    "ext",
    "collection",
    "locale",
    "robots",
    "feed",
    "twitter",
    "facebook",
    "seo",
    "name",
    "paginate",
    "pagination",
    "autopages",
];

/// Hugo 0.168: content-management/front-matter; keys are read whatever their case.
const HUGO: &[&str] = &[
    "title",
    "date",
    "lastmod",
    "publishDate",
    "expiryDate",
    "tags",
    "categories",
    "draft",
    "slug",
    "url",
    "aliases",
    "type",
    "layout",
    "weight",
    "summary",
    "description",
    "keywords",
    "markup",
    "linkTitle",
    "menus",
    "menu",
    "outputs",
    "params",
    "resources",
    "series",
    "sitemap",
    "translationKey",
    "isCJKLanguage",
    "headless",
    "cascade",
    "build",
    "_build",
    "images",
    "videos",
    "audio",
    "path",
    "modified",
    "pubdate",
    "published",
    "unpublishdate",
    "toc",
    "authors",
    "author",
    "taxonomies",
    "locale",
    "type",
    "kind",
    "lang",
    "environments",
];

/// Keys read by NexT, Butterfly, AnZhiYu, Fluid, Icarus, Matery, Volantis, Stellar, Redefine, Kratos, Shoka, Chirpy, Minimal
/// Mistakes, PaperMod, LoveIt, Stack, Docsy and by common plugins (abbrlink, encrypt, sitemap, SEO), with names
/// that exports from WordPress, Typora, Notion and Yuque leave.
const THEMES: &str = "
top sticky pin pinned toc toc_number toc_expand toc_style_simple toc_sticky tocbot mathjax math katex latex
cover covers cover_image cover_img top_img thumbnail thumb image images img imgs index_img banner banner_img
banner_img_height banner_mask_alpha banner_img_set headimg header_img header_image featured_image featuredImage
featuredImagePreview feature_image featureImage feature featured og_image og_description og_title ogp photo
poster picture pic preview background bg avatar icon icons summary intro subtitle sub_title description desc
abstract keywords keyword password pwd message encrypt hidden hide hideTitle hideMeta hidemeta archive archived
indexing noindex robots index search searchable sitemap aside sidebar copyright copyright_author
copyright_author_href copyright_url copyright_info license licence reprint reprintPolicy original origin
reference references refs related related_posts series swiper_index top_group_index main_color ai abbrlink
aplayer highlight_shrink code_block comment valine waline twikoo gitalk giscus disqus disqusIdentifier share
shares sharing reward donate rating type kind mode theme style styles css js stylesheets scripts script head
header footer class classes body_class quote music video videos audio bilibili podcast enclosure gallery slides
slide carousel mermaid mermaidjs chart charts sequence flowchart plantuml typeit lightgallery fancybox lightbox
lazyload math_engine mathjax_config status state level version order rank priority changefreq number num no part
parts chapter section group topic topics column columns book books course lesson project projects authors
author_link authorLink author_url author_email author_login author_name author_id author_avatar creator editor
editors translator translators translate translation translations contributors reviewer owner email user
username nickname site website url urls uri href links link external_link externalUrl external_url redirect
redirect_from redirect_to alias aliases canonical canonicalURL canonical_url source source_url sources from via
wordpress_id wordpress_url dsq_thread_id post_id pid uuid guid hash key name names label labels tag tagline
taglines cat cats created created_at createdAt create_time createTime creation_date create update update_time
updateTime updated_at updatedAt modified modified_at modification_time last_modified last_modified_at
lastModified lastmod lastUpdated last_updated last_update pubDate pubDatetime publishDate publish_date publish
publisher published_at publishedAt public private visible visibility permission time times timezone day month
year dates datetime timestamp start end duration expires expiry outdated location place city country region
address weather mood geo lat lng lon map language languages lang locale i18n direction rtl wordcount word_count
wordCount words min2read reading_time readingTime readtime read_time readTime ShowReadingTime ShowToc TocOpen
ShowBreadCrumbs ShowPostNavLinks ShowWordCount ShowRssButtonInSectionTermList UseHugoToc disableHLJS
disableShare searchHidden editPost hiddenFromHomePage hiddenFromSearch hideSummary robotsNoIndex read_only
readonly nav navigation nav_order navbar menu menus parent parents grand_parent has_children has_toc child
children breadcrumb breadcrumbs weight position height width size color colors colour font fonts format formats
meta metadata metas data params extra extras options option config settings plugins plugin components component
widgets widget template templates view views page pages post posts blog note notes news event events product
products recipe demo demos code codes repo github twitter facebook instagram youtube weibo mastodon wechat
qrcode file files download downloads attachments attachment resource resources ads ad adsense single
entries_layout author_profile read_more classification home list item items tables table text texts content
contents context body body_image teaser overlay caption alt credit credits image_credit cover_credit hero
hero_image heading headline headless heroImage lead h1 show show_title show_date show_author enable enabled
disable disabled open closed close done todo finished wip draft drafts published typora-root-url
typora-copy-images-to cssclass cssclasses obsidianUIMode id ids notion_id notionId yuque doc_id skip ignore
exclude include cache test tests debug app apps api route path paths permalinks slugs short shorturl title_en
titles title2 longtitle short_title shortTitle seo_title seoTitle seo_description seo seo_keywords page_title
linkTitle webtitle review reviews score likes pv hot recommend recommended recommendations highlight hljs prism
linenos line_number copy toc_label toc_icon leftbar rightbar navbar_title menu_id post_meta post_copyright
article articles article_type lastmodified banner_title expand collapse tocmax max_depth usePageBundles
codeMaxLines codeLineNumbers figurePositionShow thumbnailImage thumbnailImagePosition coverImage coverCaption
coverMeta coverSize metaAlignment autoThumbnailImage clearReading showTags showPagination showSocial showDate
comment_id comments_id issue issue_id issues discussion replies reply syndicate syndication isbn doi
bibliography citation cite venue publication publications abstract_short selected speaker talk output outputs
html linked bookmark banner_path feed rss amp mathml tikz abcjs unsplash post_video swiper_desc swiper_cover
homepage home_cover cover_type postcard cdn lock locked mark marks sort count total base root domain host port
";
