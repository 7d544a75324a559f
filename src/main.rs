//! The page's entry: has panics reported, mounts the page, and nothing else.

fn main() {
    tokenfall::browser::crash::report_panics();
    tokenfall::ui::mount();
}
