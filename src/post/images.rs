//! The images of a post: those its front matter names, and those its body shows.

use super::front_matter::{Entry, Node, Value};
use super::html::NodeId;
use super::markdown::LinkKind;
use super::{Post, notation};
use crate::text::TextRange;

/// One image.
#[derive(Clone, Debug)]
pub struct Image<'a> {
    /// The address with quotes, escapes and entities undone, as written otherwise.
    pub url: &'a str,
    /// The bytes of the address when they are exactly `url`; `None` where an edit inside would need escapes.
    pub bytes: Option<TextRange>,
    /// Where to point at: the address, or the whole of the value where that is not to be told.
    pub range: TextRange,
    /// Who names it.
    pub place: Place<'a>,
}

/// Where an image is named.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// In the front matter.
    Field(Field<'a>),
    /// In the `src` of an `<img>`.
    Html(NodeId),
    /// By `![…](…)`.
    Markdown,
}

/// An image value of the front matter.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// The top-level key.
    pub key: &'a str,
    /// The value: a scalar.
    pub node: &'a Node,
}

/// Top-level keys that hold an image in Hexo's, Jekyll's and Hugo's well-known themes, in lower case without `_` and `-`:
/// Butterfly and AnZhiYu (`cover`, `top_img`), Icarus and Fluid (`thumbnail`, `banner_img`, `index_img`), NexT and Hexo
/// itself (`photos`), Stellar (`headimg`, `banner`, `poster`), Minimal Mistakes and Chirpy (`image`, `header`), PaperMod
/// and LoveIt (`cover`, `images`, `featuredImage`). Sorted.
const KEYS: [&str; 44] = [
    "avatar",
    "background",
    "backgroundimage",
    "banner",
    "bannerimage",
    "bannerimg",
    "bg",
    "cover",
    "coverimage",
    "coverimageurl",
    "coverimg",
    "covers",
    "featimg",
    "featuredimage",
    "featuredimagepreview",
    "featuredimg",
    "featureimage",
    "featureimg",
    "gallery",
    "headerimage",
    "headerimg",
    "headimage",
    "headimg",
    "heroimage",
    "image",
    "images",
    "imageurl",
    "img",
    "imgs",
    "indeximg",
    "largeimage",
    "ogimage",
    "photo",
    "photos",
    "pic",
    "picture",
    "poster",
    "postimage",
    "postimg",
    "preview",
    "socialimage",
    "thumb",
    "thumbnail",
    "topimg",
];

/// Keys of a map that hold the image when the map stands under an image key (`image: {path: …}`, `header: {teaser: …}`).
const NESTED: [&str; 13] = [
    "image",
    "img",
    "path",
    "src",
    "url",
    "teaser",
    "overlayimage",
    "ogimage",
    "feature",
    "thumbnail",
    "thumb",
    "cover",
    "lg",
];

/// Whether a top-level key names an image.
pub fn is_image_key(key: &str) -> bool {
    // Every key of every post is asked about, several times: most are told by their ends.
    let letter = |byte: Option<&u8>| {
        byte.map(u8::to_ascii_lowercase)
            .filter(u8::is_ascii_lowercase)
            .map(|byte| usize::from(byte - b'a'))
    };
    let key_bytes = key.as_bytes();
    if let (Some(first), Some(last)) = (letter(key_bytes.first()), letter(key_bytes.last()))
        && ENDS[first] & (1 << last) == 0
    {
        return false;
    }
    let mut letters = [0; LONGEST];
    let mut length = 0;
    for byte in key.bytes().filter(|byte| !matches!(byte, b'_' | b'-')) {
        let Some(letter) = letters.get_mut(length) else {
            return false;
        };
        *letter = byte.to_ascii_lowercase();
        length += 1;
    }
    KEYS.binary_search_by_key(&&letters[..length], |key| key.as_bytes())
        .is_ok()
}

/// For each letter that one of [`KEYS`] may begin with, a bit for each that it may then end with.
const ENDS: [u32; 26] = {
    let mut ends = [0; 26];
    let mut at = 0;
    while at < KEYS.len() {
        let key = KEYS[at].as_bytes();
        ends[(key[0] - b'a') as usize] |= 1 << (key[key.len() - 1] - b'a');
        at += 1;
    }
    ends
};

