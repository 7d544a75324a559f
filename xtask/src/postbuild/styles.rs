//! Joins the stylesheets of a page: one for the first paint, one for what comes later. The sources stay several files, one for
//! each area of the page; a browser makes six requests at once to one host, and each further one costs a slow line another
//! way there and back. What a question needs no rule of is a third file, which the page fetches itself.

use std::fs;
use std::path::Path;

use crate::attributes::value;
use crate::failure::{Failure, Result};
use crate::hash::Hash;

/// The medium of stylesheets that the page fetches when something they are for is first shown. In the built page a `<meta>` of
/// the name [`PANELS`] stands in their place.
const ON_DEMAND: &str = "on-demand";
const PANELS: &str = "panel-styles";

/// Joins the stylesheets of `html` that have the same `media`, in their order, in the place of the first of them. Their files in
/// `folder` become one, named by its content.
///
/// # Errors
/// A stylesheet that cannot be read, or a file that cannot be written or removed.
pub(super) fn join(folder: &Path, html: &str, public_url: &str) -> Result<String> {
    let links = stylesheets(html);
    let mut joined: Vec<(Option<&str>, String)> = Vec::new();
    for link in &links {
        let path = folder.join(link.name);
        let text = fs::read_to_string(&path).map_err(Failure::io(format!("cannot read {}", link.name)))?;
        fs::remove_file(&path).map_err(Failure::io(format!("cannot remove {}", link.name)))?;
        match joined.iter_mut().find(|(media, _)| *media == link.media) {
            Some((_, all)) => all.push_str(&text),
            None => joined.push((link.media, text)),
        }
    }
    let mut page = String::with_capacity(html.len());
    let mut from = 0;
    for (at, link) in links.iter().enumerate() {
        page.push_str(&html[from..link.start]);
        from = link.end;
        let is_first = links[..at].iter().all(|before| before.media != link.media);
        let Some((media, text)) = joined.iter().find(|(media, _)| is_first && *media == link.media) else {
            continue;
        };
        let mut hash = Hash::default();
        hash.add(text.as_bytes());
        let kind = match media {
            Some(ON_DEMAND) => "panels",
            Some(_) => "later",
            None => "first",
        };
        let name = format!("{kind}-{hash}.css");
        fs::write(folder.join(&name), text).map_err(Failure::io(format!("cannot write {name}")))?;
        page.push_str(&match media {
            Some(ON_DEMAND) => format!("<meta name=\"{PANELS}\" content=\"{public_url}{name}\">"),
            Some(media) => format!("<link rel=\"stylesheet\" href=\"{public_url}{name}\" media=\"{media}\">"),
            None => format!("<link rel=\"stylesheet\" href=\"{public_url}{name}\">"),
        });
    }
    page.push_str(&html[from..]);
    Ok(page)
}

/// A link to a stylesheet of the page's own.
struct Link<'a> {
    /// The place of the tag in the page.
    start: usize,
    end: usize,
    /// The file's name.
    name: &'a str,
    media: Option<&'a str>,
}

fn stylesheets(html: &str) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    for (start, _) in html.match_indices("<link ") {
        let Some(length) = html[start..].find('>') else { break };
        let tag = &html[start + 1..start + length];
        let name = value(tag, "href").and_then(|address| address.rsplit('/').next());
        if let Some(name) = name.filter(|_| value(tag, "rel") == Some("stylesheet")) {
            links.push(Link { start, end: start + length + 1, name, media: value(tag, "media") });
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stylesheets_of_one_medium_become_one_file_in_their_order_and_other_links_stay() {
        let folder = std::env::temp_dir().join(format!("tokenfall-styles-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in [("a-1.css", "a{}"), ("b-2.css", "b{}"), ("c-3.css", "c{}"), ("d-4.css", "d{}")] {
            fs::write(folder.join(name), text).unwrap();
        }
        let html = "<head><link href=./i.svg rel=icon><link href=./a-1.css rel=stylesheet>\
                    <link media=\"not all\" href=./c-3.css rel=stylesheet>\
                    <link rel=\"stylesheet\" href=\"./b-2.css\"/><link media=\"not all\" href=./d-4.css rel=stylesheet></head>";
        let page = join(&folder, html, "./").unwrap();
        let names: Vec<_> =
            stylesheets(&page).iter().map(|link| (link.name.to_owned(), link.media)).collect();
        let [(first, None), (later, Some("not all"))] = names.as_slice() else { panic!("{page}") };
        assert_eq!(fs::read_to_string(folder.join(first)).unwrap(), "a{}b{}");
        assert_eq!(fs::read_to_string(folder.join(later)).unwrap(), "c{}d{}");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "the files that were joined are gone");
        assert!(
            page.starts_with("<head><link href=./i.svg rel=icon><link rel=\"stylesheet\" href=\"./first-")
        );
        assert_eq!(page.matches("<link").count(), 3);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn stylesheets_on_demand_become_one_file_that_the_page_is_told_of_and_does_not_fetch() {
        let folder = std::env::temp_dir().join(format!("tokenfall-panels-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in [("a.css", "a{}"), ("b.css", "b{}")] {
            fs::write(folder.join(name), text).unwrap();
        }
        let html = "<link href=./a.css rel=stylesheet media=on-demand><link href=./b.css rel=stylesheet media=on-demand>";
        let page = join(&folder, html, "./").unwrap();
        assert!(!page.contains("<link"), "{page}");
        let address = value(page.trim_start_matches('<').trim_end_matches('>'), "content").unwrap();
        assert_eq!(fs::read_to_string(folder.join(address)).unwrap(), "a{}b{}");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_stylesheet_that_is_not_there_is_an_error_that_names_it() {
        let failure = join(Path::new("/nowhere"), "<link href=./a.css rel=stylesheet>", "./").unwrap_err();
        assert!(failure.to_string().contains("a.css"), "{failure}");
    }
}
