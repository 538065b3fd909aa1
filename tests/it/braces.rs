//! Which bodies stop a build: what the models of Nunjucks, Liquid and shortcodes say against what the generators did.
#![allow(clippy::print_stdout, reason = "figures over verdicts are printed")]

use crate::shortcodes::is_fatal_to_hugo;
use postlint::generator::braces::{Fault, Problem};
use postlint::generator::hexo::nunjucks;
use postlint::generator::jekyll::liquid;
use postlint::post::Post;
use postlint::text::Source;
use std::path::Path;
use std::time::{Duration, Instant};

fn faults(post: &Post) -> Vec<Fault> {
    let fenced = nunjucks::fenced(post);
    let seen = nunjucks::seen(post, || &fenced);
    seen.map_or_else(Vec::new, |seen| nunjucks::faults(post, &seen))
}

/// Hexo rendered these.
const FINE: &[&str] = &[
    "{{}}",
    "{{ title }}",
    "{{ message }}",
    "{{ x | upper }}",
    "{% raw %}",
    "{% img /a.png %}",
    "{# note #}",
    "{# open",
    "#}",
    "{{ open",
    "{% open",
    "}}",
    "%}",
    "{{ 'a' + 1 }}",
    "{{ \"it's\" }}",
    "{{ it's }}",
    "`{{ x y }}`",
    "`{% if %}`",
    "```\n{{ x y }}\n```",
    "\n\n    {{ x y }}\n\n",
    "<!-- {{ x y }} -->",
    "<code>{{ x y }}</code>",
    "$\\frac{{a}}{{b}}$",
    "{{ [1,2] }}",
    "{{ {a: 1} }}",
    "{{ a[0] }}",
    "{{ 1.5 }}",
    "{{ not x }}",
    "{{ x if y else z }}",
    "{{ a and b or c }}",
    "{{ a == b }}",
    "{{ -x }}",
    "{{- x -}}",
    "{{ x }",
    "{ { x } }",
    "{% set a = 1 %}",
    "# head {#id}",
    "{{ '{{' }}",
    "{{ 变量 }}",
    "{% raw %}{{ x y }}{% endraw %}",
    "{% codeblock %}\n```\n{{ x y }}\n```\n{% endcodeblock %}",
    "{{ range(3) }}",
    "{{ date.format('x') }}",
    "${{ x }}",
    "{{x}}",
    "{{$store.a}}",
    "{{ a|default('x') }}",
    "{% link a b %}",
    "{{ (a) }}",
    "{{ a.b | length }}",
    "{{ r/ab/g }}",
    "{{ 'x",
    "{% img 'x %}",
    "{{ a }} }}",
];

/// With each of these Hexo stopped.
const FATAL: &[&str] = &[
    "{{ }}",
    "{{ .Title }}",
    "{{ a b }}",
    "{{#each}}",
    "{{< x >}}",
    "{{% y %}}",
    "{{ x | nofilter }}",
    "{{ f() }}",
    "{{ a.b.c() }}",
    "{% if x %}",
    "{% endif %}",
    "{% else %}",
    "{% for a in b %}",
    "{% endfor %}",
    "{% endraw %}",
    "{% codeblock %}",
    "{% endcodeblock %}",
    "{% blockquote A, B %}",
    "{% endblockquote %}",
    "<pre>{{ x y }}</pre>",
    "{{a{}b }}",
    "style={{color: \"red\"}}",
    "{{ a.1 }}",
    "{{ a = b }}",
    "{{ a ? b : c }}",
    "{{ a && b }}",
    "{%= x %}",
    "{% set a %}",
    "{% endset %}",
    "{% include 'x.html' %}",
    "{% include x.html %}",
    "{% codeblock %}{{ x y }}{% endcodeblock %}",
    "{% blockquote %}`{{ x y }}`{% endblockquote %}",
    "{{ a | json }}",
    "{{ a, b }}",
    "{% macro f(a) %}",
    "{% endmacro %}",
    "{{{ a }}}",
    "{{{a}}}",
];

/// Whether the model says that `body` stops the build.
fn is_fatal(front_matter: &str, body: &str) -> bool {
    let post = Post::parse(Source::new(format!("{front_matter}{body}")), "source/_posts/a.md");
    faults(&post)
        .iter()
        .any(|fault| !matches!(fault.problem, Problem::Nothing(_)))
}

