//! `html-unbalanced`: tags without a partner.

use crate::diagnostic::Severity::{Info, Warning};
use crate::generator::Generator;
use crate::post::{Kind, Post};
use crate::rule::{Context, Reporter};
use crate::rules::balance::{
    Harm, Reach, Slip, Unpaired, close, close_at_once, crossing, harm, is_typo, remove, rests, slips, too_deep, turn,
    unclosed,
};
use crate::text::TextRange;
use crate::{part, rule, say};

rule! {
    /// Tags without a partner.
    ///
    /// # Why
    ///
    /// A post is a piece of a page. A `</div>` too many closes a box of the theme, and the sidebar jumps below the article; a
    /// `<b>` that is never closed makes all that follows bold, the footer too. Jekyll's kramdown prints an end tag that closes
    /// nothing, and closes by itself what is left open.
    ///
    /// What HTML5 allows is no slip: `</li>`, `</p>`, `</td>` and their kin may be left out, `<br>` and `<img>` have no end, a `<b>` may
    /// close behind the paragraph it began in. An element that crosses another or a paragraph is named with its late end tag. Names
    /// that HTML does not know, code, SVG, and posts whose template statements (`{% if %}`) choose what is printed are left alone.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// <div class="note">
    /// Rain again.
    /// </div>
    /// </div>
    ///
    /// Evening.
    /// ```
    ///
    /// ```markdown,fixed
    /// <div class="note">
    /// Rain again.
    /// </div>
    ///
    /// Evening.
    /// ```
    ///
    /// ```markdown,bad
    /// <table><tr><td><div>Rain</td></tr></table>
    ///
    /// It was <strong>dark<strong> already.
    /// ```
    ///
    /// ```markdown,fixed
    /// <table><tr><td><div>Rain</div></td></tr></table>
    ///
    /// It was <strong>dark</strong> already.
    /// ```
    ///
    /// ```markdown,good
    /// <ul><li>One<li>Two</ul>
    /// <p>Rain<br>
    /// <p>Wind <img src="/wind.jpg">
    ///
    /// Write `</div>`, or List<String>, or 1 < 2.
    /// ```
    "html-unbalanced", Warning, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let kramdown = context.generator() == Generator::Jekyll && post.kind == Kind::Markdown;
    if let Some((place, message)) = too_deep(post) {
        reporter.report(place, message);
    }
    let all = slips(context);
    reporter.rests_all_on(rests(context));
    let mut turned = None;
    let mut late = Vec::new();
    for (at, &found) in all.iter().enumerate() {
        match found.slip {
            Slip::Stray => stray(post, reporter, found.tag, kramdown),
            Slip::Comment => {
                let message = part!("this comment is never closed: readers see nothing of what follows");
                reporter.report(found.tag, message);
            }
            Slip::SelfClosed if !kramdown => self_closed(post, reporter, found),
            Slip::Unclosed {
                late: Some(_),
                reach: Reach::Paragraph,
            } if !kramdown => late.push(found),
            Slip::Unclosed { late, reach } if (!kramdown || reach == Reach::Page) && turned != Some(at) => {
                let twin = all.get(at + 1).filter(|next| is_typo(post, found, **next));
                turned = twin.map(|_| at + 1);
                let mut finding = reporter.report(found.tag, unclosed(post, found, late, reach, kramdown));
                if let Some(late) = late {
                    finding = finding.related(late, part!("this end tag comes too late"));
                }
                let fix = match twin {
                    Some(second) => Some(turn(post, second.tag)),
                    None => close(post, found, late, reach),
                };
                if reach == Reach::Paragraph {
                    finding = finding.at_most(Info);
                }
                if let Some(fix) = fix {
                    finding.fix(fix);
                }
            }
            Slip::SelfClosed | Slip::Unclosed { .. } | Slip::Word => {}
        }
    }
    crossings(post, reporter, &late);
}

/// Elements that reach over the end of their Markdown paragraph, in one finding: where there is one there are many.
fn crossings(post: &Post, reporter: &mut Reporter<'_>, found: &[Unpaired]) {
    let Some((first, rest)) = found.split_first() else {
        return;
    };
    let message = crossing(post, *first, rest.len());
    let mut finding = reporter.report(first.tag, message).at_most(Info);
    for other in rest.iter().take(8) {
        finding = finding.related(other.tag, part!("this one, too"));
    }
}

fn stray(post: &Post, reporter: &mut Reporter<'_>, tag: TextRange, kramdown: bool) {
    let (does, most) = match harm(post, tag) {
        _ if kramdown => (part!("Jekyll prints it as text"), Warning),
        Harm::Boxes => (part!("browsers may close a box of the page around it"), Warning),
        Harm::Gap => (part!("browsers make an empty paragraph of it"), Info),
        Harm::None => (part!("browsers skip it"), Info),
    };
    let shown = post.source.slice(tag);
    let message = say!("`{shown}` closes nothing in this post; {does}", shown, does);
    reporter.report(tag, message).at_most(most).fix(remove(post, tag));
}

fn self_closed(post: &Post, reporter: &mut Reporter<'_>, found: Unpaired) {
    let Some(element) = found.element.and_then(|id| post.html.node(id).element()) else {
        return;
    };
    let message = say!(
        "the slash does not close `<{name}>`: to browsers all that follows stands inside it",
        name = element.name
    );
    let finding = reporter.report(found.tag, message);
    if let Some(fix) = close_at_once(post, element) {
        finding.fix(fix);
    }
}
