//! Which bodies stop Hugo: what the model of shortcodes says against what Hugo did.

use postlint::generator::hugo::shortcode;
use postlint::post::Post;
use postlint::text::Source;

/// Hugo 0.168 built these; `s` is a shortcode without content, `b` one with.
const SHORTCODES_FINE: &[&str] = &[
    "{{< s >}}",
    "{{% s %}}",
    "{{< b >}}x{{< /b >}}",
    "{{< b />}}",
    "{{</* s */>}}",
    "{{< s a=b >}}",
    "{{ x }}",
    "{{ x",
    "{{<s>}}",
    "{{< b >}}{{< b >}}{{< /b >}}{{< /b >}}",
    "{{< b >}}{{% /b %}}",
    "{{< highlight >}}x{{< /highlight >}}",
    "{{< figure src=a.png >}}",
    "{{%/* s */%}}",
    "{{< s\n>}}",
    "{{< s `a\nb` >}}",
    "{{% b %}}x{{% /b %}}",
    "{{< b >}}\n```\n{{< /b >}}\n```",
];

/// With each of these it stopped, whatever the shortcodes are.
const SHORTCODES_FATAL: &[&str] = &[
    "{{< /b >}}",
    "{{< s",
    "{{< s >",
    "{{< s %}}",
    "{{% s >}}",
    "{{< >}}",
    "{{<>}}",
    "{{</* s >}}",
    "{{< s \"a >}}",
    "{{< s 'a' >}}",
    "`{{< s",
    "```\n{{< s\n```",
    "<!-- {{< s -->",
    "{{< b >}}{{< /s >}}",
    "{{< s \"a\nb\" >}}",
    "{{%",
    "{{<",
    "{{< s }}",
    "{{< / b >}}",
    "{{< /b }}",
];

pub fn is_fatal_to_hugo(body: &str) -> bool {
    let post = Post::parse(Source::new(format!("---\ntitle: T\n---\n{body}")), "content/posts/a.md");
    !shortcode::faults(&post).is_empty()
}

#[test]
fn the_model_says_what_hugo_said() {
    let wrong: Vec<&&str> = SHORTCODES_FINE
        .iter()
        .filter(|body| is_fatal_to_hugo(body))
        .chain(SHORTCODES_FATAL.iter().filter(|body| !is_fatal_to_hugo(body)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