/// Bytes of the longest of [`KEYS`].
const LONGEST: usize = 20;

fn folded(key: &str) -> String {
    key.chars()
        .filter(|character| !matches!(character, '_' | '-'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The scalars of the front matter that name images, in order.
pub fn fields(post: &Post) -> Vec<Field<'_>> {
    let mut out = Vec::new();
    if post.front_matter.error.is_some() {
        return out;
    }
    for entry in post.front_matter.entries() {
        let Some(key) = entry.name() else { continue };
        let is_map = matches!(entry.value.value, Value::Map(_));
        if is_image_key(key) || (is_map && folded(key) == "header") {
            collect(key, &entry.value, &mut out);
        }
    }
    out
}

fn collect<'a>(key: &'a str, node: &'a Node, out: &mut Vec<Field<'a>>) {
    match &node.value {
        Value::Scalar(_) => out.push(Field { key, node }),
        Value::List(items) => {
            for item in items {
                match &item.value {
                    Value::Scalar(_) => out.push(Field { key, node: item }),
                    Value::Map(entries) => nested(key, entries, out),
                    Value::List(_) => {}
                }
            }
        }
        Value::Map(entries) => nested(key, entries, out),
    }
}

fn nested<'a>(key: &'a str, entries: &'a [Entry], out: &mut Vec<Field<'a>>) {
    for entry in entries {
        let named = entry.name().is_some_and(|name| NESTED.contains(&folded(name).as_str()));
        if named && entry.value.scalar().is_some() {
            out.push(Field {
                key,
                node: &entry.value,
            });
        }
    }
}

/// Every image of the post: front matter first, then the body's HTML, then its Markdown; each group in order.
pub fn all(post: &Post) -> Vec<Image<'_>> {
    let mut out = of_fields(post);
    out.extend(of_body(post));
    out
}

/// Those of the front matter.
pub fn of_fields(post: &Post) -> Vec<Image<'_>> {
    let fields = fields(post).into_iter();
    fields.filter_map(|field| of_field(post, field)).collect()
}

/// Those of the body.
pub fn of_body(post: &Post) -> Vec<Image<'_>> {
    let mut out = Vec::new();
    out.extend(post.html.elements().filter_map(|(id, element)| {
        (&*element.name == "img").then_some(())?;
        let attribute = element.attributes.iter().find(|attribute| &*attribute.name == "src")?;
        let url = attribute.value.as_deref()?;
        let written = post.text().get(attribute.value_range.as_range())?;
        Some(Image {
            url,
            bytes: (written == url).then_some(attribute.value_range),
            range: attribute.value_range,
            place: Place::Html(id),
        })
    }));
    out.extend(post.markdown.links.iter().filter_map(|link| {
        (link.kind == LinkKind::Image).then_some(())?;
        let written = link.target.and_then(|target| post.text().get(target.as_range()));
        Some(Image {
            url: &link.url,
            bytes: link.target.filter(|_| written == Some(&*link.url)),
            range: link.target.unwrap_or(link.range),
            place: Place::Markdown,
        })
    }));
    out
}

fn of_field<'a>(post: &'a Post, field: Field<'a>) -> Option<Image<'a>> {
    let scalar = field.node.scalar()?;
    if scalar.is_null() || scalar.text.is_empty() {
        return None;
    }
    let bytes = notation::verbatim(&post.source, field.node);
    Some(Image {
        url: &scalar.text,
        bytes,
        range: bytes.unwrap_or(field.node.range),
        place: Place::Field(field),
    })
}

#[cfg(test)]
mod tests {
    use super::{KEYS, LONGEST, folded, is_image_key};

    #[test]
    fn keys_are_folded_and_sorted() {
        assert!(KEYS.is_sorted());
        assert!(KEYS.iter().all(|key| folded(key) == *key && key.len() <= LONGEST));
        assert!(
            KEYS.iter()
                .all(|key| is_image_key(key) && is_image_key(&format!("_{key}-")))
        );
        assert!(is_image_key("Featured_Image-Preview") && !is_image_key("date") && !is_image_key(""));
    }
}
