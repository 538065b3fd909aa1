//! Colours and their contrast.

/// The contrast by WCAG 2 (1 to 21) of text in `colour` on a page of the colour `page` (red, green, blue), transparency
/// counted in; `None` when it is no colour or depends on what is around.
pub(super) fn contrast(colour: &str, page: [u8; 3]) -> Option<f32> {
    let colour = colour.trim().trim_end_matches("!important").trim();
    let bare = colour.len() == 6 && colour.bytes().all(|byte| byte.is_ascii_hexdigit());
    let colour = if bare {
        csscolorparser::parse(&format!("#{colour}"))
    } else {
        csscolorparser::parse(colour)
    }
    .ok()?;
    let page = page.map(|channel| f32::from(channel) / 255.0);
    let on_page = |value: f32, page: f32| value * colour.a + page * (1.0 - colour.a);
    let text = luminance([
        on_page(colour.r, page[0]),
        on_page(colour.g, page[1]),
        on_page(colour.b, page[2]),
    ]);
    let (lighter, darker) = (text.max(luminance(page)), text.min(luminance(page)));
    Some((lighter + 0.05) / (darker + 0.05))
}

/// Relative luminance by WCAG 2 of red, green and blue, each 0 to 1.
fn luminance(channels: [f32; 3]) -> f32 {
    let [red, green, blue] = channels.map(|value| {
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::contrast;

    #[test]
    fn contrast_is_wcag() {
        let close = |colour: &str, wanted: f32| {
            let got = contrast(colour, [255; 3]).unwrap_or(0.0);
            assert!((got - wanted).abs() < 0.02, "{colour}: {got}");
        };
        close("#000", 21.0);
        close("white", 1.0);
        close("#F8F8F8", 1.06);
        close("F8F8F8", 1.06);
        close("rgb(255, 0, 0)", 4.0);
        close("hsl(0, 0%, 100%)", 1.0);
        close("rgba(0,0,0,0)", 1.0);
        assert_eq!(contrast("inherit", [255; 3]), None);
        let dark = contrast("#222", [0x22; 3]).unwrap_or(0.0);
        assert!((dark - 1.0).abs() < 0.01, "dark on dark: {dark}");
    }
}
