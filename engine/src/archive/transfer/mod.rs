//! Conversations as files: JSONL in the form of llama.cpp's web UI, out and in, and Markdown, out.

mod framing;
mod importer;
mod jsonl;
mod markdown;
mod name;
mod session;

pub use framing::IMPORT_LIMIT;
pub use importer::{ImportProblem, Importer, Preview, ReadyImport};
pub use jsonl::export_jsonl;
pub use markdown::MarkdownExport;
pub use name::file_name;
pub use session::Imported;
