//! Reads every post of a site, so that rules can compare one with the others.

use super::sites::SiteRoot;
use super::{Workspace, discover, read};
use crate::post::Post;
use crate::site::{Index, PostFacts};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

impl Workspace {
    /// Index the posts of every site that was met so far and is not indexed yet.
    pub fn index_sites(&self) {
        self.index_sites_while(&|| true);
    }

    /// The same, until `go_on` says no: a site is indexed whole or not at all. Returns how many posts were taken in.
    pub fn index_sites_while(&self, go_on: &(dyn Fn() -> bool + Sync)) -> usize {
        let mut taken = 0;
        let begun = self.generation();
        let met: BTreeMap<PathBuf, Arc<SiteRoot>> = self
            .sites
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .values()
            .flatten()
            .filter(|root| root.site.posts.is_empty())
            .map(|root| (root.root.clone(), Arc::clone(root)))
            .collect();
        for (path, root) in met {
            let mut indexed = SiteRoot::clone(&root);
            self.add_facts(&path, &mut indexed, go_on);
            if !go_on() {
                break;
            }
            let posts = indexed.site.posts.len();
            let indexed = Arc::new(indexed);
            let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
            if self.generation() != begun {
                // Whoever forgot it meanwhile has other settings in mind, and has it indexed again.
                break;
            }
            taken += posts;
            for known in sites.values_mut().flatten().filter(|known| known.root == path) {
                *known = Arc::clone(&indexed);
            }
        }
        taken
    }

    /// Take `posts` for all posts of the site whose root is `root` and which was met, whatever lies on the disk.
    pub fn index_given(&self, root: &Path, posts: Index) {
        self.change(root, self.generation(), |SiteRoot { site, posts_there, .. }| {
            site.posts = posts;
            // Their files need not be at hand.
            site.posts
                .set_whole(posts_there.is_some_and(|there| there <= site.posts.len()));
        });
    }

    fn add_facts(&self, path: &Path, root: &mut SiteRoot, go_on: &(dyn Fn() -> bool + Sync)) {
        let Ok(found) = discover(self, &[path.to_owned()]) else {
            // The configuration is wrong; checking will say so.
            return;
        };
        let facts = |root: &SiteRoot, file: &discover::Found| {
            go_on().then_some(())?;
            let stage = self.stage(&file.path).ok()?;
            // A nested site has an index of its own.
            stage.site.as_ref().filter(|site| site.root == root.root)?;
            let unknown = match self.facts_kept(file, &stage) {
                Ok(facts) => return Some(facts),
                Err(unknown) => unknown,
            };
            let source = read(&file.path, stage.max_file_size).ok()?;
            let parse = || {
                let post = Post::parse(source, stage.path.as_str());
                let facts = root.site.facts_of(&post, &stage.config);
                self.keep_facts(file, &stage, &unknown, (&post.source, &facts));
                facts
            };
            catch_unwind(AssertUnwindSafe(parse)).ok()
        };
        let mut posts = std::mem::take(&mut root.site.posts);
        let mut read: Vec<PostFacts> = Vec::new();
        // What is not interned yet is several times what is kept. Some is taken in while the next is read.
        for files in found.files.chunks(AT_ONCE).chain([[].as_slice()]) {
            let next = || files.par_iter().filter_map(|file| facts(root, file)).collect();
            let taken = || read.drain(..).for_each(|facts| posts.add(facts));
            let (next, ()) = rayon::join(next, taken);
            read = next;
        }
        root.site.posts = posts;
        // What is excluded, ignored or too long is there all the same.
        let is_whole = root.posts_there == Some(root.site.posts.len());
        root.site.posts.set_whole(is_whole);
    }
}

/// How many posts are read while what others say is taken in.
const AT_ONCE: usize = 256;
