//! Inline styles, as far as hiding goes.

use crate::text::lower;
use smallvec::SmallVec;
use std::borrow::Cow;

/// The declarations of a `style` attribute, names and values in lower case; the last of a name counts.
pub(super) struct Style<'t>(SmallVec<[(Cow<'t, str>, Cow<'t, str>); 8]>);

impl<'t> Style<'t> {
    /// Read `text`; what is no declaration is left out.
    pub(super) fn parse(text: &'t str) -> Self {
        let value = |text: &'t str| match text.contains('!') {
            true => Cow::Owned(text.replace("!important", "").trim().to_ascii_lowercase()),
            false => lower(text.trim()),
        };
        let parts = text.split(';').filter_map(|part| part.split_once(':'));
        Self(parts.map(|(name, text)| (lower(name.trim()), value(text))).collect())
    }

    /// The value of `name`.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .rev()
            .find(|(other, _)| other == name)
            .map(|(_, value)| &**value)
    }

    fn pixels(&self, name: &str) -> Option<f32> {
        pixels(self.get(name)?)
    }

    /// A letter of at most one pixel.
    pub(super) fn is_tiny(&self) -> bool {
        self.pixels("font-size").is_some_and(|size| (0.0..=1.0).contains(&size))
    }

    /// Moved out of the window by 900 pixels or more.
    pub(super) fn is_off_screen(&self) -> bool {
        let far = |name: &str| self.pixels(name).is_some_and(|at| at <= -900.0);
        let moved = matches!(self.get("position"), Some("absolute" | "fixed"));
        let placed = moved && (self.is_clipped() || ["left", "top", "right", "bottom"].into_iter().any(far));
        placed || far("text-indent") || far("margin-left")
    }

    /// Cut down to a pixel or less, as `clip: rect(0 0 0 0)` does.
    fn is_clipped(&self) -> bool {
        let Some(sides) = self.get("clip").and_then(|value| value.strip_prefix("rect(")) else {
            return false;
        };
        sides
            .trim_end_matches(')')
            .split([',', ' '])
            .filter(|side| !side.is_empty())
            .all(|side| pixels(side).is_some_and(|at| (0.0..=1.0).contains(&at)))
    }

    /// A box of at most one pixel that cuts off the rest, and no frame for a player (those have a padding).
    pub(super) fn is_closed_box(&self) -> bool {
        let small = |name: &str| self.pixels(name).is_some_and(|size| (0.0..=1.0).contains(&size));
        let cut = matches!(self.get("overflow"), Some("hidden" | "auto" | "scroll"));
        let padded = self.0.iter().any(|(name, _)| name.starts_with("padding"));
        cut && !padded && (small("height") || small("width") || small("max-height"))
    }

    /// Not shown at all.
    pub(super) fn is_not_shown(&self) -> bool {
        self.get("display") == Some("none")
            || self.get("visibility") == Some("hidden")
            || self
                .get("opacity")
                .and_then(|value| value.parse::<f32>().ok())
                .is_some_and(|value| value == 0.0)
    }
}

/// A length in pixels, a letter of 16 pixels assumed for relative units; `None` when it is no length.
fn pixels(value: &str) -> Option<f32> {
    let split = value
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')))
        .unwrap_or(value.len());
    let (number, unit) = value.split_at(split);
    let number: f32 = number.parse().ok()?;
    let factor = match unit.trim() {
        "" | "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "em" | "rem" | "ex" | "ch" => 16.0,
        "%" => 0.16,
        _ => return None,
    };
    Some(number * factor)
}

#[cfg(test)]
mod tests {
    use super::Style;

    #[test]
    fn numbers_are_read_as_numbers() {
        assert!(Style::parse("font-size: 0").is_tiny());
        assert!(Style::parse("FONT-SIZE:0px !important").is_tiny());
        assert!(!Style::parse("font-size:0.8em").is_tiny());
        assert!(Style::parse("position:absolute; left:-9999px").is_off_screen());
        assert!(!Style::parse("left:-9999px").is_off_screen());
        assert!(Style::parse("position:absolute;clip:rect(1px, 1px, 1px, 1px)").is_off_screen());
        assert!(!Style::parse("position:absolute;clip:rect(0,200px,200px,0)").is_off_screen());
        assert!(!Style::parse("clip:rect(0,0,0,0)").is_off_screen());
        assert!(!Style::parse("height:0;padding-bottom:56.25%;overflow:hidden").is_closed_box());
        assert!(!Style::parse("opacity:0.8").is_not_shown());
    }
}
