//! `html-becomes-code`: HTML that Markdown publishes as source code.

use crate::diagnostic::Fix;
use crate::generator::Generator;
use crate::rule::{Context, Reads, Reporter};
use crate::rules::rejoin::rejoin;
use crate::rules::stranded::{first_tag, stranded};
use crate::{part, rule, say};

rule! {
    /// HTML that Markdown publishes as source code.
    ///
    /// # Why
    ///
    /// To Markdown a block of HTML ends at the first blank line, even in the middle of a `<div>`. What follows is Markdown again,
    /// and there a line indented by four blanks or a tab is code. So an article that was copied as HTML, with the indentation of the
    /// page it came from, is published as source: the reader sees `<p style=…>` in a grey box, and no picture at all. Hexo
    /// (marked) and Hugo (goldmark) do it; Jekyll (kramdown) reads on to the end tag of an open element, so there only HTML
    /// that begins with its indentation becomes code.
    ///
    /// Indented HTML is meant as code in a tutorial. It is reported only on evidence that it is a piece of the HTML around it: its
    /// tags close what stands before it or are closed behind it, it stands inside an element that is still open, or the
    /// post holds nothing but HTML. Fences are never reported.
    ///
    /// The fix takes out the blank lines that end the block; the HTML itself stays as it is. Where these blank lines belong to
    /// a `<pre>` or a script there is no fix. Hugo shows raw HTML only where the site allows it (`markup.goldmark.renderer.unsafe`),
    /// so for Hugo the fix is not safe.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// ---
    /// title: Rain
    /// ---
    /// <div>
    ///
    ///         <p>It rained all night.</p>
    ///
    ///         <p><img src="/rain.jpg"></p>
    ///
    /// </div>
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Rain
    /// ---
    /// <div>
    ///         <p>It rained all night.</p>
    ///         <p><img src="/rain.jpg"></p>
    ///
    /// </div>
    /// ```
    ///
    /// ```markdown,bad
    /// <!-- from the old site -->
    ///
    ///     <div>It rained all night.</div>
    /// ```
    ///
    /// ```markdown,fixed
    /// <!-- from the old site -->
    ///
    /// <div>It rained all night.</div>
    /// ```
    ///
    /// ```markdown,good
    /// <div>
    ///     <p>No blank line, no code.</p>
    /// </div>
    ///
    /// A box is written like this:
    ///
    ///     <div class="box">
    ///       text
    ///     </div>
    /// ```
    ///
    /// ```markdown,good generator=jekyll file=_posts/2022-02-03-rain.md
    /// <div>
    ///
    ///     <p>It rained all night.</p>
    /// </div>
    /// ```
    "html-becomes-code", Error, On, check
}

/// Fixes that are tried on a copy in one go; when they are applied, the next ones are tried.
const MOST_TRIED: usize = 16;

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let generator = context.generator();
    if post.markdown.accidental.is_empty() {
        return reporter.rests_on(Reads::MARKUP);
    }
    for (at, stranded) in stranded(post, generator).into_iter().enumerate() {
        let what = match stranded.lines {
            1 => say!("this line"),
            lines => say!("{lines} lines of this HTML", lines),
        };
        let message = say!(
            "{generator} publishes {what} as source code: a blank line ends the HTML block, and what is indented by four or more behind it is code",
            generator,
            what
        );
        let mut finding = reporter.report(first_tag(post, stranded.first), message);
        if let Some(root) = stranded.root {
            finding = finding.related(root, part!("the HTML begins here"));
        }
        for &block in &stranded.rest {
            finding = finding.related(first_tag(post, block), part!("and this is code as well"));
        }
        let Some(edits) = (at < MOST_TRIED).then(|| rejoin(post, &stranded.blocks())).flatten() else {
            continue;
        };
        finding.fix(match generator {
            Generator::Hugo => Fix::risky(
                say!("Make it one HTML block again; Hugo shows it only if raw HTML is allowed"),
                edits,
            ),
            Generator::Hexo | Generator::Jekyll => Fix::safe(say!("Make it one HTML block again"), edits),
        });
    }
}
