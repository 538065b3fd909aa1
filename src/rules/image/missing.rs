//! `image-missing`: a local image that the site does not have.

use crate::diagnostic::Fix;
use crate::post::address;
use crate::post::images::Image;
use crate::rule::{Context, Reporter};
use crate::site::assets;
use crate::text::Edit;
use crate::{rule, say};

rule! {
    /// A local image that the site does not have.
    ///
    /// # Why
    ///
    /// The generator copies what is there and says nothing about what is not; the reader sees a broken picture. An address is
    /// looked for where the generator takes it from: below `source/` in Hexo, the root in Jekyll, `static/` and
    /// `assets/` in Hugo, beside the post, in its asset folder, and in themes. A name that differs only in capitals works on
    /// Windows and macOS and fails on the server. postlint speaks only where it knows the directory; pictures
    /// that another program puts there at build time are somebody else's.
    ///
    /// # Examples
    ///
    /// ```markdown,bad assets=source/images/rain.jpg,source/images/cup.jpg
    /// ---
    /// title: Tea
    /// cover: /images/Rain.jpg
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Tea
    /// cover: /images/rain.jpg
    /// ---
    /// ```
    ///
    /// ```markdown,bad assets=source/images/rain.jpg
    /// ![](/images/storm.jpg)
    /// ```
    ///
    /// ```markdown,good assets=source/images/rain.jpg,source/_posts/example/cup.jpg
    /// ---
    /// title: Tea
    /// cover: /images/rain.jpg
    /// ---
    ///
    /// ![](cup.jpg) ![](/blog/images/rain.jpg) ![](/elsewhere/pot.jpg)
    /// ```
    "image-missing", Error, On, check, COVERS | MARKUP | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let Some(site) = context.site else { return };
    let Some(files) = &site.assets else { return };
    let images = context.images();
    if images.iter().all(|image| local_path(image.url).is_none()) {
        return;
    }
    let roots = assets::roots(site, context.generator(), files);
    for image in images {
        let Some(path) = local_path(image.url) else { continue };
        let Some(directories) = assets::known_directories(&roots, &path, files) else {
            continue;
        };
        let near = assets::nearest(&directories, &path, files);
        let is_case = near
            .as_deref()
            .is_some_and(|near| near.eq_ignore_ascii_case(assets::file_name(&path)));
        let message = match &near {
            Some(near) if is_case => {
                say!(
                    "the site has `{near}`, not `{path}`; on the server they differ, and readers see no picture",
                    near,
                    path = assets::file_name(&path)
                )
            }
            _ => say!("the site has no `{path}`; readers see a broken picture", path),
        };
        let finding = reporter.report(image.range, message);
        if let Some((near, edit)) = near.and_then(|near| Some((near.clone(), edit(image, &near)?))) {
            finding.fix(Fix::risky(say!("Name `{near}`", near), vec![edit]));
        }
    }
}

/// The path from the site's root (`/images/a.png`), decoded, without query; `None` for all else. A path that depends on the
/// page it stands on is not looked at: only the asset folder's plugins know where it leads.
fn local_path(url: &str) -> Option<String> {
    let is_rooted = url.starts_with('/') && !url.starts_with("//");
    if !is_rooted || url.contains("{{") || url.contains("{%") || !address::is_image_file(url) {
        return None;
    }
    let path = address::percent_decoded(address::without_query(url));
    (!path.contains("//") && !path.split('/').any(|segment| segment == "..")).then_some(path)
}

/// Replaces the file name at the end of the path.
fn edit(image: &Image<'_>, near: &str) -> Option<Edit> {
    let bytes = image.bytes?;
    let path = address::without_query(image.url);
    let start = path.rfind('/')? + 1;
    let is_plain = near
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte) || !byte.is_ascii());
    is_plain.then(|| Edit::replace((bytes.start + start..bytes.start + path.len()).into(), near))
}
