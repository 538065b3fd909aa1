//! Words that stand beside an ad and mean nothing without it: "Advertisement" in some language, a page's notice of one.

use crate::rule::Lines;
use regex::Regex;
use std::sync::LazyLock;

/// What holds both cases already stands outside of `(?i)`, here and below: working that out would take most of the time of compiling.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)^(?-i:[\s\p{P}\p{S}]*)(
            (advertise?ments?|advertising|ads?|sponsored(\s(links?|content|post|stor(y|ies)))?|ad\s?choices|paid\s(content|post))
          | (promoted|sponsored|powered|provided|ads?|advertisements?|anzeigen?)\s(by|from|von)\s([0-9A-Za-z_.\-]|(?-i:[\x{80}-\x{10ffff}])){2,30}
          | ads?\s(feedback|info|options) | (hide|close|skip|report|remove|why)\s(this\s)?(ad|advertisement)s?
          | inread\sinvented\sby\steads | learn\smore\sabout\sadchoices | loading\.{0,3}
          | publicidad | publicidade | publicité | pub | werbung | anzeigen? | pubblicità | annuncio | реклама | reklama | reklam | reklame
          | advertentie | annons | annonse | annonce | mainos | hirdetés | iklan | quảng\scáo | โฆษณา | إعلان | διαφήμιση
          | 广告 | 廣告 | 推广 | 赞助商?链接 | スポンサー(ド)?リンク | 広告 | pr | 광고
        )(?-i:[\s\p{P}\p{S}]*)$",
    )
    .expect("a constant pattern")
});

/// What only a page says about an ad of its own; it means nothing where the ad is gone.
static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)^(?-i:[\s\p{P}\p{S}]*)(
            advertisements? | advertisement\W+continue\sreading(\sbelow)?
          | ((this|the)\s)?(story|article|content|post|video)\s(continues|resumes)\s(below|after)(\s(the|this))?\s(ads?|advertisements?)
          | continue\sreading(\s(this|the|below|after)){0,3}\s(ads?|advertisements?)
          | (keep\sreading|read\smore|scroll(\sdown)?(\sto\scontinue)?)\s(below|after|under)\s(the\s|this\s)?(ads?|advertisements?)
          | (the\s)?(ads?|advertisement)\sbelow\W+(story|article)\scontinues
          | スポンサー(ド)?リンク | 広告の下に記事の続きがあります | 文章来源：广告 | 廣告\W+請繼續往下閱讀 | 广告\W+请继续往下阅读
          | continua\s(a\sler\s)?após\sa?\s?publicidade | (el\s)?artículo\scontinúa\s(tras|después\sde)\sla\spublicidad
          | (la\ssuite|l.article\scontinue)\saprès\s(la|cette)\spublicité | nach\sder\swerbung\sweiterlesen
        )(?-i:[\s\p{P}\p{S}]*)$",
    )
    .expect("a constant pattern")
});

/// Whether `text` is nothing but the word "Advertisement" in some language, or what stands beside it.
pub fn is_label(text: &str) -> bool {
    speaks_of_ads(text) && (LABEL.is_match(text) || NOTICE.is_match(text))
}

/// Whether `text` is nothing but a page's notice of an ad of its own.
pub fn is_notice(text: &str) -> bool {
    let is_notice = speaks_of_ads(text) && NOTICE.is_match(text);
    debug_assert!(!is_notice || text.lines().any(may_notice), "no line of `{text}` tells");
    is_notice
}

/// Lines of a text of which `is_notice` may be true.
pub static NOTICES: Lines = Lines {
    reach: LONGEST_NOTICE,
    in_elements: true,
    touch: may_notice,
};

