//! The arena: links, nesting, honest ranges; and the whole corpus, when it is at hand.
#![allow(clippy::print_stdout, reason = "figures over the corpus are printed")]

use postlint::post::Post;
use postlint::post::html::{Ended, HtmlKind, NodeId};
use postlint::text::{Source, TextRange};
use std::time::{Duration, Instant};

fn post(text: &str) -> Post {
    Post::parse(Source::new(text), "source/_posts/a.md")
}

/// `div(p"text" img) …`: the tree in one line.
fn tree(post: &Post) -> String {
    fn show(post: &Post, id: NodeId, out: &mut String) {
        let node = post.html.node(id);
        match &node.kind {
            HtmlKind::Element(element) => out.push_str(&element.name),
            HtmlKind::Comment => out.push('!'),
            HtmlKind::Text => out.push_str(&format!("{:?}", post.source.slice(node.range))),
            HtmlKind::Markdown => out.push('M'),
            HtmlKind::Hole => out.push('H'),
        }
        let children: Vec<_> = post.html.children(id).collect();
        if !children.is_empty() {
            out.push('(');
            for (at, child) in children.into_iter().enumerate() {
                out.push_str(if at > 0 { " " } else { "" });
                show(post, child, out);
            }
            out.push(')');
        }
    }
    let tops = post.html.ids().filter(|&id| post.html.node(id).parent.is_none());
    let mut out = String::new();
    for (at, id) in tops.enumerate() {
        out.push_str(if at > 0 { " " } else { "" });
        show(post, id, &mut out);
    }
    out
}

fn range_of<'a>(post: &'a Post, name: &str) -> &'a str {
    let (id, _) = post
        .html
        .elements()
        .find(|(_, element)| &*element.name == name)
        .unwrap();
    post.source.slice(post.html.node(id).range)
}

