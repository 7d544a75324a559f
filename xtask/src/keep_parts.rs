//! `cargo xtask keep-parts OLD NEW`: takes the files of the deployed page over into the new one.
//!
//! A tab that was opened before a deployment fetches its parts after it, by names that only the old page has. Files whose
//! names carry a hash of their content can lie beside the new ones. They are kept for one release: a list in the page's
//! folder says which files are only kept, and those of OLD go no further.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::args::Args;
use crate::failure::{Failure, Result};
use crate::page;
use crate::say;

/// The list of kept files in the page's folder, a path on each line.
const LIST: &str = "kept.txt";

/// The fewest digits that are taken for a hash. Trunk's have up to 16, ours 16.
const DIGITS: usize = 12;

/// Takes files from the folder of the deployed page over into that of the new one.
///
/// # Errors
/// Without exactly two folders, or when a file cannot be read or written.
pub(crate) fn run(args: Args) -> Result<()> {
    match args.words()?.as_slice() {
        [old, new] => {
            let kept = keep(Path::new(old), Path::new(new))?;
            say::line(&format!("{} files of the deployed page are kept for tabs that are open", kept.len()));
            Ok(())
        }
        _ => Err(Failure::new("`cargo xtask keep-parts` takes the deployed page's folder and the new one's")),
    }
}

/// Copies what is hashed in `old` and not in `new`, lists it in `new`, and gives the list. Where all of the old page's own
/// files are in the new one too, it is the same release once more: then what that had kept is kept on.
fn keep(old: &Path, new: &Path) -> Result<BTreeSet<PathBuf>> {
    let before = hashed(old)?;
    let now = hashed(new)?;
    let only_kept = match fs::read_to_string(old.join(LIST)) {
        Ok(list) => list.lines().map(PathBuf::from).collect(),
        // The page of before this command existed, or no page at all.
        Err(_) => BTreeSet::new(),
    };
    let missing = |path: &&PathBuf| !now.contains(*path);
    let (kept_before, own): (Vec<_>, Vec<_>) =
        before.iter().filter(missing).partition(|path| only_kept.contains(*path));
    let chosen = if own.is_empty() { kept_before } else { own };
    for path in &chosen {
        let to = new.join(path);
        let folder = to.parent().unwrap_or(new);
        let failed = || format!("cannot keep {}", path.display());
        fs::create_dir_all(folder).map_err(Failure::io(failed()))?;
        fs::copy(old.join(path), &to).map_err(Failure::io(failed()))?;
    }
    let kept: BTreeSet<_> = chosen.into_iter().cloned().collect();
    let list: String = kept.iter().map(|path| format!("{}\n", path.display())).collect();
    fs::write(new.join(LIST), list).map_err(Failure::io("cannot write the list of kept files"))?;
    Ok(kept)
}

/// Returns the files below `folder` whose own name or whose folder's carries a hash, relative to it.
fn hashed(folder: &Path) -> Result<BTreeSet<PathBuf>> {
    let files = page::files(folder)?;
    let relative = files.iter().filter_map(|file| file.strip_prefix(folder).ok());
    Ok(relative
        .filter(|file| file.iter().any(|name| is_hashed(&name.to_string_lossy())))
        .map(Path::to_path_buf)
        .collect())
}

