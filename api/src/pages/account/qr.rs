//! A QR code as a drawing within the page: nothing is fetched for it, and nothing else ever sees what it says.

use qrcode::{Color, QrCode};

/// A QR code: how many modules wide, its quiet margin included, and the outline of the dark ones.
pub struct Qr {
    /// Width and height.
    pub size: usize,
    /// An SVG path.
    pub path: String,
}

/// The light margin that readers ask for, in modules.
const MARGIN: usize = 4;

impl Qr {
    /// Draws this text, if it is short enough to be drawn.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::new(text).ok()?;
        let width = code.width();
        let mut path = String::new();
        for (at, color) in code.into_colors().into_iter().enumerate() {
            if color == Color::Dark {
                let (x, y) = (at % width + MARGIN, at / width + MARGIN);
                path.extend(["M", &x.to_string(), " ", &y.to_string(), "h1v1h-1z"]);
            }
        }
        Some(Self { size: width + 2 * MARGIN, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_drawn_within_its_margin_and_one_too_long_is_not() {
        let drawn = Qr::of("otpauth://totp/Filet:x?secret=AAAA");
        assert!(drawn.is_some_and(|qr| qr.size >= 29 && qr.path.starts_with("M4 4h1")));
        assert!(Qr::of(&"a".repeat(4_000)).is_none());
    }
}
