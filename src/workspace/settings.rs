//! Finds the configuration of a folder: the nearest one upwards wins, nothing is merged.

use super::fence::{Fence, beyond};
use super::{Options, catalogue, read_config_text};
use crate::config::{ConfigError, FILE_NAMES, Origin, PRESETS, Placed, Settings, nearest};
use crate::say;
use std::cell::RefCell;
use std::path::{Path, PathBuf};

/// Which configuration holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ConfigChoice {
    /// The nearest one, from the file's folder upwards.
    #[default]
    Nearest,
    /// This one for every file (`--config`).
    File(PathBuf),
    /// None at all (`--no-config`).
    None,
}

/// A configuration that was read.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Its file; `None` when there is none and every default holds.
    pub file: Option<PathBuf>,
    /// The folder that its patterns are relative to.
    pub folder: PathBuf,
    /// What it says.
    pub settings: Settings,
    /// Every file that it took to know this: the configuration, what it extends, the schemas and lists it names.
    pub sources: Vec<PathBuf>,
}

/// How a configuration is read: what it may reach, and what it did.
struct Reading<'a> {
    fence: &'a Fence,
    sources: RefCell<Vec<PathBuf>>,
}

impl Loaded {
    /// No file: every default.
    pub(super) fn none(options: &Options) -> Self {
        let settings = Settings {
            command_line: options.selection.clone(),
            ..Settings::default()
        };
        Self {
            file: None,
            folder: PathBuf::new(),
            settings,
            sources: Vec::new(),
        }
    }

    /// `full`, a path from the root of the file system, as the patterns of the configuration see it.
    pub(super) fn inside(&self, full: &Path) -> String {
        super::shown(full.strip_prefix(&self.folder).unwrap_or(full))
    }

    fn read(file: &Path, folder: &Path, fence: &Fence, options: &Options) -> Result<Self, ConfigError> {
        let shown = super::shown(file);
        let reading = Reading {
            fence,
            sources: RefCell::default(),
        };
        let mut settings = over(Settings::default(), file, &[], &reading)?;
        settings.command_line = options.selection.clone();
        settings.base.ads = super::ad_lists::load(&settings, &shown, folder, fence)?;
        settings.schemas = super::schemas::load(&settings, &shown, folder, fence)?;
        let mut sources = reading.sources.into_inner();
        let lists = settings.ad_lists.iter().map(|list| &list.text);
        sources.extend(settings.schemas.keys().chain(lists).map(|name| folder.join(name)));
        Ok(Self {
            file: Some(file.to_owned()),
            folder: folder.to_owned(),
            settings,
            sources,
        })
    }
}

/// Lay the configuration in `file` over `base`. Paths in it stay relative to the folder of the configuration which holds;
/// `chain` are the files that led here by `extends`, all of them where `reading` may reach.
fn over(base: Settings, file: &Path, chain: &[PathBuf], reading: &Reading<'_>) -> Result<Settings, ConfigError> {
    reading.sources.borrow_mut().push(file.to_owned());
    let shown = super::shown(file);
    let trouble = |place, message| ConfigError {
        file: shown.clone(),
        place,
        message,
        suggestion: None,
    };
    let text = read_config_text(file).map_err(|error| {
        trouble(
            None,
            say!("this configuration cannot be read: {error}", error = error.said()),
        )
    })?;
    let chain = [chain, &[super::real(file)]].concat();
    let extend = |extended: &Placed, base: Settings| {
        let path = file.parent().unwrap_or(Path::new("")).join(&extended.text);
        if chain.contains(&super::real(&path)) {
            return Err(trouble(
                extended.place,
                say!("`{name}` extends itself by way of others", name = extended.text),
            ));
        }
        if !path.is_file() {
            return Err(ConfigError {
                suggestion: nearest(&extended.text, PRESETS.iter().map(|(name, _)| *name)),
                ..trouble(
                    extended.place,
                    say!("`{name}` is no preset and no file", name = extended.text),
                )
            });
        }
        if !reading.fence.holds(&path) {
            return Err(trouble(extended.place, beyond(&extended.text)));
        }
        let mut settings = over(base, &path, &chain, reading)?;
        // A place in another file would mislead.
        let schemas = settings.overrides.iter_mut().filter_map(|over| over.schema.as_mut());
        let schemas = schemas.chain(&mut settings.schema);
        for placed in settings
            .ad_selectors
            .iter_mut()
            .chain(&mut settings.ad_lists)
            .chain(schemas)
        {
            placed.place = None;
        }
        Ok(settings)
    };
    let origin = Origin {
        file: &shown,
        catalogue: catalogue(),
        extend: &extend,
    };
    Settings::parse_over(base, &text, &origin)
}

/// The configuration that holds for `folder` because of `options` or of a file in it; `None`: ask the parent.
pub(super) fn in_folder(options: &Options, folder: &Path) -> Option<Result<Loaded, ConfigError>> {
    match &options.config {
        ConfigChoice::None => Some(Ok(Loaded::none(options))),
        ConfigChoice::File(file) => {
            let full = super::absolute(file);
            let base = full.parent().unwrap_or(Path::new(""));
            // A configuration in `.config` speaks of the folder above it.
            let base = match base.file_name() {
                Some(name) if name == ".config" => base.parent().unwrap_or(base),
                _ => base,
            };
            Some(Loaded::read(file, base, &Fence::NONE, options))
        }
        ConfigChoice::Nearest => FILE_NAMES
            .iter()
            .map(|name| folder.join(name))
            .find(|file| file.is_file())
            .map(|file| {
                let fence = Fence::around(folder);
                match fence.holds(&file) {
                    true => Loaded::read(&file, folder, &fence, options),
                    // An error in it would show what it says.
                    false => Err(ConfigError {
                        file: super::shown(&file),
                        place: None,
                        message: beyond(&super::shown(&file)),
                        suggestion: None,
                    }),
                }
            }),
    }
}
