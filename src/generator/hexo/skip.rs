//! `skip_render`: the files that Hexo copies as they are.

use globset::{GlobBuilder, GlobMatcher};
use std::cell::RefCell;
use std::rc::Rc;

/// A pattern, and whether it names the files that it does not match.
type Pattern = (GlobMatcher, bool);

/// Whether one of `patterns` matches `path`, which counts from the source folder on. As with micromatch, `*` stops at a slash,
/// `!` in front turns a pattern round, and any match will do; a pattern that cannot be read matches nothing.
pub fn is_skipped(path: &str, patterns: &[String]) -> bool {
    !patterns.is_empty()
        && compiled(patterns)
            .iter()
            .any(|(glob, is_turned)| glob.is_match(path) != *is_turned)
}

/// The patterns, compiled: a site has the same for all its posts.
fn compiled(patterns: &[String]) -> Rc<Vec<Pattern>> {
    type Known = Option<(Vec<String>, Rc<Vec<Pattern>>)>;
    thread_local! {
        static KNOWN: RefCell<Known> = const { RefCell::new(None) };
    }
    KNOWN.with_borrow_mut(|known| match known {
        Some((of, globs)) if of == patterns => Rc::clone(globs),
        _ => {
            let globs = Rc::new(patterns.iter().filter_map(|pattern| glob(pattern)).collect());
            *known = Some((patterns.to_vec(), Rc::clone(&globs)));
            globs
        }
    })
}

fn glob(pattern: &str) -> Option<Pattern> {
    let bare = pattern.strip_prefix('!').filter(|rest| !rest.starts_with('('));
    let glob = GlobBuilder::new(bare.unwrap_or(pattern))
        .literal_separator(true)
        .build();
    Some((glob.ok()?.compile_matcher(), bare.is_some()))
}
