//! What is code and what is HTML.

use postlint::post::Post;
use postlint::post::markdown::LinkKind;
use postlint::text::Source;

fn post(text: &str) -> Post {
    Post::parse(Source::new(text), "source/_posts/a.md")
}

fn code(text: &str) -> Vec<String> {
    let post = post(text);
    post.markdown
        .code
        .iter()
        .map(|&range| post.source.slice(range).to_owned())
        .collect()
}

fn accidental(text: &str) -> Vec<String> {
    let post = post(text);
    post.markdown
        .accidental
        .iter()
        .map(|&range| post.source.slice(range).trim().to_owned())
        .collect()
}

#[test]
fn code_of_every_kind_is_found() {
    for text in [
        "a\n\n```html\n<div>\n```\n",
        "a `<div>` b\n",
        "a\n\n    <div>\n",
        "{% raw %}<div>{{ a }}{% endraw %}\n",
        "{% codeblock lang:html %}\n<div>\n\n```\n{% endcodeblock %}\n",
        "{%- code -%}\n<div>\n{%- endcode -%}\n",
        "{% highlight html linenos %}\n<div>\n\n</div>\n{% endhighlight %}\n",
        "{{< highlight html >}}\n<div>\n{{< /highlight >}}\n",
        "{{% highlight html %}}\n<div>\n{{% /highlight %}}\n",
    ] {
        let post = post(text);
        assert!(post.markdown.is_code(text.find("<div>").unwrap()), "{text}");
        assert!(post.html.nodes.is_empty(), "{text}");
    }
}

#[test]
fn raw_text_ends_whatever_the_case_of_its_tags() {
    for name in ["pre", "PRE", "Script", "STYLE", "TEXTAREA"] {
        for end in [name.to_lowercase(), name.to_uppercase(), name.to_owned()] {
            let text = format!("<{name}>\nx\n\ny\n</{end}>\n\na `<b>` b\n\n```\n<DIV>\n```\n");
            let code = code(&text);
            assert_eq!(code, ["`<b>`", "```\n<DIV>\n```"], "{text}");
        }
    }
}

#[test]
fn a_template_tag_in_code_opens_nothing() {
    assert_eq!(
        code("use `{% raw %}` here <div> and `{% endraw %}`\n"),
        ["`{% raw %}`", "`{% endraw %}`"]
    );
    assert_eq!(code("```\n{% raw %}\n```\n\ntext\n\n```\n{% endraw %}\n```\n").len(), 2);
    assert!(code("{% raw %} never closed <div>\n").is_empty());
}

#[test]
fn shortcodes_are_no_html() {
    let post = post("{{< figure src=\"/a.png\" title=\"<b>\" >}}\n");
    assert!(post.html.nodes.is_empty());
    assert_eq!(post.markdown.template.tags.len(), 1);
}

#[test]
fn indentation_inside_html_is_no_code() {
    // What a scraper leaves: a wrapper, blank lines, the article indented.
    let scraped = "<div>\n\n        <p>One</p>\n        <p>Two</p>\n\n</div>\n";
    assert_eq!(accidental(scraped), ["<p>One</p>\n        <p>Two</p>"]);
    // The block closes what was opened before it.
    assert_eq!(
        accidental("# A\n\n<table>\n<tr><td>a</td>\n\n    </tr></table>\n"),
        ["</tr></table>"]
    );
    // The block opens what is closed behind it.
    assert_eq!(accidental("# A\n\n<p>a</p>\n\n    <span>b\n\n</span>\n"), ["<span>b"]);
    // Nothing but HTML: nobody writes Markdown here.
    assert_eq!(accidental("<p>a</p>\n\n    <p>b</p>\n"), ["<p>b</p>"]);
}

#[test]
fn samples_in_a_tutorial_stay_code() {
    for text in [
        "Put this in your page:\n\n    <div class=\"ad\">\n      <ins></ins>\n    </div>\n\nand save.\n",
        "<h2>Ads</h2>\n\nPut this in your page:\n\n    <div class=\"ad\"></div>\n",
        "<div class=\"tip\">\n\nPut this in your page:\n\n    <div class=\"ad\"></div>\n\n</div>\n",
        "<details>\n<summary>Answer</summary>\n\n    int main() { return 0; }\n\n</details>\n",
        "A page.\n\n<img src=\"a.png\">\n\n    <div class=\"ad\"></div>\n",
        "- item\n\n      <div class=\"ad\"></div>\n",
        "Open with\n\n    <div>\n\nand close with\n\n    </div>\n",
        "Java's `List`:\n\n<T>\n\n    <div class=\"ad\"></div>\n",
    ] {
        assert!(accidental(text).is_empty(), "{text}");
    }
}

#[test]
fn headings_and_links_have_places() {
    let text = "# One\n\nTwo\n---\n\n[a](/b \"c\") ![d](<e f>) <https://g.example> [h][i] [![j](k)](l)\n\n[i]: /m\n";
    let post = post(text);
    let levels: Vec<_> = post.markdown.headings.iter().map(|&(level, _)| level).collect();
    assert_eq!(levels, [1, 2]);
    let links: Vec<_> = post
        .markdown
        .links
        .iter()
        .map(|link| (link.kind, link.target.map(|range| post.source.slice(range)), &*link.url))
        .collect();
    assert_eq!(
        links,
        [
            (LinkKind::Link, Some("/b"), "/b"),
            (LinkKind::Image, Some("e f"), "e f"),
            (LinkKind::Link, Some("https://g.example"), "https://g.example"),
            (LinkKind::Link, None, "/m"),
            (LinkKind::Link, Some("l"), "l"),
            (LinkKind::Image, Some("k"), "k"),
        ]
    );
}

#[test]
fn html_files_are_all_html() {
    let post = Post::parse(Source::new("<p>a\n\n    <b>c</b>\n{% raw %}<i>{% endraw %}"), "a.html");
    let names: Vec<_> = post.html.elements().map(|(_, element)| &*element.name).collect();
    assert_eq!(names, ["p", "b"]);
}
