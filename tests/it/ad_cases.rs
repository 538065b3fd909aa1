//! Ads of many networks, languages and page builders, and what only looks like one: each line stands alone in a post.

mod samples;

use postlint::config::Config;
use postlint::diagnostic::Diagnostic;
use postlint::lint;
use postlint::post::Post;
use postlint::text::Source;
use samples::ADS;

/// Every rule whose finding would call something an ad, a counter or hidden.
fn findings(text: &str) -> Vec<Diagnostic> {
    let post = Post::parse(Source::new(text), "a.md");
    let mut found = lint::lint(&post, &Config::default(), None);
    found.retain(|finding| {
        let code = finding.code.0;
        (code.starts_with("ad-") && code != "ad-link") || matches!(code, "tracking-pixel" | "hidden-text" | "watermark")
    });
    found
}

/// What no rule may call an ad.
const NO_ADS: &[&str] = &[
    r#"<img src="https://example.com/s.gif" data-src="https://example.com/a.jpg" width="1" height="1">"#,
    r#"<iframe src="https://example.com/embed" width="0" height="0" frameborder="0"></iframe>"#,
    r#"<iframe src="https://example.com/embed" style="width:100%;height:1px"></iframe>"#,
    r#"<div id="leaderboard"><table><tr><td>1</td></tr></table></div>"#,
    r#"<div class="pub-date"></div>"#,
    r#"<div class="address"></div>"#,
    r#"<div class="adaptive-image"></div>"#,
    r#"<div class="advice"></div>"#,
    r#"<div class="adr"></div>"#,
    r#"<div class="add-to-cart"></div>"#,
    r#"<div id="addthis"></div>"#,
    r#"<div class="admonition note"><p>An ad blocker is a tool.</p></div>"#,
    r#"<div class="thread-head"></div>"#,
    r#"<p>The advertisement was shown on TV.</p>"#,
    r#"<h3>Advertisement</h3>"#,
    r#"<table><tr><td>Advertisement</td><td>300</td></tr></table>"#,
    r#"<ul><li>Advertisement</li></ul>"#,
    r#"<figure class="ad-photo"><img src="old-ad.jpg"><figcaption>An old advertisement</figcaption></figure>"#,
    r#"<script src="https://cdn.jsdelivr.net/npm/admin-lte/x.js"></script>"#,
    r#"<script src="https://example.com/loader.js"></script>"#,
    r#"<script>var address = 1; load(address);</script>"#,
    r#"<iframe src="https://www.youtube.com/embed/x" width="728" height="90"></iframe>"#,
    r#"<iframe src="https://open.spotify.com/embed/x" width="300" height="250"></iframe>"#,
    r#"<a href="https://www.google.com/adsense/">AdSense</a>"#,
    r#"<a href="https://ads.google.com/">Google Ads</a>"#,
    r#"<a href="https://www.doubleclickbygoogle.com/">x</a>"#,
    r#"<img src="https://example.com/ads/adsense-dashboard.png" width="300" height="250">"#,
    r#"<!-- add a photo here -->"#,
    r#"<!-- TODO: ad hoc fix -->"#,
    r#"<!-- more -->"#,
    r#"<!-- Advertising is fun, but this comment is only me thinking about the text. -->"#,
    r#"<div style="width:300px;height:250px;background:url(a.png)"></div>"#,
    r#"<div class="ad"><p>My grandfather drew this ad in 1954; here is what it says about the company he worked for and the way he lived, in his own words.</p></div>"#,
    r#"<p>{% adsense %}</p>"#,
    r#"<p>{{ site.adsense }}</p>"#,
    r#"<p>&lt;ins class="adsbygoogle"&gt;&lt;/ins&gt;</p>"#,
    r#"<pre>&lt;ins class="adsbygoogle"&gt;</pre>"#,
    r#"<pre><code><ins class="adsbygoogle"></ins></code></pre>"#,
    r#"<textarea><script src="//pagead2.googlesyndication.com/pagead/show_ads.js"></script></textarea>"#,
    r#"<div class="highlight"><pre><span>googletag.cmd.push</span></pre></div>"#,
    r#"<span class="sponsored">My sponsor is great</span>"#,
    r#"<a href="https://github.com/sponsors/me"><img src="https://img.shields.io/badge/sponsor-me.svg"></a>"#,
    r#"<script async src="//busuanzi.ibruce.info/busuanzi/2.3/busuanzi.pure.mini.js"></script>"#,
    r#"<script src="https://utteranc.es/client.js"></script>"#,
    r#"<script src="https://giscus.app/client.js"></script>"#,
    r#"<div id="disqus_thread"></div>"#,
    r#"<blockquote class="twitter-tweet"><p>ad</p></blockquote><script async src="https://platform.twitter.com/widgets.js"></script>"#,
    r##"<div class="demo" id="ad-demo"></div><script>document.querySelector("#ad-demo").innerHTML = "hi";</script>"##,
    r#"<div class="ad-example"></div><style>.ad-example { width: 10px }</style>"#,
    r#"<div class="mpu-6050"></div>"#,
    r#"<div class="pr-12"></div>"#,
    r#"<div class="ads1115-wiring"><img src="a.png"></div>"#,
    r#"<div id="adc"></div>"#,
    r#"<div id="ads1115"></div>"#,
    r#"<div class="active-directory ad-ds"><p>Words</p></div>"#,
    r#"<div id="map" style="width:300px;height:250px"></div>"#,
    r#"<div style="width:200px;height:200px" class="chart"></div>"#,
    r#"<div style="width:200px;height:200px;background:red"></div>"#,
    r#"<div style="width: 300px; height: 250px; border: 1px solid"></div>"#,
    r#"<table width="300" height="250"><tr><td>cell</td></tr></table>"#,
    r#"<canvas width="300" height="250"></canvas>"#,
    r#"<div data-ad-free="true"></div>"#,
    r#"<img src="a.jpg" style="display:none">"#,
    r#"<img src="https://count.getloli.com/get/@me?theme=rule34" alt="count">"#,
    r#"<img src="https://hits.seeyoufarm.com/api/count/incr/badge.svg?url=x">"#,
    r#"<img src="https://komarev.com/ghpvc/?username=x">"#,
    r#"<p style="display:none">My own draft note for later</p>"#,
    r#"<span style="color:#fff;background:#000">white on black</span>"#,
    r#"<font color="white">SPOILER: he dies</font>"#,
    "[ads]: https://example.com/ads",
    "[adsense](https://www.google.com/adsense/)",
    "Put [adsense] where the ad shall stand.",
    "    (adsbygoogle = window.adsbygoogle || []).push({});",
    "<pre>(adsbygoogle = window.adsbygoogle || []).push({});</pre>",
    r#"<img src="https://img.shields.io/badge/x-y-green.svg">"#,
    r#"<img src="https://visitor-badge.laobi.icu/badge?page_id=x">"#,
    r#"<img src="https://www.zhihu.com/equation?tex=x">"#,
    r#"<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="1" height="1">"#,
    r#"<img src="https://latex.codecogs.com/gif.latex?x">"#,
    r#"<img width="1" height="300" src="https://example.com/line.png">"#,
    r#"<img src="https://example.com/a.png" width="1" height="100%">"#,
    r#"<img src="https://example.com/hero.jpg" height="1" style="width:100%;height:auto">"#,
    r#"<div style="display:none" id="answer">42</div>"#,
    r#"<div class="hidden">More at https://example.com</div>"#,
    r#"<div style="height:0;overflow:hidden" class="collapse">Steps: see https://example.com</div>"#,
    r#"<span style="visibility:hidden">x</span>"#,
    r#"<span style="opacity:0.6">grey words about example.com</span>"#,
    r#"<p style="font-size:0"><img src="a.png"><img src="b.png"></p>"#,
    r#"<span style="color:#eee">pale words</span>"#,
    r#"<div style="background-color:#333"><p style="color:#fff">read example.com</p></div>"#,
    r#"<table bgcolor="black"><tr><td><font color="white">example.com</font></td></tr></table>"#,
    r#"<p style="color:#fff" class="on-dark">hello</p>"#,
    r#"<style>.x{color:#fff}</style><p class="x">example.com</p>"#,
    r#"<details><summary>S</summary><p>hidden example.com</p></details>"#,
    r#"<a href="https://www.google-analytics.com/">GA</a>"#,
    r#"<a href="https://tongji.baidu.com/web/welcome/login">百度统计</a>"#,
    r#"<script>var data = {"a": 1}; console.log(data);</script>"#,
    r#"<script src="https://cdn.jsdelivr.net/npm/echarts/dist/echarts.min.js"></script>"#,
    r#"<script src="https://polyfill.io/v3/polyfill.min.js"></script>"#,
    r#"<script src="https://cdn.mathjax.org/mathjax/latest/MathJax.js"></script>"#,
    r#"<script src="https://asciinema.org/a/1.js" id="asciicast-1" async></script>"#,
    r#"<script src="https://player.bilibili.com/x.js"></script>"#,
    r#"<script async src="https://www.instagram.com/embed.js"></script>"#,
    r#"<div class="fb-post" data-href="x"></div><script async src="https://connect.facebook.net/en_US/sdk.js"></script>"#,
    r#"<video src="a.mp4" width="320" height="100"></video>"#,
    r#"<object width="468" height="60" data="a.swf"></object>"#,
    r#"<div style="width:300px;height:250px"><canvas></canvas></div>"#,
    r#"<div id="container" style="width:300px;height:250px"></div><script>echarts.init(document.getElementById("container"));</script>"#,
    r#"<p>Our plan: "Advertisement", then content.</p>"#,
    r#"<blockquote>Advertisement</blockquote>"#,
    r#"<p><a href="/ads">Advertisement</a></p>"#,
    r#"<p>Sponsored by my employer.</p>"#,
    r#"<div class="sponsors"><a href="https://a.example"><img src="a.png"></a></div>"#,
    r#"<section id="advertising-your-app"><h2>Advertising your app</h2><p>Words</p></section>"#,
    r#"<h2 id="ads"></h2>"#,
    r#"<a name="ad"></a>"#,
    r#"<a id="ads"></a>"#,
    r#"<span id="advertisements"></span>"#,
    r#"<div id="adsense-setup"><p>How to set AdSense up</p></div>"#,
    r#"<li class="ad">Ads</li>"#,
    r#"<a href="http://shop.example/c"><img src="http://www.lduhtrp.net/image-1-2" width="468" height="60" alt="boots"></a>"#,
    r#"<form action="https://pay.example"><input type="submit"><img src="https://pay.example/scr/pixel.gif" width="1" height="1"></form>"#,
    r#"<code class="ad"></code>"#,
];

