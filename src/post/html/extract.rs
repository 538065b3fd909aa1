//! The HTML of a post without the Markdown around it.

use super::scan::Token;
use crate::post::markdown::{self, Markdown};
use crate::text::TextRange;

/// HTML alone, so that a parser of it takes no time for the rest of the post.
#[derive(Debug)]
pub(super) struct Extract {
    /// The stretches of HTML, each on a line of its own. Template constructs hold nothing that
    /// could end a tag.
    pub text: String,
    /// Where each stretch is in `text`.
    pub ranges: Vec<TextRange>,
}

impl Extract {
    /// `html`, stretches of `text` that the layout `markdown` takes for HTML.
    pub(super) fn of(text: &str, markdown: &Markdown, html: &[TextRange]) -> Self {
        let length: usize = html.iter().map(|range| range.len() + 2).sum();
        let mut out = Self {
            text: String::with_capacity(length),
            ranges: Vec::with_capacity(html.len()),
        };
        let first = html.first().map_or(0, |range| range.start);
        let tags = &markdown.template.tags;
        let tags = &tags[tags.partition_point(|tag| tag.range.start < first)..];
        let mut tags = tags.iter().map(|tag| tag.range).peekable();
        // Up to here a construct reaches that begins in HTML.
        let mut plain_to = 0;
        for &range in html {
            let start = out.text.len();
            let mut at = range.start;
            while at < range.end {
                let end = plain_to.clamp(at, range.end);
                out.text.extend(text[at..end].chars().map(markdown::plain));
                while tags.next_if(|tag| tag.start < range.start).is_some() {}
                let tag = tags.next_if(|tag| tag.start < range.end);
                at = tag.map_or(range.end, |tag| tag.start.max(end));
                out.text
                    .push_str(&markdown.without_marks(text, TextRange::new(end, at)));
                plain_to = tag.map_or(plain_to, |tag| plain_to.max(tag.end));
            }
            out.ranges.push(TextRange::new(start, out.text.len()));
            out.text.push('\n');
        }
        out
    }

    /// Give `tokens`, which are in order, the places that they have in the post, where the stretches are at `html`.
    pub(super) fn put_back(&self, tokens: &mut [Token], html: &[TextRange]) {
        let mut stretches = self.ranges.iter().zip(html).peekable();
        for token in tokens {
            while stretches.next_if(|(here, _)| here.end <= token.range.start).is_some() {}
            let Some((here, there)) = stretches.peek() else { return };
            let moved = |range: TextRange| {
                TextRange::new(
                    range.start - here.start + there.start,
                    range.end - here.start + there.start,
                )
            };
            token.range = moved(token.range);
            token.name = moved(token.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use crate::post::{Markdown, Post, markdown};
    use crate::text::Source;
    use proptest::prelude::*;

    /// The post with a blank for every byte that is not HTML.
    fn blanked(text: &str, layout: &Markdown) -> String {
        let mut out: Vec<u8> = text
            .bytes()
            .map(|byte| if byte == b'\n' { byte } else { b' ' })
            .collect();
        for range in &layout.html {
            out[range.as_range()].copy_from_slice(text[range.as_range()].as_bytes());
        }
        let mut out = String::from_utf8(out).expect("whole characters were copied");
        for tag in layout
            .template
            .tags
            .iter()
            .filter(|tag| layout.is_html(tag.range.start))
        {
            let plain: String = text[tag.range.as_range()].chars().map(markdown::plain).collect();
            out.replace_range(tag.range.as_range(), &plain);
        }
        for mark in &layout.marks {
            out.replace_range(mark.as_range(), &" ".repeat(mark.len()));
        }
        out
    }

    const PARTS: [&str; 34] = [
        "<div>",
        "</div>",
        "<br>",
        "<BR/>",
        "<img src='a>b' alt=\"<\">",
        "<img src=x.png>",
        "<b",
        "<b>",
        "</b>",
        "</i",
        "word ",
        "\n\n",
        "\n",
        "    <p>",
        "`<i>`",
        "<!-- x",
        "-->",
        "<script>",
        "</script>",
        "{% raw %}",
        "{% endraw %}",
        "{{ a > b }}",
        "<a href=\"{{ x \"y\" }}\">",
        "\n```\n",
        "é",
        "\n- ",
        "\n> ",
        "<p title=\"",
        "\"",
        "<ins class=x>",
        "<",
        ">",
        "{% if a",
        " %}",
    ];

    proptest! {
        #[test]
        fn the_extract_reads_as_the_post_does(parts in prop::collection::vec(prop::sample::select(&PARTS[..]), 0..40)) {
            let text = parts.concat();
            let post = Post::parse(Source::new(&*text), "a.md");
            let whole = tokens::in_stretches(&blanked(&text, &post.markdown), &post.markdown.html);
            prop_assert_eq!(tokens::read(&text, &post.markdown, &post.markdown.html, usize::MAX).tokens, whole);
        }
    }
}
