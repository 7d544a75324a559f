//! The entry of what a person takes along: copies and files. `assets/later.js` fetches it when it is wanted.

fn main() {
    tokenfall::browser::crash::report_panics();
    tokenfall::browser::take::serve();
}