#[test]
fn the_model_says_what_hexo_said() {
    let head = "---\ntitle: T\n---\n";
    let wrong: Vec<&&str> = FINE
        .iter()
        .filter(|body| is_fatal(head, body))
        .chain(FATAL.iter().filter(|body| !is_fatal(head, body)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// `POSTLINT_TEMPLATES` is a file of JSON lines `{"body": …, "ok": …}`, each a verdict of the real Hexo.
#[test]
fn recorded_templates_agree() {
    let Some(path) = std::env::var_os("POSTLINT_TEMPLATES") else {
        println!("skipped: POSTLINT_TEMPLATES is not set");
        return;
    };
    let (mut all, mut wrong) = (0, Vec::new());
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let verdict: serde_json::Value = serde_json::from_str(line).unwrap();
        let body = verdict["body"].as_str().unwrap();
        let said = verdict["msg"].as_str().unwrap_or("");
        // A tag that Hexo does not have may be a theme's.
        if said.contains("unknown block tag") && !said.contains("tag: e") {
            continue;
        }
        all += 1;
        if is_fatal("---\ntitle: T\n---\n", body) == verdict["ok"].as_bool().unwrap() {
            wrong.push(format!("{body:?}: {}", verdict["msg"]));
        }
    }
    println!("{all} templates, {} disagree", wrong.len());
    for wrong in wrong.iter().take(40) {
        println!("{wrong}");
    }
    assert!(wrong.len() * 200 <= all, "more than one in two hundred disagree");
}

/// Every Hexo post with a recorded verdict; what only the rest of the site decides is left out.
#[test]
fn posts_agree_with_recorded_renderings() {
    let (Some(oracle), Some(corpus)) = (std::env::var_os("POSTLINT_ORACLE"), std::env::var_os("POSTLINT_CORPUS"))
    else {
        println!("skipped: POSTLINT_ORACLE and POSTLINT_CORPUS are not set");
        return;
    };
    let verdicts = std::fs::read_to_string(Path::new(&oracle).join("verdicts/posts-hexo.jsonl")).unwrap();
    let (mut all, mut wrong) = (0, Vec::new());
    for line in verdicts.lines() {
        let verdict: serde_json::Value = serde_json::from_str(line).unwrap();
        let render = &verdict["render"];
        if !render.is_object() || matches!(render["kind"].as_str(), Some("post_link" | "unknown_tag")) {
            continue;
        }
        let file = verdict["file"].as_str().unwrap();
        let Ok(bytes) = std::fs::read(Path::new(&corpus).join(file)) else {
            continue;
        };
        let post = Post::parse(Source::from_bytes(bytes), file);
        all += 1;
        let fatal: Vec<_> = faults(&post)
            .into_iter()
            .filter(|fault| !matches!(fault.problem, Problem::Nothing(_)))
            .collect();
        if fatal.is_empty() != render["ok"].as_bool().unwrap() {
            let first = fatal
                .first()
                .map(|fault| (post.source.slice(fault.range), &fault.problem));
            wrong.push(format!("{file}: {first:?} against {render}"));
        }
    }
    println!("{all} posts, {} disagree", wrong.len());
    for wrong in &wrong {
        println!("{wrong}");
    }
    assert!(wrong.len() * 1_000 <= all, "more than one in a thousand disagree");
}

/// Jekyll's Liquid 5.4 rendered these.
const LIQUID_FINE: &[&str] = &[
    "{{ }}",
    "{{}}",
    "{{ page.title }}",
    "{{ message }}",
    "{{ .Title }}",
    "{{ a b }}",
    "{{#each}}",
    "{{< x >}}",
    "{{ x | nofilter }}",
    "{% assign a = 1 %}",
    "{{- x -}}",
    "{{{ a }}}",
    "{{ \"}}\" }}",
    "{% raw %}{{ x }{% endraw %}",
    "{% raw %}{% if x %}{% endraw %}",
    "{% break %}",
    "{% cycle 'a' %}",
    "{% increment x %}",
    "{% if x %}{% else if y %}{% endif %}",
    "{% highlight js linenos %}x{% endhighlight %}",
];

/// With each of these it stopped.
const LIQUID_FATAL: &[&str] = &[
    "{% if x %}",
    "{% endif %}",
    "{% else %}",
    "{% if %}",
    "{% elsif y %}",
    "{% for a in b %}",
    "{% for a %}",
    "{% endfor %}",
    "{% raw %}",
    "{% endraw %}",
    "{% raw x %}",
    "{% highlight js %}",
    "{% highlight %}",
    "{% endhighlight %}",
    "{% comment %}",
    "{% endcomment %}",
    "{% assign a %}",
    "{% capture x %}",
    "{% endcapture %}",
    "{% unless x %}",
    "{% endunless %}",
    "{% case x %}",
    "{% when 1 %}",
    "{% endcase %}",
    "{{ open",
    "{% open",
    "`{{ x y }`",
    "```\n{{ x }\n```",
    "<!-- {% if %} -->",
    "{{ x }",
    "{%%}",
    "{% %}",
    "{%= x %}",
    "{%- if x -%}",
    "{{ '}' }}",
    "{% comment %}{% if %}{% endcomment %}",
    "{% comment %}{{ x }{% endcomment %}",
    "{% tablerow a in b %}",
    "{% endtablerow %}",
    "{% case %}",
    "{% unless %}",
    "{% capture %}",
    "{% end %}",
    "{% 'x' %}",
    "{%if x%}",
    "{%endif%}",
    "{% highlight js,foo %}x{% endhighlight %}",
];

fn is_fatal_to_liquid(body: &str) -> bool {
    let post = Post::parse(
        Source::new(format!("---\ntitle: T\n---\n{body}")),
        "_posts/2022-01-02-a.md",
    );
    liquid::faults(&post)
        .iter()
        .any(|fault| !matches!(fault.problem, Problem::Nothing(_)))
}

#[test]
fn the_model_says_what_liquid_said() {
    let wrong: Vec<&&str> = LIQUID_FINE
        .iter()
        .filter(|body| is_fatal_to_liquid(body))
        .chain(LIQUID_FATAL.iter().filter(|body| !is_fatal_to_liquid(body)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// `POSTLINT_LIQUID` is a file of JSON lines `{"body": …, "ok": …}`, each a verdict of the real Liquid with Jekyll's tags.
#[test]
fn recorded_liquid_agrees() {
    let Some(path) = std::env::var_os("POSTLINT_LIQUID") else {
        println!("skipped: POSTLINT_LIQUID is not set");
        return;
    };
    let (mut all, mut wrong) = (0, Vec::new());
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let verdict: serde_json::Value = serde_json::from_str(line).unwrap();
        let body = verdict["body"].as_str().unwrap();
        if verdict["msg"]
            .as_str()
            .is_some_and(|said| said.contains("Unknown tag 'open'"))
        {
            continue;
        }
        all += 1;
        if is_fatal_to_liquid(body) == verdict["ok"].as_bool().unwrap() {
            wrong.push(format!("{body:?}: {}", verdict["msg"]));
        }
    }
    println!("{all} Liquid templates, {} disagree", wrong.len());
    for wrong in wrong.iter().take(40) {
        println!("{wrong}");
    }
    assert!(wrong.len() * 200 <= all, "more than one in two hundred disagree");
}

#[test]
fn hostile_braces_end_quickly() {
    let hostile = [
        "{{".repeat(50_000),
        "{% a ".repeat(50_000),
        "{% a %}".repeat(30_000),
        "{% raw %}".repeat(30_000),
        "{{< a >}}".repeat(30_000),
        "{{</* ".repeat(30_000),
        "{% if x %}".repeat(30_000),
        "{{ ((((".repeat(20_000) + "}}",
        format!("{{{{ {}x }}}}", "(".repeat(50_000)),
        format!("{{{{ {}x }}}}", "- ".repeat(50_000)),
        format!("{{{{ {}x }}}}", "not ".repeat(50_000)),
        "{{ 'x".repeat(30_000) + " }}",
        "<!--".repeat(30_000) + "{{ x }}",
        "```\n{{ x y }}\n".repeat(20_000),
        "<code>{{ x }}".repeat(20_000),
    ];
    for body in hostile {
        let start = Instant::now();
        is_fatal("---\ntitle: T\n---\n", &body);
        is_fatal_to_liquid(&body);
        is_fatal_to_hugo(&body);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(120), "{}… took {took:?}", &body[..12]);
    }
}
