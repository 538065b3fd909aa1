//! From random bytes to texts that are nearly posts, configurations and messages.

use std::path::Path;
use std::sync::LazyLock;

/// What breaks readers of posts: fences, tags, comments, template statements, YAML's signs, characters of every length.
pub const PIECES: &[&str] = &[
    "---",
    "---\n",
    "\n",
    "\r\n",
    "\r",
    "\u{feff}",
    "\0",
    " ",
    "\t",
    "    ",
    "\n\n",
    "```\n",
    "~~~\n",
    "`",
    "``",
    "> ",
    "- ",
    "1. ",
    "# ",
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<span>",
    "</span>",
    "<b>",
    "</b>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<pre>",
    "</pre>",
    "<code>",
    "<script>",
    "</script>",
    "<style>",
    "<!--",
    "-->",
    "<!-- ad begin -->",
    "<!-- ad end -->",
    "<br>",
    "<br/>",
    "<ins class=\"adsbygoogle\"></ins>",
    "<img src=\"//x.com/a.gif\" width=1 height=1>",
    "<font color=#fff>x.com</font>",
    "<a href=\"",
    "\">",
    "'",
    "\"",
    "<",
    ">",
    "&#123;",
    "&nbsp;",
    "{{ x }}",
    "{{",
    "}}",
    "{% raw %}",
    "{% endraw %}",
    "{% if x %}",
    "{% endif %}",
    "{%",
    "%}",
    "{{< ref \"a\" >}}",
    "{{<",
    "title: ",
    "date: ",
    "tags: ",
    "categories: ",
    "date: Invalid Date\n",
    "date: 2024-02-30\n",
    "tags: [a, a]\n",
    "categories:\n  - a\n  - b\n",
    "cover: http://x.com/a b.png\n",
    "&a ",
    "*a ",
    "!!binary ",
    "|\n",
    ">-\n",
    "? ",
    ": ",
    "[",
    "]",
    "{",
    "}",
    "#",
    " #",
    "@",
    "%",
    "：",
    "“",
    "汉字",
    "é",
    "😀",
    "\u{202e}",
    "\u{200b}",
    "\u{301}",
    "![](",
    "](",
    ")",
    "https://links.jianshu.com/go?to=https%3A%2F%2Fx.com",
    "<!-- postlint-disable -->",
    "<!-- postlint-enable -->",
    "<!-- postlint-disable-next-line ad -- why -->",
    "# postlint-disable-line date\n",
    "+++\n",
    "title = \"x\"\n",
    "{\n\"title\": 1\n}\n",
];

/// The example posts.
static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let mut seeds = vec![Vec::new()];
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut seeds);
    seeds.sort();
    seeds
});

fn gather(folder: &Path, seeds: &mut Vec<Vec<u8>>) {
    for entry in std::fs::read_dir(folder).expect("the example posts").flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, seeds);
        } else if path
            .extension()
            .is_some_and(|kind| kind == "md" || kind == "html" || kind == "markdown")
        {
            seeds.push(std::fs::read(path).expect("an example post"));
        }
    }
}

/// An example post and what `input` does to it, four bytes a step: where, and what.
pub fn hostile(input: &[u8]) -> Vec<u8> {
    let (&first, rest) = input.split_first().unwrap_or((&0, &[]));
    let mut text = SEEDS[usize::from(first) % SEEDS.len()].clone();
    for step in rest.chunks_exact(4).take(64) {
        let &[what, high, low, more] = step else { continue };
        let at = usize::from(u16::from_be_bytes([high, low])) % (text.len() + 1);
        let end = (at + usize::from(more)).min(text.len());
        match what % 8 {
            0..=3 => drop(text.splice(at..at, PIECES[usize::from(more) % PIECES.len()].bytes())),
            4 => drop(text.drain(at..end)),
            5 => {
                let piece = text[at..end].to_vec();
                drop(text.splice(at..at, piece));
            }
            6 => text.insert(at, more),
            _ => drop(
                text.splice(
                    at..at,
                    PIECES[usize::from(more) % PIECES.len()]
                        .repeat(1 + usize::from(what / 8))
                        .bytes(),
                ),
            ),
        }
    }
    text
}

/// Lines of settings, right and wrong.
pub fn config(input: &[u8]) -> String {
    const LINES: &[&str] = &[
        "select = [\"date\"]",
        "ignore = ['all']",
        "ignore = 1",
        "extends = [\"strict\"]",
        "extends = [\"nowhere.toml\"]",
        "[rules]",
        "date-missing = \"off\"",
        "date = 'error'",
        "dat = 'error'",
        "[[overrides]]",
        "files = [\"a/**\"]",
        "files = [\"[\"]",
        "rules = { ad = \"off\" }",
        "generator = \"hexo\"",
        "generator = \"hex\"",
        "site-zone = \"Asia/Shanghai\"",
        "site-zone = \"Nowhere\"",
        "max-file-size = -1",
        "max-check-time = 0",
        "max-check-time = 1.5",
        "max-file-size = 99999999999999999999",
        "background = \"#222\"",
        "background = \"none\"",
        "exclude = [\"**\"]",
        "required-fields = [\"title\", 2]",
        "ad-selectors = [\"div >\"]",
        "ad-lists = [\"none.txt\"]",
        "= =",
        "\"",
        "[",
        "\u{1b}[2J = 1",
        "x = \"汉字\"",
    ];
    let mut text = String::new();
    for &byte in input.iter().take(40) {
        text.push_str(LINES[usize::from(byte) % LINES.len()]);
        text.push(if byte > 250 { ' ' } else { '\n' });
    }
    text
}

/// Frames, whole and broken.
pub fn frames(input: &[u8]) -> Vec<u8> {
    const PARTS: &[&str] = &[
        "Content-Length: 2\r\n\r\n{}",
        "Content-Length: 5\r\n\r\nhello",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: 99999999999999999999\r\n\r\n",
        "content-length:2\r\n\r\n[]",
        "Content-Type: x\r\n",
        "\r\n\r\n",
        "\r",
        "\n",
        "{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}",
        "Content-Length: 33\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}",
        "Content-Length: 14\r\n\r\n{\"a\":\"\\ud83d\"}",
        "Content-Length: 1\r\n\r\n\u{0}",
        "[[[[[[[[",
        "Content-Length: 0\r\n\r\n",
    ];
    let mut out = Vec::new();
    for &byte in input.iter().take(200) {
        match PARTS.get(usize::from(byte) % (PARTS.len() + 2)) {
            Some(part) => out.extend_from_slice(part.as_bytes()),
            None => out.push(byte),
        }
    }
    out
}

/// Selectors, right and wrong.
pub fn selector(input: &[u8]) -> String {
    const PARTS: &[&str] = &[
        "div",
        "ins",
        ".ad",
        "#x",
        "[class]",
        "[href^=\"//\"]",
        "[style*=white i]",
        "*",
        " ",
        " > ",
        " + ",
        " ~ ",
        ", ",
        ":has(",
        ":is(",
        ":not(",
        ":nth-child(",
        "2n+1",
        ":empty",
        ":root",
        ")",
        "(",
        "\\",
        "\"",
        "汉",
        "::before",
        ":has(> a)",
        "|",
        "&",
        "/*",
    ];
    input
        .iter()
        .map(|&byte| PARTS[usize::from(byte) % PARTS.len()])
        .collect()
}
