//! The page's entry: mounts it and nothing else.

fn main() {
    tokenfall::ui::mount();
}
