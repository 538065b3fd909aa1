//! `text-encoding`: the file is not UTF-8.

use crate::rule::{Context, Reads, Reporter};
use crate::text::TextRange;
use crate::{rule, say};

rule! {
    /// The file is not UTF-8.
    ///
    /// # Why
    ///
    /// Every generator reads posts as UTF-8. Bytes of another encoding (GBK, Latin-1, UTF-16) are published as `U+FFFD`
    /// without a message, and a UTF-16 file has no front matter at all. postlint says where the first such byte
    /// stands and checks nothing else in the file, because no other place in it can be trusted. Convert the file, for example
    /// with `iconv -f GBK -t UTF-8`.
    "text-encoding", Error, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let Some(bad) = context.post.source.first_bad_byte() else {
        return reporter.rests_on(Reads::NONE);
    };
    let name = context.generator().name();
    reporter.report(
        TextRange::at(bad),
        say!("this file is not UTF-8 (byte {bad} is the first that cannot be read); {name} publishes such bytes as `{mark}`", bad, name, mark = char::REPLACEMENT_CHARACTER),
    );
}
