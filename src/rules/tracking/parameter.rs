//! `tracking-parameter`: a link that tells where its reader came from.

use crate::diagnostic::Fix;
use crate::rule::{Context, Reporter};
use crate::rules::address::addresses;
use crate::rules::leftover::quote;
use crate::rules::pattern::{host_of, is_under};
use crate::text::{Edit, lower};
use crate::{rule, say};

rule! {
    /// A link carries parameters that only serve to track.
    ///
    /// # Why
    ///
    /// Newsletters, feeds and social networks hang `utm_source`, `fbclid`, `spm` and their kin on every link. In a post they tell
    /// lies (each reader seems to come from that newsletter), name the person who copied the link, and make it long. The page is the
    /// same without them. The fix cuts just these parameters out; everything else of the address stays as it is written.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// See [this](https://example.com/a?id=7&utm_source=weekly&utm_medium=email#top).
    /// ```
    ///
    /// ```markdown,fixed
    /// See [this](https://example.com/a?id=7#top).
    /// ```
    ///
    /// ```markdown,good
    /// See [this](https://example.com/a?source=weekly&ref=main).
    /// ```
    "tracking-parameter", Info, On, check, MARKUP
}

/// Parameters that mean nothing to any page.
const EVERYWHERE: &[&str] = &[
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "twclid",
    "ttclid",
    "li_fat_id",
    "yclid",
    "ysclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "_hsenc",
    "_hsmi",
    "hsctatracking",
    "vero_id",
    "vero_conv",
    "oly_anon_id",
    "oly_enc_id",
    "_openstat",
    "wickedid",
    "rb_clickid",
    "s_cid",
    "spm_id_from",
    "__s",
    "ml_subscriber",
    "ml_subscriber_hash",
];
/// Parameters that track on the sites named.
const SOMEWHERE: &[(&str, &[&str])] = &[
    (
        "spm",
        &[
            "aliyun.com",
            "alibabacloud.com",
            "taobao.com",
            "tmall.com",
            "csdn.net",
            "1688.com",
            "alipay.com",
            "youku.com",
            "alibaba.com",
        ],
    ),
    ("scm", &["aliyun.com", "taobao.com", "tmall.com"]),
    ("vd_source", &["bilibili.com"]),
    ("ref_src", &["twitter.com", "x.com"]),
    ("ref_url", &["twitter.com", "x.com"]),
    ("si", &["youtube.com", "youtu.be", "spotify.com"]),
    ("igsh", &["instagram.com"]),
    ("trk", &["linkedin.com"]),
    ("depth_1-utm_source", &["csdn.net"]),
    ("ops_request_misc", &["csdn.net"]),
];

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for address in addresses(context.post) {
        let raw = context.post.source.slice(address.range);
        let Some((clean, cut)) = clean(raw, address.url) else {
            continue;
        };
        let names = cut.iter().map(|name| quote(name)).collect::<Vec<_>>().join(", ");
        reporter
            .report(address.range, say!("this link tracks its readers with {names}", names))
            .fix(Fix::safe(
                say!("Remove the tracking parameters"),
                vec![Edit::replace(address.range, clean)],
            ));
    }
}

/// `raw`, which means `url`, without the parameters that track, and their names; `None` when there are none.
fn clean(raw: &str, url: &str) -> Option<(String, Vec<String>)> {
    let (before, rest) = raw.split_once('?')?;
    let host = || host_of(url).unwrap_or_default();
    let (query, fragment) = match rest.find('#') {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let joint = if query.contains("&amp;") { "&amp;" } else { "&" };
    let mut cut = Vec::new();
    let kept: Vec<&str> = query
        .split(joint)
        .filter(|part| {
            let name = lower(part.split('=').next().unwrap_or(""));
            let tracks = tracks(&name, host);
            if tracks {
                cut.push(name.into_owned());
            }
            !tracks
        })
        .collect();
    if cut.is_empty() {
        return None;
    }
    cut.sort();
    cut.dedup();
    let mark = if kept.is_empty() { "" } else { "?" };
    Some((format!("{before}{mark}{}{fragment}", kept.join(joint)), cut))
}

/// `host` is asked for where the name alone does not tell.
fn tracks(name: &str, host: impl Fn() -> String) -> bool {
    name.starts_with("utm_")
        || EVERYWHERE.contains(&name)
        || SOMEWHERE
            .iter()
            .any(|(other, hosts)| *other == name && hosts.iter().any(|domain| is_under(&host(), domain)))
}
