//! The frame loop.

use crate::support::sleep;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use tokenfall::browser::frame_loop::{FrameLoop, Next};
use tokenfall::engine::timestamp::Timestamp;
use wasm_bindgen_test::wasm_bindgen_test;

fn counting(more: u32) -> (FrameLoop, Rc<Cell<u32>>) {
    let calls = Rc::new(Cell::new(0));
    let seen = Rc::clone(&calls);
    let frames = FrameLoop::new(move |_| {
        seen.set(seen.get() + 1);
        if seen.get() <= more { Next::Frame } else { Next::Never }
    });
    (frames.expect("a window"), calls)
}

#[wasm_bindgen_test]
async fn waking_a_hundred_times_within_a_frame_draws_once() {
    let (frames, calls) = counting(0);
    for _ in 0..100 {
        frames.wake();
    }
    assert_eq!(calls.get(), 0, "nothing is drawn inside wake");
    sleep(100).await;
    assert_eq!(calls.get(), 1);
}

#[wasm_bindgen_test]
async fn a_loop_that_nobody_wakes_stays_asleep_and_one_that_asks_goes_on() {
    let (_asleep, calls) = counting(0);
    sleep(60).await;
    assert_eq!(calls.get(), 0);
    let (frames, calls) = counting(3);
    frames.wake();
    sleep(300).await;
    assert_eq!(calls.get(), 4, "three asked for one more");
}

#[wasm_bindgen_test]
async fn a_dropped_loop_is_never_called_again() {
    let (frames, calls) = counting(1_000);
    frames.wake();
    drop(frames);
    sleep(100).await;
    assert_eq!(calls.get(), 0);
}

#[wasm_bindgen_test]
async fn a_loop_that_waits_for_its_time_is_called_at_once_when_woken_and_not_by_each_frame() {
    let calls = Rc::new(Cell::new(0));
    let seen = Rc::clone(&calls);
    let frames = FrameLoop::new(move |_| {
        seen.set(seen.get() + 1);
        if seen.get() < 3 { Next::In(Duration::from_secs(3_600)) } else { Next::Never }
    });
    let frames = frames.expect("a window");
    frames.wake();
    sleep(200).await;
    assert_eq!(calls.get(), 1, "its time has not come");
    frames.wake();
    frames.wake();
    sleep(200).await;
    assert_eq!(calls.get(), 2, "the frame took the place of the timer");
    frames.wake();
    sleep(200).await;
    assert_eq!(calls.get(), 3);
}

#[wasm_bindgen_test]
async fn a_time_that_has_come_calls_without_a_wake() {
    let calls = Rc::new(Cell::new(0));
    let seen = Rc::clone(&calls);
    let frames = FrameLoop::new(move |_| {
        seen.set(seen.get() + 1);
        if seen.get() < 4 { Next::In(Duration::from_millis(5)) } else { Next::Never }
    });
    frames.as_ref().expect("a window").wake();
    while calls.get() < 4 {
        sleep(20).await;
    }
}

#[wasm_bindgen_test]
async fn a_loop_that_every_chunk_wakes_leaves_out_frames() {
    let stamps = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&stamps);
    let frames = FrameLoop::new(move |now| {
        seen.borrow_mut().push(now);
        Next::Never
    });
    let frames = frames.expect("a window");
    while stamps.borrow().len() < 6 {
        frames.wake();
        sleep(1).await;
    }
    let gaps = |stamps: &[Timestamp]| {
        stamps.windows(2).map(|pair| pair[1].duration_since(pair[0])).collect::<Vec<_>>()
    };
    // A timer may come a millisecond early by the page's clock, never more.
    let woken = gaps(&stamps.borrow());
    assert!(woken.iter().all(|gap| *gap >= Duration::from_millis(29)), "{woken:?}");
}
