//! The entry of what gives code its colours and formulas their form. `assets/later.js` fetches it with the first of them.

fn main() {
    tokenfall::browser::crash::report_panics();
    tokenfall::browser::typeset::serve();
}
