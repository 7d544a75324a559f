//! Compresses files for clients that take gzip (RFC 9110 §12.5.3), each once for as long as it stays unchanged.

use std::{
    collections::HashMap,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::SystemTime,
};

use flate2::{Compression, write::GzEncoder};

use crate::listener::lock;

/// A header and a trailer are 18 bytes: below this nothing is won.
const SHORTEST: usize = 256;

/// Compressed files by path. Shared by all connections of a site.
#[derive(Debug, Default)]
pub(crate) struct Compressed(Mutex<HashMap<PathBuf, Entry>>);

#[derive(Debug)]
struct Entry {
    /// Of the file when it was compressed: a rebuilt page is compressed anew.
    version: (u64, Option<SystemTime>),
    bytes: Arc<Vec<u8>>,
}

impl Compressed {
    /// The gzip of `plain`, which is what the file at `path` holds. `None` where that would be no shorter.
    pub(crate) fn of(&self, path: &Path, plain: &[u8]) -> io::Result<Option<Arc<Vec<u8>>>> {
        if plain.len() < SHORTEST {
            return Ok(None);
        }
        let about = fs::metadata(path)?;
        let version = (about.len(), about.modified().ok());
        let known = lock(&self.0).get(path).filter(|entry| entry.version == version).map(|e| e.bytes.clone());
        let bytes = match known {
            Some(bytes) => bytes,
            // Not under the lock: other files need not wait. Two clients at once may do the same work twice.
            None => {
                let bytes = Arc::new(gzip(plain)?);
                let entry = Entry { version, bytes: Arc::clone(&bytes) };
                lock(&self.0).insert(path.to_path_buf(), entry);
                bytes
            }
        };
        Ok((bytes.len() < plain.len()).then_some(bytes))
    }
}

fn gzip(plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain)?;
    encoder.finish()
}

/// Whether an `Accept-Encoding` allows gzip: named with a weight that is not nought, or by `*` and not refused by name.
pub(crate) fn is_accepted(accept_encoding: &str) -> bool {
    let mut by_star = false;
    for part in accept_encoding.split(',') {
        let (coding, weight) = part.split_once(';').unwrap_or((part, ""));
        let is_refused = weight
            .trim()
            .strip_prefix(['q', 'Q'])
            .and_then(|weight| weight.trim_start().strip_prefix('='))
            .is_some_and(|weight| !weight.trim().parse::<f32>().is_ok_and(|weight| weight > 0.0));
        match coding.trim().to_ascii_lowercase().as_str() {
            // RFC 9110 §8.4.1.3: `x-gzip` is the same.
            "gzip" | "x-gzip" => return !is_refused,
            "*" => by_star = !is_refused,
            _ => {}
        }
    }
    by_star
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_sent_only_where_the_header_allows_it() {
        for (header, expected) in [
            ("gzip", true),
            ("gzip, deflate, br, zstd", true),
            ("br;q=1.0, GZip;q=0.8, *;q=0.1", true),
            ("x-gzip", true),
            ("*", true),
            ("*;q=0, gzip", true),
            ("", false),
            ("br", false),
            ("identity", false),
            ("gzip;q=0", false),
            ("gzip; q=0.000", false),
            ("gzip;q=x", false),
            ("*, gzip;q=0", false),
            ("*;q=0", false),
            ("notgzip", false),
        ] {
            assert_eq!(is_accepted(header), expected, "{header:?}");
        }
    }
}