/// Whether `line` holds what stands in every [`NOTICE`], on one line of it.
fn may_notice(line: &str) -> bool {
    let bytes = line.as_bytes();
    let starts = |at: usize, word: &str| {
        let start = bytes.get(at..at + word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
    };
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let is_ad = |at: usize| {
        let end = at + 2;
        let is_word = |end: usize| !is_letter(end);
        starts(at, "ad") && (is_word(end) || starts(end, "vert") || starts(end, "s") && is_word(end + 1))
    };
    let told = |(at, byte): (usize, &u8)| match byte | 0x20 {
        b'a' => (at == 0 || !is_letter(at - 1)) && is_ad(at),
        b'p' => starts(at, "publici"),
        b'w' => starts(at, "werbung"),
        _ => false,
    };
    bytes.iter().enumerate().any(told) || (!line.is_ascii() && (line.contains('告') || line.contains("スポンサ")))
}

/// The most bytes that a notice has.
pub const LONGEST_NOTICE: usize = 128;

/// Beginnings of words, ASCII, one of which stands in nearly all of them.
const BEGINNINGS: [&str; 19] = [
    "ad", "annonce", "annons", "annunc", "anzeige", "hirdet", "iklan", "inread", "loading", "mainos", "paid",
    "powered", "pr", "promoted", "provided", "pub", "reklam", "sponsor", "werbung",
];
/// Characters beyond ASCII one of which stands in each of the others: 広告, 推广, 赞助, スポンサー, 광고, โฆษณา, إعلان, διαφήμιση, реклама,
/// quảng cáo.
fn stands_elsewhere(c: char) -> bool {
    matches!(
        c,
        '告' | '推' | '赞' | 'ス' | '광' | 'โ' | 'إ' | 'φ' | 'Φ' | 'р' | 'Р' | 'ả' | 'Ả' | '广'
    )
}

/// The first characters of those that do not begin with one of ASCII, and what is `s` or `k` to a pattern that takes no heed of case.
fn begins_beyond_ascii(c: char) -> bool {
    matches!(
        c,
        '广' | '廣'
            | '広'
            | '推'
            | '赞'
            | 'ス'
            | '광'
            | 'โ'
            | 'إ'
            | 'δ'
            | 'Δ'
            | 'р'
            | 'Р'
            | '文'
            | '\u{17f}'
            | '\u{212a}'
    )
}

/// Beginnings of the first words, ASCII and in lower case, of all of them that do not begin beyond ASCII.
const FIRSTS: [&str; 44] = [
    "ad",
    "annonce",
    "annons",
    "annunc",
    "anzeige",
    "article",
    "art\u{ed}culo",
    "art\u{cd}culo",
    "close",
    "content",
    "continu",
    "el",
    "hide",
    "hirdet",
    "iklan",
    "inread",
    "keep",
    "l'",
    "l\u{2019}",
    "la",
    "learn",
    "loading",
    "mainos",
    "nach",
    "paid",
    "post",
    "powered",
    "pr",
    "pub",
    "qu",
    "read",
    "reklam",
    "reclam",
    "remove",
    "report",
    "scroll",
    "skip",
    "sponsor",
    "story",
    "the",
    "this",
    "video",
    "werbung",
    "why",
];

/// For each letter that one of [`FIRSTS`] begins with, a bit for each that may follow.
const SECONDS: [u32; 26] = {
    let mut seconds = [0; 26];
    let mut at = 0;
    while at < FIRSTS.len() {
        let first = FIRSTS[at].as_bytes();
        if first[1].is_ascii_lowercase() {
            seconds[(first[0] - b'a') as usize] |= 1 << (first[1] - b'a');
        }
        at += 1;
    }
    seconds
};

/// Whether the first word of `text` is one that some of them begin with: hardly a text needs more than this look.
fn may_begin(text: &str) -> bool {
    let Some(at) = text.find(char::is_alphanumeric) else {
        return false;
    };
    let word = &text.as_bytes()[at..];
    let letter = |at: usize| {
        let byte = word.get(at).map_or(b' ', u8::to_ascii_lowercase);
        byte.is_ascii_lowercase().then(|| byte - b'a')
    };
    let is_possible = match (letter(0), letter(1)) {
        (Some(first), Some(second)) => SECONDS[usize::from(first)] & (1 << second) != 0,
        // `l'article`.
        (Some(first), None) => first == b'l' - b'a',
        (None, _) => return text[at..].starts_with(begins_beyond_ascii),
    };
    is_possible
        && FIRSTS.iter().any(|first| {
            let start = word.get(..first.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(first.as_bytes()))
        })
}

/// Whether something stands in `text` without which it is neither: most texts have none of it, and so most posts need no pattern,
/// which takes longer to compile than such a post to check.
fn speaks_of_ads(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |at: usize| {
        let is_one = |beginning: &&str| {
            let start = bytes.get(at..at + beginning.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(beginning.as_bytes()))
        };
        BEGINNINGS.iter().any(is_one)
    };
    let mut in_word = false;
    let mut starts = bytes.iter().enumerate().filter(|&(_, &byte)| {
        let is_start = !in_word
            && matches!(
                byte | 0x20,
                b'a' | b'h' | b'i' | b'l' | b'm' | b'p' | b'r' | b's' | b'w'
            );
        in_word = byte.is_ascii_alphabetic();
        is_start
    });
    bytes.len() <= 120
        && may_begin(text)
        && (starts.any(|(at, _)| begins(at)) || (!text.is_ascii() && text.contains(stands_elsewhere)))
}

#[cfg(test)]
mod tests {
    use super::{LABEL, NOTICE, is_label, is_notice};

    /// A text that is not spoken of would never be asked about.
    #[test]
    fn every_alternative_is_reached() {
        let labels = [
            "Advertisement",
            "advertising",
            "ADS",
            "Sponsored",
            "sponsored links",
            "sponsored stories",
            "Ad choices",
            "paid content",
            "paid post",
            "promoted by Taboola",
            "Powered by Revcontent",
            "provided by x.com",
            "anzeige von Google",
            "Ad feedback",
            "ads info",
            "Hide this ad",
            "close ad",
            "skip ads",
            "report this ad",
            "remove ads",
            "why this ad",
            "inRead invented by Teads",
            "Learn more about AdChoices",
            "Loading...",
            "publicidad",
            "Publicidade",
            "PUBLICITÉ",
            "pub",
            "Werbung",
            "Anzeigen",
            "pubblicità",
            "annuncio",
            "реклама",
            "РЕКЛАМА",
            "reklama",
            "Reklam",
            "reklame",
            "advertentie",
            "annons",
            "annonse",
            "annonce",
            "mainos",
            "hirdetés",
            "iklan",
            "Quảng cáo",
            "โฆษณา",
            "إعلان",
            "Διαφήμιση",
            "广告",
            "— 廣告 —",
            "推广",
            "赞助链接",
            "赞助商链接",
            "スポンサーリンク",
            "スポンサードリンク",
            "[広告]",
            "PR",
            "광고",
        ];
        for label in labels {
            assert!(LABEL.is_match(label) && is_label(label), "{label}");
        }
        let notices = [
            "advertisements",
            "Advertisement - continue reading below",
            "This story continues below the ad",
            "video resumes after ads",
            "Continue reading this below advertisement",
            "Keep reading below the ad",
            "read more after this ad",
            "Scroll down to continue under ads",
            "The ad below: story continues",
            "スポンサーリンク",
            "広告の下に記事の続きがあります",
            "文章来源：广告",
            "廣告 請繼續往下閱讀",
            "广告，请继续往下阅读",
            "continua a ler após a publicidade",
            "el artículo continúa tras la publicidad",
            "la suite après cette publicité",
            "l'article continue après la publicité",
            "nach der Werbung weiterlesen",
        ];
        for notice in notices {
            assert!(
                NOTICE.is_match(notice) && is_notice(notice) && is_label(notice),
                "{notice}"
            );
        }
        assert!(!is_label("I read about roads") && !is_notice("an ad for tea, and more"));
    }
}