#[test]
fn implied_ends_follow_html5() {
    for (text, wanted) in [
        ("<ul><li>a<li>b</ul>", r#"ul(li("a") li("b"))"#),
        ("<div><p>a<p>b</div>", r#"div(p("a") p("b"))"#),
        ("<p>a<div>b</div>", r#"p("a") div("b")"#),
        ("<div>a<br>b<img src=x>c</div>", r#"div("a" br "b" img "c")"#),
        (
            "<table><tr><td>a<td>b<tr><td>c</table>",
            r#"table(tr(td("a") td("b")) tr(td("c")))"#,
        ),
        ("<dl><dt>a<dd>b<dt>c</dl>", r#"dl(dt("a") dd("b") dt("c"))"#),
        (
            "<div><select><option>a<option>b</select></div>",
            r#"div(select(option("a") option("b")))"#,
        ),
        ("<ul><li><ul><li>a</ul><li>b</ul>", r#"ul(li(ul(li("a"))) li("b"))"#),
        ("<div><svg><path d='x'/><g/></svg>a</div>", r#"div(svg(path g) "a")"#),
        ("<div><textarea><b>a</textarea>b</div>", r#"div(textarea("<b>a") "b")"#),
        (
            "<script>if (a<b) { '</div>' }</script>",
            r#"script("if (a<b) { '</div>' }")"#,
        ),
        ("<div><!-- a > b --></div>", "div(!)"),
        ("<DIV CLASS=a>b</Div>", r#"div("b")"#),
    ] {
        assert_eq!(tree(&post(text)), wanted, "{text}");
        assert!(post(text).html.stray_ends.is_empty(), "{text}");
    }
}

#[test]
fn misplaced_end_tags_are_told() {
    let stray = post("<div>a</span></div>\n\n</center>\n");
    let strays: Vec<_> = stray
        .html
        .stray_ends
        .iter()
        .map(|&range| stray.source.slice(range))
        .collect();
    assert_eq!(strays, ["</span>", "</center>"]);

    let crossing = post("<div><span>a</div>b");
    assert_eq!(range_of(&crossing, "span"), "<span>a");
    assert_eq!(crossing.html.misnested.len(), 1);

    // A formatting element is opened again inside the block: its end tag is no stray one.
    let formatting = post("<div><b>a<p>b</b>c</p></div>");
    assert!(formatting.html.stray_ends.is_empty());
    assert_eq!(range_of(&formatting, "p"), "<p>b</b>c</p>");
}

#[test]
fn an_element_spans_markdown_and_code() {
    let text = "<div class=\"a\">\n\nSome *text*\n\n```html\n</div>\n```\n\n</div>\n";
    let post = post(text);
    assert_eq!(tree(&post), "div(M H)");
    assert_eq!(range_of(&post, "div"), text.trim_end());
}

#[test]
fn a_tag_in_a_paragraph_ends_with_it() {
    let text = "about the <plugin> setting\n\nnext <span>a\n\n<div>b</div>\n";
    let post = post(text);
    assert_eq!(range_of(&post, "plugin").trim_end(), "<plugin> setting");
    assert_eq!(range_of(&post, "span").trim_end(), "<span>a");
}

#[test]
fn a_tag_in_a_tight_list_item_ends_with_it() {
    let post = post("- the <video> element\n- <audio>, too\n  - a <canvas>\n\nwords\n");
    for (name, wanted) in [
        ("video", "<video> element"),
        ("audio", "<audio>, too"),
        ("canvas", "<canvas>"),
    ] {
        assert_eq!(range_of(&post, name), wanted);
    }
    let bold = self::post("- some <b>bold *text*</b> and `code`\n- more\n");
    assert_eq!(range_of(&bold, "b"), "<b>bold *text*</b>");
}

#[test]
fn late_end_tags_find_their_elements() {
    let post = post("<div><b>a</div>b</b>\n\none <em>two\n\nthree</em>\n");
    let late: Vec<_> = post
        .html
        .late_ends
        .iter()
        .map(|late| (post.html.name(late.open).unwrap(), post.source.slice(late.close)))
        .collect();
    assert_eq!(late, [("b", "</b>"), ("em", "</em>")]);
    assert!(post.html.stray_ends.is_empty());
}

#[test]
fn attributes_are_read_as_browsers_do() {
    let post = post("<a href='/x?a=1&amp;b=2' title=\"&quot;\" data-x=a/b disabled HREF=no>t</a>");
    let (_, a) = post.html.elements().next().unwrap();
    assert_eq!(a.attribute("href"), Some("/x?a=1&b=2"));
    assert_eq!(a.attribute("title"), Some("\""));
    assert_eq!(a.attribute("data-x"), Some("a/b"));
    assert_eq!(a.attribute("disabled"), Some(""));
    let value = a.attributes[0].value_range;
    assert_eq!(post.source.slice(value), "/x?a=1&amp;b=2");
    assert_eq!(a.ended, Ended::Tag);
}

#[test]
fn template_tags_end_no_attribute() {
    let post = post("<a href=\"{% post_path \"a>b\" %}\">t</a>");
    assert_eq!(tree(&post), r#"a("t")"#.replace("\"t\"", "M"));
}

#[test]
fn emptiness_is_what_a_reader_sees() {
    for (text, blank) in [
        ("<div> &nbsp;<br><!-- a --><script>a</script></div>", true),
        ("<div><span>\u{200b}</span></div>", true),
        ("<div><img src=a></div>", false),
        ("<div>a</div>", false),
        ("<div>\n\ntext\n\n</div>", false),
        ("<div>\n\n`a`\n\n</div>", false),
    ] {
        let post = post(text);
        assert_eq!(post.html.is_blank(&post.source, NodeId(0)), blank, "{text}");
    }
    let post = post("<p>a &lt;b <i>c</i>\n d</p>");
    assert_eq!(post.html.rendered_text(&post.source, NodeId(0)), "a <b c d");
}

#[test]
fn code_in_html_is_code() {
    let post = post("<div><pre><code><ins>a</ins></code></pre><ins>b</ins></div>");
    let verdicts: Vec<_> = post
        .html
        .elements()
        .filter(|(_, element)| &*element.name == "ins")
        .map(|(id, _)| post.html.in_code(id))
        .collect();
    assert_eq!(verdicts, [true, false]);
}

#[test]
fn a_script_behind_another_tag_keeps_what_a_blank_line_cuts_off() {
    let text = "Words.\n\n<div><script>\nvar a = 1;\n\n    var b = '<p>';\n\n> c `d` *e*\n</script></div>\n\nMore.\n";
    let post = post(text);
    assert_eq!(
        range_of(&post, "script"),
        "<script>\nvar a = 1;\n\n    var b = '<p>';\n\n> c `d` *e*\n</script>"
    );
    assert!(post.markdown.code.is_empty(), "{:?}", post.markdown.code);
    assert!(post.html.elements().all(|(_, element)| &*element.name != "p"));
    let fenced = self::post("<div><script>\n\n```js\nf()\n```\n\n</script></div>\n");
    assert_eq!(fenced.markdown.code.len(), 1, "a fence is the writer's code");
}

#[test]
fn what_stands_behind_a_broken_tag_is_read() {
    for (text, wanted) in [
        // Unfinished: the next tag begins before it ends.
        ("<div><b <a href=\"/x\">y</a></div>", "div a"),
        ("<div>\n<p class=a\n<a href=x<b>y</b></div>", "div b"),
        ("<div><b</div><i>x</i>", "div i"),
        // A value may hold one.
        ("<div><a title=\"<b>\" href='<i>'>y</a></div>", "div a"),
        ("<div><a title=\"1 < 2\" x<5>y</a></div>", "div a"),
        // It never ends: a quote is left open, and all that follows is its value; but not in the next block.
        ("<div><b class=\"x\n<a>y</a></div>", "div"),
        ("<div><b class=\"x\n<a>y</a></div>\n\n<i>z</i>", "div i"),
        // A comment may hold tags, and one without an end holds all of them.
        ("<div><!-- <b> --><i>x</i></div>", "div i"),
        ("<div><!-- <b> <i>x</i></div>", "div"),
    ] {
        let post = post(text);
        let names: Vec<&str> = post.html.elements().map(|(_, element)| &*element.name).collect();
        assert_eq!(names.join(" "), wanted, "{text}");
    }
}

#[test]
fn hostile_input_ends_quickly() {
    let hostile = [
        format!("<div>\n{}>", "<a ".repeat(100_000)),
        format!("<div>\n{}", "<a x<b".repeat(50_000)),
        format!("<div>\n{}", "<a x=\"<b\" <i".repeat(30_000)),
        format!("<div>\n{}", "<a x=\"\n<b>".repeat(30_000)),
        "<div>".repeat(32_000),
        format!("<p><button>{}", "<div>".repeat(60_000)),
        format!("<div>{}</div>{}", "<p><i>".repeat(8_000), "</b></i>".repeat(8_000)),
        format!("<b>\n\n{}", "a <script>\n\n".repeat(10_000)),
        format!("a <script>\n\n{}", "b <style>\n\nc </scrip>".repeat(8_000)),
        "<table><tr><td>".repeat(16_000),
        "<!--".repeat(16_000),
        format!("<div>\n{}>", "<a x=\"".repeat(20_000)),
        format!("<div>\n{}", "<a <".repeat(20_000)),
        format!("<div>{}</div>", "<b><p>".repeat(20_000)),
        format!("<div>{}</div>", "</b>".repeat(20_000)),
        format!("<script>{}", "</scrip".repeat(20_000)),
        format!("<div>\n{}\n</div>", "<b>a<i>b</b></i>".repeat(5_000)),
        "{%".repeat(50_000),
        "{% raw %}".repeat(20_000),
        "{{ `".repeat(20_000),
        "<div>\n\n    <div>\n\n".repeat(5_000),
        (1..300).map(|n| "`".repeat(n) + " ").collect::<String>() + "{{",
    ];
    for text in hostile {
        let start = Instant::now();
        let post = post(&text);
        check(&post);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(120), "{}… took {took:?}", &text[..12]);
    }
}

/// What must hold of every post.
fn check(post: &Post) {
    let text = post.text();
    let sound = |range: TextRange| {
        assert!(
            range.start <= range.end && range.end <= text.len(),
            "{range:?} in {}",
            post.path
        );
        assert!(
            text.is_char_boundary(range.start) && text.is_char_boundary(range.end),
            "{range:?} in {}",
            post.path
        );
    };
    let markdown = &post.markdown;
    for ranges in [
        &markdown.code,
        &markdown.html,
        &markdown.accidental,
        &markdown.template.opaque,
        &post.html.code,
    ] {
        ranges.iter().for_each(|&range| sound(range));
        assert!(
            ranges.windows(2).all(|pair| pair[0].end <= pair[1].start),
            "order in {}",
            post.path
        );
    }
    assert!(
        !markdown
            .html
            .iter()
            .any(|html| markdown.code.iter().any(|code| code.overlaps(*html)))
            || markdown.code.len() > 500
    );
    markdown.links.iter().for_each(|link| sound(link.range));
    markdown.links.iter().filter_map(|link| link.target).for_each(sound);
    markdown.headings.iter().for_each(|&(_, range)| sound(range));
    markdown.template.tags.iter().for_each(|tag| sound(tag.range));
    post.html.stray_ends.iter().for_each(|&range| sound(range));
    let html = &post.html;
    assert!(
        html.nodes
            .windows(2)
            .all(|pair| pair[0].range.start <= pair[1].range.start)
    );
    let mut children = vec![0usize; html.nodes.len()];
    for id in html.ids() {
        let node = html.node(id);
        sound(node.range);
        if let Some(element) = node.element() {
            assert!(node.range.covers(element.open));
            assert!(element.close.is_none_or(|close| node.range.covers(close)));
            for attribute in &element.attributes {
                sound(attribute.range);
                sound(attribute.value_range);
                assert!(element.open.covers(attribute.range));
            }
        }
        if let Some(parent) = node.parent {
            assert!(parent < id);
            assert!(
                html.node(parent).range.covers(node.range),
                "{:?} {:?} in {}",
                html.node(parent),
                node,
                post.path
            );
            children[parent.0 as usize] += 1;
        }
        if let Some(next) = node.next_sibling {
            assert_eq!(html.node(next).previous_sibling, Some(id));
            assert!(
                node.range.end <= html.node(next).range.start,
                "{node:?} {:?} in {}",
                html.node(next),
                post.path
            );
        }
    }
    for id in html.ids() {
        assert_eq!(
            html.children(id).count(),
            children[id.0 as usize],
            "children in {}",
            post.path
        );
    }
}

#[test]
fn the_corpus_is_sound() {
    let Some(place) = std::env::var_os("POSTLINT_CORPUS") else {
        println!("skipped: POSTLINT_CORPUS is not set");
        return;
    };
    let (mut files, mut with_html, mut gave_up, mut strays, mut missing, mut accidental) = (0, 0, 0, 0, 0, 0);
    for entry in ignore::WalkBuilder::new(place)
        .standard_filters(false)
        .build()
        .flatten()
    {
        let Ok(bytes) = std::fs::read(entry.path()) else {
            continue;
        };
        let path = entry.path().to_string_lossy().into_owned();
        let post = Post::parse(Source::from_bytes(bytes), path);
        check(&post);
        files += 1;
        with_html += usize::from(!post.html.nodes.is_empty());
        gave_up += usize::from(post.html.gave_up_at.is_some());
        strays += post.html.stray_ends.len();
        missing += post
            .html
            .elements()
            .filter(|(_, element)| element.ended == Ended::Missing)
            .count();
        accidental += usize::from(!post.markdown.accidental.is_empty());
        if !post.markdown.accidental.is_empty() && std::env::var_os("POSTLINT_SHOW").is_some() {
            println!("accidental {}", post.path);
        }
    }
    println!(
        "{files} files, {with_html} with HTML, {gave_up} gave up, {strays} stray ends, {missing} missing ends, {accidental} with accidental code"
    );
    assert!(files > 0);
}
