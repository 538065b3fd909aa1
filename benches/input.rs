//! Posts made up from a seed: the same seed gives the same site on every machine.

use std::fmt::Write;
use std::path::Path;

/// SplitMix64: small, and good enough to pick words with.
pub struct Seed(u64);

impl Seed {
    /// Start from `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % bound.max(1)
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const WORDS: &[&str] = &[
    "sea", "boat", "harbour", "rope", "night", "lantern", "the", "a", "under", "over", "writes", "reads", "slow",
    "deep", "server", "compile", "release", "日本", "旅行", "早上", "的", "写", "博客", "été", "größer", "Übung",
    "and", "or",
];
const TAGS: &[&str] = &[
    "rust", "Rust", "travel", "sea", "notes", "c++", "读书", "网络", "howto", "music", "food", "linux",
];

fn sentence(seed: &mut Seed, out: &mut String) {
    for at in 0..6 + seed.below(14) {
        if at > 0 {
            out.push(' ');
        }
        out.push_str(seed.pick(WORDS));
    }
    out.push('.');
}

/// A post of at least `bytes` bytes, number `number` of its site: front matter, prose, lists, code, and HTML in every third part.
pub fn post(seed: &mut Seed, number: usize, bytes: usize) -> String {
    let mut text = format!(
        "---\ntitle: Story {number} of the {}\ndate: 20{:02}-{:02}-{:02} {:02}:15:00\ntags:\n  - {}\n  - {}\ncategories: [{}]\n---\n\n",
        seed.pick(WORDS),
        10 + seed.below(14),
        1 + seed.below(12),
        1 + seed.below(28),
        seed.below(24),
        seed.pick(TAGS),
        seed.pick(TAGS),
        seed.pick(TAGS),
    );
    while text.len() < bytes {
        match seed.below(9) {
            0 => {
                let _ = write!(text, "## {} {}\n\n", seed.pick(WORDS), seed.below(1000));
            }
            1 => text.push_str("```rust\nlet boats = harbour.iter().filter(|boat| boat.sails > 2).count();\n```\n\n"),
            2 => {
                let (width, number) = (200 + seed.below(400), seed.below(9999));
                let _ = write!(
                    text,
                    "<div class=\"figure\">\n<img src=\"/images/{number}.jpg\" width=\"{width}\" alt=\"a boat\">\n<p>Seen at <b>night</b>.</p>\n</div>\n\n"
                );
            }
            3 => {
                for _ in 0..3 {
                    text.push_str("- ");
                    sentence(seed, &mut text);
                    text.push('\n');
                }
                text.push('\n');
            }
            4 => {
                let _ = write!(
                    text,
                    "See [the map](https://example.com/map/{}) & `x < y`. ",
                    seed.below(999)
                );
                sentence(seed, &mut text);
                text.push_str("\n\n");
            }
            _ => {
                for _ in 0..2 + seed.below(4) {
                    sentence(seed, &mut text);
                    text.push(' ');
                }
                text.push_str("\n\n");
            }
        }
    }
    text
}

/// A Hexo site of `posts` posts in `folder`, 1 to 12 KB each.
#[allow(dead_code, reason = "each bench uses a part of this file")]
pub fn site(folder: &Path, posts: usize) -> std::io::Result<()> {
    let below = folder.join("source/_posts");
    std::fs::create_dir_all(&below)?;
    std::fs::write(
        folder.join("_config.yml"),
        "title: Boats\nurl: https://boats.example\npermalink: :year/:month/:title/\n",
    )?;
    let mut seed = Seed::new(7);
    for number in 0..posts {
        let bytes = 1_000 + seed.below(11_000);
        std::fs::write(
            below.join(format!("story-{number:06}.md")),
            post(&mut seed, number, bytes),
        )?;
    }
    Ok(())
}
