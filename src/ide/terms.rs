//! Tags and categories where they are written, as an editor asks for them.

pub use crate::generator::term_place::{TermPlace, at, places, renamed};

#[cfg(test)]
mod tests {
    use super::{at, places, renamed};
    use crate::generator::Generator;
    use crate::post::Post;
    use crate::text::{self, Source};

    fn paths(text: &str, generator: Generator) -> Vec<String> {
        let post = Post::parse(Source::new(text), "source/_posts/a.md");
        let places = places(&post, generator);
        places.iter().map(|place| place.path.join("/")).collect()
    }

    #[test]
    fn hexo_reads_chains_where_others_read_names() {
        let text = "---\ncategories:\n  - 甲\n  - 乙\ntags: [a, 'b']\n---\n";
        assert_eq!(paths(text, Generator::Hexo), ["甲", "甲/乙", "a", "b"]);
        assert_eq!(paths(text, Generator::Hugo), ["甲", "乙", "a", "b"]);
        let text = "---\ncategories:\n- [甲, 乙]\n- - 丙\n  - 2024\n- 丁\ntag: x\n---\n";
        assert_eq!(
            paths(text, Generator::Hexo),
            ["甲", "甲/乙", "丙", "丙/2024", "丁", "x"]
        );
        assert_eq!(paths("---\ntags: a b\n---\n", Generator::Jekyll), [""; 0]);
    }

    #[test]
    fn a_name_is_written_in_the_quotes_of_the_old_one() {
        for (old, new, expected) in [
            ("tags: a", "b", "tags: b"),
            ("tags: a", "b: c", "tags: 'b: c'"),
            ("tags: [a, x]", "1", "tags: ['1', x]"),
            ("tags: ['a']", "it's", "tags: ['it''s']"),
            ("tags: [\"a\"]", "b\"", "tags: [\"b\\\"\"]"),
            ("tags:\n  - &k a # why", "直播", "tags:\n  - &k 直播 # why"),
            ("tags:\n  - !!str a", "b", "tags:\n  - !!str b"),
            ("tags:\n  - >-\n    a\n  - x", "b", "tags:\n  - b\n  - x"),
        ] {
            let text = format!("---\n{old}\n---\n");
            let post = Post::parse(Source::new(text.as_str()), "source/_posts/a.md");
            let places = places(&post, Generator::Hexo);
            let edit = renamed(&post, places[0].node, new).unwrap();
            assert_eq!(text::apply(&text, &[edit]), format!("---\n{expected}\n---\n"));
        }
    }

    #[test]
    fn the_place_under_the_cursor_is_found_at_both_of_its_ends() {
        let text = "---\ntags: [😀, 乙]\n---\n";
        let post = Post::parse(Source::new(text), "source/_posts/a.md");
        let start = text.find('乙').unwrap();
        for offset in [start, start + 3] {
            assert_eq!(at(&post, Generator::Hexo, offset).unwrap().name(), "乙");
        }
        assert!(at(&post, Generator::Hexo, 0).is_none());
    }
}
