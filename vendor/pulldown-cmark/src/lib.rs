//! pulldown-cmark, put together by build.rs.

#![allow(warnings, clippy::all, reason = "all but two files are the work of others, as published")]

include!(concat!(env!("OUT_DIR"), "/parser/lib.rs"));
