//! Finds the folders of the project: the checkout, the cache, the built page.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};

/// The folders every command needs.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    root: PathBuf,
    cache: PathBuf,
}

impl Project {
    /// Finds the checkout through cargo and the cache through `TOKENFALL_CACHE`, `XDG_CACHE_HOME` or `HOME`.
    ///
    /// # Errors
    /// When not started by cargo, or when none of the variables is set.
    pub(crate) fn locate() -> Result<Self> {
        // Read when it runs, not when it was compiled: one target folder may serve several checkouts.
        let member = env::var_os("CARGO_MANIFEST_DIR")
            .map(PathBuf::from)
            .ok_or_else(|| Failure::new("run this as `cargo xtask …` inside the checkout"))?;
        let root = member
            .parent()
            .map(Path::to_path_buf)
            .ok_or_else(|| Failure::new("the checkout has no folder above `xtask`"))?;
        let cache = cache_folder(|name| {
            env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
        })
        .ok_or_else(|| {
            Failure::new(
                "set TOKENFALL_CACHE to a folder: neither XDG_CACHE_HOME nor HOME says where one may be",
            )
        })?;
        Ok(Self { root, cache })
    }

    /// Returns the checkout.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the folder in which tools and the model are kept between checkouts. May not exist yet.
    pub(crate) fn cache(&self) -> &Path {
        &self.cache
    }

    /// Returns the folder into which Trunk puts the built page.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Returns the folder in which cargo builds.
    pub(crate) fn target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.root.join("target"), |folder| self.root.join(folder))
    }

    /// Returns a file of the checkout as text.
    ///
    /// # Errors
    /// When it is absent or not UTF-8.
    pub(crate) fn read(&self, path: &str) -> Result<String> {
        fs::read_to_string(self.root.join(path)).map_err(Failure::io(format!("cannot read {path}")))
    }
}

fn cache_folder(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let home = || variable("HOME").or_else(|| variable("USERPROFILE")).map(|home| home.join(".cache"));
    variable("TOKENFALL_CACHE")
        .or_else(|| variable("XDG_CACHE_HOME").or_else(home).map(|caches| caches.join("tokenfall")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(set: &[(&str, &str)]) -> Option<PathBuf> {
        cache_folder(|name| {
            set.iter().find(|(known, _)| *known == name).map(|(_, value)| PathBuf::from(value))
        })
    }

    #[test]
    fn own_variable_wins_over_the_general_ones() {
        let set = [("HOME", "/h"), ("XDG_CACHE_HOME", "/x"), ("TOKENFALL_CACHE", "/t")];
        assert_eq!(with(&set), Some(PathBuf::from("/t")));
        assert_eq!(with(&set[..2]), Some(PathBuf::from("/x/tokenfall")));
        assert_eq!(with(&set[..1]), Some(PathBuf::from("/h/.cache/tokenfall")));
    }

    #[test]
    fn no_variable_is_no_folder_rather_than_the_current_one() {
        assert_eq!(with(&[]), None);
    }
}
