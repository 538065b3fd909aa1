//! The tags that Hexo adds to Nunjucks' own (`plugins/tag/index.js`).

/// Hexo's own tags without content.
pub(super) const INLINE: [&str; 16] = [
    "iframe",
    "img",
    "image",
    "include_code",
    "include-code",
    "a",
    "link",
    "anchor",
    "post_path",
    "post_link",
    "asset_path",
    "asset_link",
    "asset_img",
    "asset_image",
    "url_for",
    "full_url_for",
];

/// Hexo's own tags with content.
pub(super) const BLOCKS: [&str; 5] = ["blockquote", "quote", "code", "codeblock", "pullquote"];
