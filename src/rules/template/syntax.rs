//! `template-syntax`: braces that stop the build.

use super::rests::{OPENINGS, rests};
use crate::diagnostic::{Fix, Severity};
use crate::generator::Generator;
use crate::generator::braces::{Fault, Problem};
use crate::generator::hexo::nunjucks;
use crate::generator::hugo::shortcode;
use crate::generator::jekyll::liquid;
use crate::post::Post;
use crate::post::template::opens_construct;
use crate::rule::{Context, Finding, Reads, Reporter};
use crate::text::{Edit, TextRange};
use crate::{part, rule, say};

rule! {
    /// Braces that stop the build, or print nothing.
    ///
    /// # Why
    ///
    /// Hexo runs every post through Nunjucks. `{{ … }}` and `{% … %}` from Vue, Go, Handlebars, JSX or LaTeX are read as Nunjucks, and
    /// one error there stops the whole site: nothing is written, and the message gives a line of the rendered HTML, not of the
    /// post. A name that Nunjucks does not know prints nothing, so the text simply vanishes.
    ///
    /// Jekyll runs Liquid, which is easier on what stands in the braces but reads everything, code as well: `{{ x }` in a fence
    /// stops the build, and `{{ message }}` in a code sample prints nothing.
    ///
    /// Hugo leaves single constructs alone but reads shortcodes everywhere: one without its end stops the build.
    ///
    /// In Hexo fences, code spans outside of tags, comments and `{% raw %}` are safe. A `{% codeblock %}` is not: Nunjucks reads what stands
    /// in it. Two characters such as `{#` alone do no harm until another construct stands in the same post.
    ///
    /// Tags that the generator itself does not have may come from a theme or a plugin and are never reported. The fix writes the construct
    /// as it is: between `{% raw %}` and `{% endraw %}`.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// In Go the title is {{ .Title }}.
    /// ```
    ///
    /// ```markdown,fixed
    /// In Go the title is {% raw %}{{ .Title }}{% endraw %}.
    /// ```
    ///
    /// ```markdown,bad
    /// Vue shows {{ message }} at once.
    ///
    /// {% blockquote %}
    /// never closed
    /// ```
    ///
    /// ```markdown,fixed
    /// Vue shows {% raw %}{{ message }}{% endraw %} at once.
    ///
    /// {% blockquote %}
    /// never closed
    /// ```
    ///
    /// ````markdown,good
    /// ---
    /// title: Rain
    /// ---
    /// `{{ .Title }}` and {{ title }} and {% raw %}{{ a b }}{% endraw %} are fine, and so is {{ title | upper }}.
    ///
    /// ```go
    /// {{ .Title }}
    /// ```
    ///
    /// {% note info %}
    /// a tag of the theme
    /// {% endnote %}
    /// ````
    ///
    /// ```markdown,bad generator=hugo file=content/posts/rain.md
    /// A figure is written {{< figure src="rain.jpg" }}.
    /// ```
    ///
    /// ````markdown,bad generator=jekyll file=_posts/2022-01-02-vue.md
    /// ```js
    /// style={{ color: "red" }
    /// ```
    /// ````
    ///
    /// ````markdown,fixed
    /// ```js
    /// style={% raw %}{{ color: "red" }{% endraw %}
    /// ```
    /// ````
    "template-syntax", Error, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let generator = context.generator();
    if !opens_construct(post.source.slice(post.body).as_bytes()) {
        return reporter.rests_on_lines(Reads::NONE, &[&OPENINGS]);
    }
    let faults = match generator {
        Generator::Hexo => {
            let seen = context.seen_by_nunjucks();
            reporter.rests_all_on(rests(post, seen));
            seen.map_or_else(Vec::new, |seen| nunjucks::faults(post, seen))
        }
        Generator::Jekyll => liquid::faults(post),
        Generator::Hugo => shortcode::faults(post),
    };
    for fault in faults {
        let shown = first_line(post.source.slice(fault.range));
        let what = fault.problem.what(generator.name(), &shown);
        let finding = match fault.problem {
            Problem::Nothing(_) => reporter.report(fault.range, what).at_most(Severity::Warning),
            _ => reporter.report(fault.range, say!("{what}; this stops the whole build", what)),
        };
        mend(finding, post, &fault, generator);
    }
}

fn mend(finding: Finding<'_>, post: &Post, fault: &Fault, generator: Generator) {
    let edits = vec![
        Edit::insert(fault.range.start, "{% raw %}"),
        Edit::insert(fault.range.end, "{% endraw %}"),
    ];
    let title = part!("Print it as it is, between `{{% raw %}}` and `{{% endraw %}}`");
    match &fault.problem {
        _ if generator == Generator::Hugo => {}
        Problem::Unclosed(_) | Problem::Misplaced(_) | Problem::NoTemplate(_) => {}
        // The writer may have meant a name that a theme provides.
        Problem::Nothing(_) | Problem::Filter(_) | Problem::Call(_) => {
            finding.fix(Fix::risky(title, edits));
        }
        Problem::Syntax(_) if is_statement(post, fault.range) => {
            finding.fix(Fix::risky(title, edits));
        }
        Problem::Syntax(_) | Problem::EndlessComment | Problem::CommentEnd => {
            finding.fix(Fix::safe(title, edits));
        }
    }
}

fn is_statement(post: &Post, range: TextRange) -> bool {
    post.source.slice(range).starts_with("{%")
}

fn first_line(construct: &str) -> String {
    let line = construct.lines().next().unwrap_or("");
    let short: String = line.chars().take(60).collect();
    let cut = short.len() < construct.len();
    if cut { format!("{}…", short.trim_end()) } else { short }
}
