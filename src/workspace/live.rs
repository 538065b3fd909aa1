//! Keeps what is known of sites fresh while their files change, file by file.

use super::sites::SiteRoot;
use super::{Candidate, Workspace, classify, discover};
use crate::post::Post;
use crate::site::PostFacts;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

/// How closely a post is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Everything but its body, which changes with every key.
    Outline,
    /// Everything.
    Whole,
}

/// What others see of a post, and did not see before.
struct News {
    /// The site's root.
    root: PathBuf,
    /// The post's path from there.
    path: String,
    /// `None` when it is gone.
    facts: Option<PostFacts>,
}

impl Workspace {
    /// Meet every site in and below `folder`, so that [`Workspace::index_sites`] finds them.
    pub fn meet(&self, folder: &Path) {
        // What cannot be looked at is told when it is checked.
        let _ = discover(self, &[folder.to_owned()]);
    }

    /// The sites that were met, each once, by root.
    pub fn sites(&self) -> Vec<Arc<SiteRoot>> {
        let sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let mut roots: Vec<_> = sites.values().flatten().cloned().collect();
        roots.sort_by(|a, b| a.root.cmp(&b.root));
        roots.dedup_by(|a, b| a.root == b.root);
        roots
    }

    /// Take in what the post at `path` says now; `None`: it is gone. Returns whether other posts may see a difference. A site
    /// that was not indexed stays so.
    pub fn take_in(&self, path: &Path, post: Option<&Post>, depth: Depth) -> bool {
        let begun = self.generation();
        let news = self.news(path, post, depth);
        let is_news = news.is_some();
        self.enter(begun, news);
        is_news
    }

    /// Read the posts at `paths` again and take them in, all at once: each path once, for what it says now is compared with
    /// what was known before. Returns as [`Workspace::take_in`] does.
    pub fn take_in_files(&self, paths: &BTreeSet<PathBuf>) -> bool {
        let begun = self.generation();
        let news = paths.par_iter().filter_map(|path| {
            let stage = self.stage(path).ok()?;
            let source = super::read(path, stage.max_file_size).ok();
            let post = source.map(|source| Post::parse(source, stage.path.as_str()));
            self.news(path, post.as_ref(), Depth::Whole)
        });
        let news: Vec<News> = news.collect();
        let is_news = !news.is_empty();
        self.enter(begun, news);
        is_news
    }

    /// What others see of the post at `path` now, where that is not what is known.
    fn news(&self, path: &Path, post: Option<&Post>, depth: Depth) -> Option<News> {
        let stage = self.stage(path).ok()?;
        let root = stage.site.as_ref().filter(|root| !root.site.posts.is_empty())?;
        let known = root.site.posts.get(&stage.path);
        let is_one = !stage.excluded && classify(Some(root), path) == Candidate::Post;
        let facts = post
            .filter(|_| is_one)
            .map(|post| root.site.facts_of(post, &stage.config));
        (!same(known, facts.as_ref(), depth)).then(|| News {
            root: root.root.clone(),
            path: stage.path,
            facts,
        })
    }

    /// Enter all of `news`, found out since `begun`; an index is copied once for all that is new in it, because others may be reading it.
    fn enter(&self, begun: u64, news: impl IntoIterator<Item = News>) {
        let mut sites: BTreeMap<PathBuf, Vec<News>> = BTreeMap::new();
        for item in news {
            sites.entry(item.root.clone()).or_default().push(item);
        }
        for (root, news) in sites {
            self.change(&root, begun, |SiteRoot { site, .. }| {
                for item in news {
                    match item.facts {
                        Some(facts) => site.posts.add(facts),
                        None => site.posts.remove(&item.path),
                    }
                }
            });
        }
    }

    /// Take in that the file at `path`, which is no post, has come or gone. Returns whether that was news.
    pub fn take_in_asset(&self, path: &Path, is_there: bool) -> bool {
        let begun = self.generation();
        let full = super::absolute(path);
        let Some(root) = full.parent().and_then(|folder| self.site(folder)) else {
            return false;
        };
        let Some(inside) = full.strip_prefix(&root.root).ok().map(super::shown) else {
            return false;
        };
        // Where assets were not looked at, one of them says nothing about the others.
        let known = root.site.assets.as_ref().map(|assets| assets.contains(&inside));
        if known != Some(!is_there) {
            return false;
        }
        self.change(&root.root, begun, |SiteRoot { site, .. }| {
            let assets = Arc::make_mut(site.assets.get_or_insert_default());
            if is_there {
                assets.insert(inside);
            } else {
                assets.remove(&inside);
            }
        });
        true
    }

    pub(super) fn change(&self, root: &Path, begun: u64, act: impl FnOnce(&mut SiteRoot)) {
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        if self.generation() != begun {
            // What is there now is read anew; what was found out before may be said of a part of it, or under other settings.
            return;
        }
        let is_it = |known: &&mut Arc<SiteRoot>| known.root == root;
        let Some(current) = sites.values_mut().flatten().find(is_it) else {
            return;
        };
        let mut changed = SiteRoot::clone(current);
        act(&mut changed);
        let changed = Arc::new(changed);
        for known in sites.values_mut().flatten().filter(is_it) {
            *known = Arc::clone(&changed);
        }
    }
}

/// Whether two looks at a post show the others the same.
fn same(known: Option<&PostFacts>, facts: Option<&PostFacts>, depth: Depth) -> bool {
    match (known, facts) {
        (Some(known), Some(facts)) => {
            let body = match depth {
                Depth::Outline => &known.body,
                Depth::Whole => &facts.body,
            };
            let body = body.clone();
            // Which text it was is no difference that anybody sees.
            let text = known.text;
            PostFacts {
                body,
                text,
                ..facts.clone()
            } == *known
        }
        _ => known == facts,
    }
}

impl SiteRoot {
    /// Where the file at `path` (relative to the root, `/` as separator) lies.
    pub fn file(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }
}