/// What reports a reader to somebody.
const COUNTERS: &[&str] = &[
    r#"<noscript><p><img src="https://stats.example.org/matomo.php?idsite=1" alt="" /></p></noscript>"#,
    r#"<noscript><div class="statcounter"><a title="web stats" href="http://statcounter.com/"><img src="//c.statcounter.com/1/0/x/1/" alt="web stats"></a></div></noscript>"#,
    r#"<noscript><img src="https://stats.example.org/matomo.php?idsite=1&amp;rec=1" style="border:0" alt="" /></noscript>"#,
    r#"<noscript><div><img src="https://mc.yandex.ru/watch/123" style="position:absolute; left:-9999px;" alt="" /></div></noscript>"#,
    r#"<img src="https://count.example.com/c?id=7" style="width: 1px; height: 1px; border: 0">"#,
    r#"<img src="http://feeds.feedburner.com/~r/blog/~4/abc" height="1" width="1"/>"#,
    r#"<img src="https://www.google-analytics.com/collect?v=1&tid=UA-1" />"#,
    r#"![](https://ga-beacon.appspot.com/UA-1/x?pixel)"#,
    r#"<img src="//hm.baidu.com/hm.gif?si=x">"#,
    r#"<noscript><img height="1" width="1" style="display:none" src="https://www.facebook.com/tr?id=1&ev=PageView&noscript=1"/></noscript>"#,
    r#"<noscript><iframe src="https://www.googletagmanager.com/ns.html?id=GTM-X" height="0" width="0" style="display:none;visibility:hidden"></iframe></noscript>"#,
    r#"<p><img alt="" border="0" src="https://pixel.wp.com/b.gif?host=x&blog=1" width="1" height="1" /></p>"#,
    r#"<img src="https://b.scorecardresearch.com/p?c1=2" />"#,
    r#"<script>(function(i,s,o,g,r,a,m){i['GoogleAnalyticsObject']=r;i[r]=i[r]||function(){(i[r].q=i[r].q||[]).push(arguments)}})(window,document,'script','//www.google-analytics.com/analytics.js','ga'); ga('create','UA-1'); ga('send','pageview');</script>"#,
    r#"<script async src="https://www.googletagmanager.com/gtag/js?id=UA-1"></script><script>window.dataLayer = window.dataLayer || []; function gtag(){dataLayer.push(arguments);} gtag('js', new Date()); gtag('config', 'UA-1');</script>"#,
    r#"<script type="text/javascript">var gaJsHost = (("https:" == document.location.protocol) ? "https://ssl." : "http://www."); document.write(unescape("%3Cscript src='" + gaJsHost + "google-analytics.com/ga.js' type='text/javascript'%3E%3C/script%3E"));</script><script type="text/javascript">try { var pageTracker = _gat._getTracker("UA-1"); pageTracker._trackPageview(); } catch(err) {}</script>"#,
    r#"<script type="text/javascript" src="http://tajs.qq.com/stats?sId=1" charset="UTF-8"></script>"#,
    r#"<script>var _mtac = {}; (function() { var mta = document.createElement("script"); mta.src = "//pingjs.qq.com/h5/stats.js?v2.0.4"; })();</script>"#,
    r#"<script>var _paq = window._paq || []; _paq.push(['trackPageView']);</script>"#,
    r#"<script defer data-domain="x" src="https://plausible.io/js/script.js"></script>"#,
    r#"<script data-goatcounter="https://x.goatcounter.com/count" async src="//gc.zgo.at/count.js"></script>"#,
    r#"<img src="https://x.us1.list-manage.com/track/open.php?u=1&id=2" height="1" width="1">"#,
    r#"<img src="https://u1.ct.sendgrid.net/wf/open?upn=x" alt="">"#,
    r#"<img src="https://open.convertkit-mail.com/abc" alt="">"#,
    r#"<img src="https://kunyu.csdn.net/1.png?p=530" />"#,
    r#"<img src="https://counter.cnblogs.com/blog/rss/123" alt=""/>"#,
    r#"<img src="http://weblogs.asp.net/aggbug.aspx?PostID=1" />"#,
    r#"<img src="http://www.cnblogs.com/a/aggbug/123.html?type=1" width="1" height="1" alt=""/>"#,
    r#"<div class="blogger-post-footer"><img width='1' height='1' src='https://blogger.googleusercontent.com/tracker/1-2?l=x' alt='' /></div>"#,
    r#"<script language="javascript" type="text/javascript" src="//js.users.51.la/1.js"></script><noscript><a href="//www.51.la/?1" target="_blank"><img alt="51.la" src="//img.users.51.la/1.asp" style="border:none" /></a></noscript>"#,
];

