//! Work that takes longer than a frame is done in steps, between which the page does everything else.

use crate::browser::clock::now;
use crate::browser::timer::sleep;
use std::time::Duration;

/// The longest time of steps behind each other. One step may take longer.
const SLICE: Duration = Duration::from_millis(8);

/// Takes steps until one says that there is none behind it.
pub(super) async fn in_slices(mut step: impl FnMut() -> bool) {
    let mut begun = now();
    while step() {
        if SLICE <= now().duration_since(begun) {
            sleep(Duration::ZERO).await;
            begun = now();
        }
    }
}
