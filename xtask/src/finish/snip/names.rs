//! Which functions begin a panic, and which write `Debug`, by their demangled names.

/// What the standard library and crates call their cold ends: none of them returns.
const PANICS: [&str; 26] = [
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::raw_vec::handle_error",
    "core::cell::lazy::panic_poisoned",
    "core::cell::panic_already_borrowed",
    "core::cell::panic_already_mutably_borrowed",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::result::unwrap_failed",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::slice::index::slice_index_fail",
    "core::slice::sort::shared::smallsort::panic_on_ord_violation",
    "core::str::slice_error_fail",
    "core::str::slice_error_fail_rt",
    "std::alloc::rust_oom",
    "std::panicking::begin_panic",
    "std::panicking::panic_handler::{closure#0}",
    "std::panicking::panic_with_hook",
    "std::thread::local::panic_access_error",
    "__rustc::__rust_alloc_error_handler",
    "__rustc::rust_begin_unwind",
    "__rustc::rust_panic",
    "core::panicking::panic",
    "core::panicking::panic_fmt",
    "core::panicking::panic_bounds_check",
    "core::panicking::panic_display",
];
/// The same for whole families.
const FAMILIES: [&str; 3] =
    ["core::panicking::assert_failed", "core::panicking::panic_const::", "core::panicking::panic_"];
const METHODS: [&str; 3] =
    ["::assert_failed", "::Fallibility::capacity_overflow", "::Fallibility>::capacity_overflow"];

/// Whether a function of this name does nothing but begin a panic.
pub(super) fn begins_panic(name: &str) -> bool {
    let name = plain(name);
    PANICS.contains(&name.as_str())
        || FAMILIES.iter().any(|family| name.starts_with(family))
        || METHODS.iter().any(|method| name.ends_with(method))
}

/// Whether it writes `Debug`.
pub(super) fn writes_debug(name: &str) -> bool {
    let name = plain(name);
    name.ends_with(" as core::fmt::Debug>::fmt")
        // What `{:#?}` indents with.
        || name.starts_with("<core::fmt::builders::PadAdapter as core::fmt::Write>::")
}

/// The name in plain words. wasm-bindgen writes the page's so, and never sees the rest of the page. There, what calls a
/// function of the page through the table has that function's name with a word behind it.
pub(super) fn in_words(name: &str) -> String {
    let name = name.strip_suffix(" indirect_call_shim").unwrap_or(name);
    rustc_demangle::demangle(name).to_string()
}

/// The name without crate hashes (`core[c5930c85a12de822]::…`, `…::h0123456789abcdef`).
fn plain(name: &str) -> String {
    let mut rest = name;
    // What the optimiser adds to a function that it has split off or made local: `….2365`.
    while let Some((before, number)) = rest.rsplit_once('.')
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        rest = before;
    }
    if let Some((before, hash)) = rest.rsplit_once("::h")
        && hash.len() == 16
        && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    {
        rest = before;
    }
    let mut plain = String::with_capacity(rest.len());
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        match after.split_once(']') {
            Some((hash, after)) if hash.len() > 10 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                rest = after;
            }
            Some(_) | None => {
                plain.push('[');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_manglings_and_hashes_are_read() {
        for name in [
            "core[c5930c85a12de822]::panicking::panic_fmt",
            "core::panicking::panic_display::h4165c3e9dea961da",
            "core::panicking::panic_const::panic_const_div_by_zero",
            "core[c5930c85a12de822]::panicking::assert_failed::<usize, usize>",
            "<alloc[3ca501edff3f0c7c]::vec::Vec<_, _>>::remove::assert_failed",
            "hashbrown::raw::Fallibility::capacity_overflow::hf479ddd5bda02b78",
            "<hashbrown[5e619d7d1129c59f]::raw::Fallibility>::capacity_overflow",
            "__rustc[b7974e8690430dd9]::rust_begin_unwind",
            "core[c5930c85a12de822]::option::unwrap_failed.2365",
        ] {
            assert!(begins_panic(name), "{name}");
        }
    }

    #[test]
    fn a_call_across_the_border_has_the_name_of_what_it_calls() {
        for name in [
            "_ZN4core9panicking9panic_fmt17h0123456789abcdefE indirect_call_shim",
            "core::panicking::panic_fmt::h0123456789abcdef",
        ] {
            assert!(begins_panic(&in_words(name)), "{name}");
        }
    }

    #[test]
    fn what_only_sounds_like_a_panic_is_left() {
        for name in [
            "std::panicking::panic_count::is_zero_slow_path",
            "alloc::raw_vec::RawVecInner<A>::try_reserve_exact::h7d151600c4d66d7a",
            "tokenfall::engine::chat::failure::Failure::sentence",
            "core::ptr::drop_in_place<core::panic::unwind_safe::AssertUnwindSafe<()>>::h3bf3f72a48098dd2",
            "intounderlyingsink_abort",
        ] {
            assert!(!begins_panic(name), "{name}");
        }
    }
}