/// Returns whether a name has a hash behind a hyphen: `workers-0123456789abcdef`, `page-0123456789abcdef_bg.wasm`.
fn is_hashed(name: &str) -> bool {
    name.split('-').skip(1).any(|word| {
        let digits = word.find(|c: char| !matches!(c, '0'..='9' | 'a'..='f')).unwrap_or(word.len());
        let ends = word[digits..].chars().next().is_none_or(|c| c == '.' || c == '_');
        digits >= DIGITS && ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with files, each with its own path and `release` as content; removed when dropped.
    struct Page(PathBuf);

    impl Page {
        fn new(test: &str, release: &str, files: &[&str]) -> Self {
            let name = format!("tokenfall-keep-{test}-{release}-{}", std::process::id());
            let page = Self(std::env::temp_dir().join(name));
            for file in files {
                let path = page.0.join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, format!("{file} of {release}")).unwrap();
            }
            page
        }

        fn read(&self, file: &str) -> Option<String> {
            fs::read_to_string(self.0.join(file)).ok()
        }
    }

    impl Drop for Page {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    const FIRST: [&str; 5] = [
        "index.html",
        "sample.tape.jsonl",
        "split_chat-1111111111111111.wasm",
        "page-111111111111_bg.wasm",
        "workers-1111111111111111/code.js",
    ];
    const SECOND: [&str; 4] = [
        "index.html",
        "sample.tape.jsonl",
        "split_chat-2222222222222222.wasm",
        "workers-2222222222222222/code.js",
    ];
    const THIRD: [&str; 3] =
        ["index.html", "split_chat-3333333333333333.wasm", "workers-3333333333333333/code.js"];

    #[test]
    fn an_open_tab_of_the_old_page_finds_its_parts_and_the_new_page_is_untouched() {
        let (old, new) = (Page::new("open", "1", &FIRST), Page::new("open", "2", &SECOND));
        keep(&old.0, &new.0).unwrap();
        for file in &FIRST[2..] {
            assert_eq!(new.read(file), Some(format!("{file} of 1")));
        }
        for file in SECOND {
            assert_eq!(new.read(file), Some(format!("{file} of 2")), "nothing is overwritten");
        }
    }

    #[test]
    fn a_file_that_both_releases_have_stays_the_new_ones_and_is_kept_by_the_next() {
        let shared = "code-aaaaaaaaaaaaaaaa.css";
        let first = Page::new("shared", "1", &["index.html", shared, "page-1111111111111111.js"]);
        let second = Page::new("shared", "2", &["index.html", shared, "page-2222222222222222.js"]);
        let third = Page::new("shared", "3", &THIRD);
        keep(&first.0, &second.0).unwrap();
        assert_eq!(second.read(shared), Some(format!("{shared} of 2")));
        keep(&second.0, &third.0).unwrap();
        assert_eq!(third.read(shared), Some(format!("{shared} of 2")));
        assert_eq!(third.read("page-1111111111111111.js"), None);
    }

    #[test]
    fn files_of_two_releases_ago_are_dropped() {
        let first = Page::new("two", "1", &FIRST);
        let (second, third) = (Page::new("two", "2", &SECOND), Page::new("two", "3", &THIRD));
        keep(&first.0, &second.0).unwrap();
        keep(&second.0, &third.0).unwrap();
        assert_eq!(third.read(FIRST[2]), None);
        assert_eq!(third.read(FIRST[4]), None);
        assert_eq!(third.read(SECOND[2]), Some(format!("{} of 2", SECOND[2])));
        assert_eq!(third.read(SECOND[3]), Some(format!("{} of 2", SECOND[3])));
    }

    #[test]
    fn the_same_release_once_more_keeps_what_it_had_kept() {
        let first = Page::new("again", "1", &FIRST);
        let (second, again) = (Page::new("again", "2", &SECOND), Page::new("again", "2b", &SECOND));
        keep(&first.0, &second.0).unwrap();
        keep(&second.0, &again.0).unwrap();
        assert_eq!(again.read(FIRST[2]), Some(format!("{} of 1", FIRST[2])));
        let third = Page::new("again", "3", &THIRD);
        keep(&again.0, &third.0).unwrap();
        assert_eq!(third.read(FIRST[2]), None, "and not beyond the next release");
        assert!(third.read(SECOND[2]).is_some());
    }

    #[test]
    fn without_a_deployed_page_nothing_is_kept() {
        let new = Page::new("first", "1", &FIRST);
        let empty = Page::new("first", "0", &[]);
        fs::create_dir_all(&empty.0).unwrap();
        assert!(keep(&empty.0, &new.0).unwrap().is_empty());
        assert!(keep(&empty.0.join("absent"), &new.0).is_err(), "a folder that is not there is a mistake");
    }

    #[test]
    fn names_with_a_hash_are_told_from_others() {
        for name in
            ["workers-0123456789abcdef", "a-0123456789ab.css", "tokenfall-page-0123456789abcdef_bg.wasm"]
        {
            assert!(is_hashed(name), "{name}");
        }
        for name in ["index.html", "sample.tape.jsonl", "code-module.js", "a-0123456789abz.js"] {
            assert!(!is_hashed(name), "{name}");
        }
    }
}
