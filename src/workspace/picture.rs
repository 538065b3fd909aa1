//! The measures of pictures, read from their first bytes.

use std::path::Path;

/// A picture on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Width and height in pixels; `None` where the format does not say in a way that is understood (SVG).
    pub pixels: Option<(usize, usize)>,
    /// Size of the file.
    pub bytes: u64,
}

/// The picture at `path`; `None` when there is no such file.
pub fn picture(path: &Path) -> Option<Picture> {
    let meta = std::fs::metadata(path).ok().filter(|meta| meta.is_file())?;
    let pixels = imagesize::size(path).ok();
    Some(Picture {
        pixels: pixels.map(|size| (size.width, size.height)),
        bytes: meta.len(),
    })
}
