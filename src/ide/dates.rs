//! Dates to write: now, in the site's zone and in the house style of the blog.

use super::completion::Proposal;
use super::spot::Spot;
use super::{Checked, made, values};
use crate::generator::Generator;
use crate::generator::date::{offset_at, wall, zone};
use crate::say;

/// Now, written as the blog writes its dates; nothing where the time is not known.
pub fn proposals(checked: &Checked, spot: &Spot) -> Vec<Proposal> {
    let Some(now) = checked.stage.config.now else {
        return Vec::new();
    };
    let zone = made::site_zone(checked);
    let style = house_style(checked);
    let whole = written(&style, now, &zone);
    let mut texts = vec![whole.clone()];
    texts.extend(whole.get(..10).filter(|day| *day != whole).map(str::to_owned));
    texts
        .into_iter()
        .map(|text| values::raw(spot, text.clone(), text, say!("now in {zone}", zone)))
        .collect()
}

/// The date of the newest post that has one in a style that is understood, else what the generator itself writes.
pub fn house_style(checked: &Checked) -> String {
    let posts = checked.stage.site().into_iter().flat_map(|site| site.posts.newest());
    let newest = posts
        .filter(|post| *post.path != *checked.post.path)
        .filter_map(|post| post.habits.date.as_deref())
        .find(|given| is_understood(given));
    let default = match checked.generator() {
        Generator::Hexo => "2006-01-02 15:04:05",
        Generator::Jekyll => "2006-01-02 15:04:05 +0000",
        Generator::Hugo => "2006-01-02T15:04:05+00:00",
    };
    newest.unwrap_or(default).to_owned()
}

fn is_understood(given: &str) -> bool {
    let shape: String = given
        .chars()
        .map(|character| if character.is_ascii_digit() { '0' } else { character })
        .collect();
    let day = shape.get(..10);
    matches!(day, Some("0000-00-00" | "0000/00/00"))
        && matches!(
            shape.get(10..),
            Some("" | " 00:00" | " 00:00:00" | "T00:00:00" | "T00:00" | "T00:00:00Z")
                | Some("T00:00:00+00:00" | "T00:00:00-00:00" | "T00:00:00.000Z")
                | Some(" 00:00:00 +0000" | " 00:00:00 -0000" | " 00:00:00 +00:00" | " 00:00 +0000")
        )
}

/// `instant` in the zone named `zone`, written like `style`.
pub fn written(style: &str, instant: i64, zone_name: &str) -> String {
    let zone = zone(zone_name);
    let is_utc = style.ends_with('Z');
    let ahead = if is_utc { 0 } else { offset_at(instant, &zone) / 60_000 };
    let clock = if is_utc {
        crate::generator::date::Civil::from_utc(instant)
    } else {
        wall(instant, &zone)
    };
    let slash = if style.contains('/') { '/' } else { '-' };
    let mut out = format!("{:04}{slash}{:02}{slash}{:02}", clock.year, clock.month, clock.day);
    let rest = style.get(10..).unwrap_or_default();
    let Some(between) = rest.chars().next() else {
        return out;
    };
    out.push_str(&format!("{between}{:02}:{:02}", clock.hour, clock.minute));
    let time = rest.get(1..).unwrap_or_default();
    if time.get(5..).is_some_and(|rest| rest.starts_with(':')) {
        out.push_str(&format!(":{:02}", clock.second));
    }
    if time.contains('.') {
        out.push_str(".000");
    }
    if is_utc {
        out.push('Z');
    } else if let Some(at) = time.rfind(['+', '-']) {
        let (blank, colon) = (time.get(..at).is_some_and(|time| time.ends_with(' ')), time.get(at..));
        let sign = if ahead < 0 { '-' } else { '+' };
        let colon = if colon.is_some_and(|zone| zone.contains(':')) {
            ":"
        } else {
            ""
        };
        let (hours, minutes) = (ahead.abs() / 60, ahead.abs() % 60);
        out.push_str(&format!(
            "{}{sign}{hours:02}{colon}{minutes:02}",
            if blank { " " } else { "" }
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{is_understood, written};

    #[test]
    fn a_date_is_written_like_its_model() {
        // 2023-05-02T12:15:09Z
        let instant = 1_683_029_709_000;
        for (style, expected) in [
            ("2020-01-01", "2023-05-02"),
            ("2020/01/01 00:00", "2023/05/02 20:15"),
            ("2020-01-01 00:00:00", "2023-05-02 20:15:09"),
            ("2020-01-01T00:00:00Z", "2023-05-02T12:15:09Z"),
            ("2020-01-01T00:00:00.000Z", "2023-05-02T12:15:09.000Z"),
            ("2020-01-01T00:00:00+00:00", "2023-05-02T20:15:09+08:00"),
            ("2020-01-01 00:00:00 -0000", "2023-05-02 20:15:09 +0800"),
        ] {
            assert!(is_understood(style));
            assert_eq!(written(style, instant, "Asia/Shanghai"), expected);
        }
        assert!(!is_understood("May 2, 2023"));
    }
}