/// What nobody is meant to read.
const HIDDEN: &[&str] = &[
    r#"<div style="position:absolute;clip:rect(0,0,0,0)">buy <a href="http://pills.example">cheap pills</a></div>"#,
    r#"<span style="display:none">example.com</span>"#,
    r#"<div style="position:absolute;left:-9999px"><a href="http://casino.example">casino bonus</a></div>"#,
    r##"<font color="#ffffff">本文来自example.com</font>"##,
    r#"<span style="color:#FFFFFF;font-size:0px;">a8f3 k2</span>"#,
    r#"<p><font class="jammer">9 f8 s- x</font></p>"#,
    r#"<div style="height:1px;overflow:hidden"><a href="http://spam.example/">best loans</a></div>"#,
    r#"<div style="display:none"><a href="http://x.example/">cheap viagra online</a></div>"#,
    r#"<p style="text-indent:-9999px"><a href="http://x.example/">casino</a></p>"#,
    r#"<div style="width:0;height:0;overflow:hidden">visit www.example.com</div>"#,
    r#"<span style="color:transparent">www.example.com</span>"#,
    r#"<span style="font-size:1px;color:#fff">copyright of example.com</span>"#,
];

#[test]
fn counters_and_hidden_text_are_found_by_their_own_rules() {
    let mut wrong = Vec::new();
    for (code, texts) in [("tracking-pixel", COUNTERS), ("hidden-text", HIDDEN)] {
        for text in texts {
            let found = findings(&format!("Words.\n\n{text}\n\nMore.\n"));
            let codes: Vec<&str> = found.iter().map(|finding| finding.code.0).collect();
            if codes.is_empty() || codes.iter().any(|found| *found != code) {
                wrong.push(format!("{text}: {codes:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_ad_of_any_network_goes_as_a_whole() {
    let mut wrong = Vec::new();
    for ad in ADS {
        let mut text = format!("Words.\n\n{ad}\n\nMore.\n");
        for _ in 0..4 {
            let found = findings(&text);
            let Some(fix) = found.iter().find_map(|finding| finding.fixes.first()) else {
                break;
            };
            text = postlint::text::apply(&text, &fix.edits);
        }
        if text != "Words.\n\nMore.\n" {
            wrong.push(format!("{ad}\nleaves\n{text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_counter_takes_the_noscript_that_holds_nothing_else() {
    for inner in [
        "{}",
        "<p>{}</p>",
        "<div><a href=\"http://statcounter.com/\">{}</a></div>",
    ] {
        let counter = inner.replace("{}", r#"<img src="//c.statcounter.com/1/0/x/1/" alt="stats">"#);
        let text = format!("Words.\n\n<noscript>{counter}</noscript>\n\nMore.\n");
        let found = findings(&text);
        assert_eq!(found.len(), 1, "{text} {found:#?}");
        let left = postlint::text::apply(&text, &found[0].fixes[0].edits);
        assert_eq!(left, "Words.\n\nMore.\n", "{text}");
    }
    let text = "<noscript><p>Without scripts, mail me. <img src=\"//c.statcounter.com/1/0/x/1/\"></p></noscript>\n";
    let left = postlint::text::apply(text, &findings(text)[0].fixes[0].edits);
    assert!(left.contains("<noscript><p>Without scripts, mail me."), "{left}");
}

#[test]
fn what_only_looks_like_an_ad_is_left_alone() {
    let mut wrong = Vec::new();
    for text in NO_ADS {
        let found = findings(&format!("Words.\n\n{text}\n\nMore.\n"));
        wrong.extend(
            found
                .iter()
                .map(|finding| format!("{text}: {}", finding.message.english())),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_finding_says_what_gave_the_ad_away() {
    for (text, why) in [
        (
            "<ins class=\"adsbygoogle\"></ins>",
            "Google AdSense: it matches `ins.adsbygoogle`",
        ),
        (
            "<script src=\"https://jsc.mgid.com/a.js\"></script>",
            "it comes from `jsc.mgid.com`",
        ),
        ("<script>var sas_formatid = 1;</script>", "it says `sas_formatid`"),
        (
            "<div class=\"adtop\"></div>",
            "it calls itself `adtop` and shows nothing",
        ),
        (
            "<div style=\"width:728px;height:90px\"></div>",
            "it has the size of an ad, 728×90",
        ),
        (
            "<div id=\"mid\"></div><script>googletag.display(\"mid\");</script>",
            "the ad's script fills `mid`",
        ),
        (
            "<div class=\"ad\" onclick=\"window.open('//adfarm.mediaplex.com/ad/ck/1')\">Learn a language</div>",
            "it calls itself `ad` and leads to `adfarm.mediaplex.com`",
        ),
        ("<p>Advertisement</p>", "announces an ad that is not there"),
    ] {
        let found = findings(&format!("Words.\n\n{text}\n\nMore.\n"));
        assert_eq!(found.len(), 1, "{text} {found:#?}");
        assert!(
            found[0].message.english().contains(why),
            "{}",
            found[0].message.english()
        );
    }
}
