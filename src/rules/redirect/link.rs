//! `redirect-link`: a link that goes through another site's counter.

use crate::diagnostic::Fix;
use crate::rule::{Context, Reporter};
use crate::rules::address::{addresses, written};
use crate::rules::leftover::quote;
use crate::rules::pattern::plain_host;
use crate::text::Edit;
use crate::{rule, say};
use url::Url;

rule! {
    /// A link goes through another site's redirect.
    ///
    /// # Why
    ///
    /// Sites such as 简书, 知乎, 掘金, CSDN, Google and Facebook replace every link in a text by one through their own counter, and a
    /// copied text keeps them. Readers are counted, are shown a warning page ("you are leaving …"), or end in nothing when the
    /// site changes its redirect. The real address stands in the link itself; the fix writes it out.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// See [the manual](https://link.zhihu.com/?target=https%3A//example.com/a%3Fb%3D1).
    /// ```
    ///
    /// ```markdown,fixed
    /// See [the manual](https://example.com/a?b=1).
    /// ```
    ///
    /// ```markdown,good
    /// See [the manual](https://example.com/?target=https%3A//example.com/a) and <https://www.google.com/search?q=hexo>.
    /// ```
    "redirect-link", Warning, On, check, MARKUP
}

/// Host, path (a prefix) and the parameter that holds the real address; the empty parameter means the whole query.
const REDIRECTS: &[(&str, &str, &str)] = &[
    ("links.jianshu.com", "/go", "to"),
    ("link.jianshu.com", "/", "t"),
    ("link.zhihu.com", "/", "target"),
    ("link.juejin.cn", "/", "target"),
    ("link.juejin.im", "/", "target"),
    ("link.csdn.net", "/", "target"),
    ("link.segmentfault.com", "/", "url"),
    ("gitee.com", "/link", "target"),
    ("leetcode.cn", "/link/", "target"),
    ("xie.infoq.cn", "/link", "target"),
    ("www.infoq.cn", "/link", "target"),
    ("cloud.tencent.com", "/developer/tools/blog-entry", "target"),
    ("www.oschina.net", "/action/GoToLink", "url"),
    ("my.oschina.net", "/action/GoToLink", "url"),
    ("sspai.com", "/link", "target"),
    ("www.douban.com", "/link2/", "url"),
    ("weibo.cn", "/sinaurl", "u"),
    ("link.ld246.com", "/forward", "goto"),
    ("hacpai.com", "/forward", "goto"),
    ("ld246.com", "/forward", "goto"),
    ("blog.51cto.com", "/link", "target"),
    ("www.google.com", "/url", "q"),
    ("www.google.com", "/url", "url"),
    ("www.google.com.hk", "/url", "q"),
    ("www.google.com.hk", "/url", "url"),
    ("l.facebook.com", "/l.php", "u"),
    ("lm.facebook.com", "/l.php", "u"),
    ("l.instagram.com", "/", "u"),
    ("www.youtube.com", "/redirect", "q"),
    ("steamcommunity.com", "/linkfilter/", "url"),
    ("vk.com", "/away.php", "to"),
    ("out.reddit.com", "/", "url"),
    ("t.umblr.com", "/redirect", "z"),
    ("slack-redir.net", "/link", "url"),
    ("exit.sc", "/", "url"),
    ("www.linkedin.com", "/redir/redirect", "url"),
    ("go.redirectingat.com", "/", "url"),
    ("redirect.viglink.com", "/", "u"),
    ("href.li", "/", ""),
    ("cn.bing.com", "/link", "url"),
];

/// Redirects that pay whoever placed the link.
const PAYING: &[&str] = &["go.redirectingat.com", "redirect.viglink.com"];

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for address in addresses(context.post) {
        let Some((host, target)) = target(address.url) else {
            continue;
        };
        let edits = vec![Edit::replace(address.range, written(&target, address.place))];
        // Taking a paying redirect out is the writer's decision.
        let fix = if PAYING.contains(&host.as_str()) {
            Fix::risky(say!("Link to the real address"), edits)
        } else {
            Fix::safe(say!("Link to the real address"), edits)
        };
        reporter
            .report(
                address.range,
                say!(
                    "this link goes through {host}; readers mean to go to {target}",
                    host = quote(&host),
                    target = quote(&target)
                ),
            )
            .fix(fix);
    }
}

/// The redirecting host and the address behind `url`.
fn target(url: &str) -> Option<(String, String)> {
    // The address behind it stands in the query, and most links have none.
    if !url.contains('?') {
        return None;
    }
    let redirects = |host: &str| REDIRECTS.iter().any(|(name, ..)| host.eq_ignore_ascii_case(name));
    if plain_host(url).is_some_and(|host| !redirects(host)) {
        return None;
    }
    let url = match url.strip_prefix("//") {
        Some(rest) => Url::parse(&format!("https://{rest}")).ok()?,
        None => Url::parse(url).ok()?,
    };
    let host = url.host_str()?.to_owned();
    REDIRECTS
        .iter()
        .filter(|(name, path, _)| *name == host && reaches(url.path(), path))
        .find_map(|(_, _, name)| {
            let value = if name.is_empty() {
                url.query()?.to_owned()
            } else {
                url.query_pairs().find(|(key, _)| key == name)?.1.into_owned()
            };
            let value = if value.starts_with("http%3A") || value.starts_with("https%3A") {
                format!(
                    "{}",
                    url::form_urlencoded::parse(format!("u={value}").as_bytes()).next()?.1
                )
            } else {
                value
            };
            let target = Url::parse(&value)
                .ok()
                .filter(|target| matches!(target.scheme(), "http" | "https"))?;
            Some((host.clone(), target.to_string()))
        })
}

fn reaches(path: &str, wanted: &str) -> bool {
    path.trim_end_matches('/') == wanted.trim_end_matches('/')
}
