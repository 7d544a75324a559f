//! The page's entry: has panics reported, installs the policy for markup, mounts the page, and nothing else.

fn main() {
    tokenfall::browser::crash::report_panics();
    tokenfall::browser::trusted_types::install();
    tokenfall::ui::mount();
}
