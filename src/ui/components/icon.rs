//! Icons are drawn as one stroke each, on a grid of 20 by 20, in the colour of the text around them.

use leptos::prelude::*;

/// Names the icons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// The page's own mark: tokens falling.
    Mark,
    /// Send: an arrow upwards.
    Send,
    /// Stop: a square.
    Stop,
    /// The history of conversations: a side bar.
    History,
    /// A new chat: a pen on paper.
    New,
    /// Settings: two sliders.
    Settings,
    /// Copy: two sheets.
    Copy,
    /// Done: a tick.
    Done,
    /// Try again: an arrow that turns back.
    Retry,
    /// To the end: an arrow downwards.
    Down,
    /// Close: a cross.
    Close,
    /// Play: a triangle.
    Play,
    /// Earlier: a chevron to the left.
    Before,
    /// Later: a chevron to the right.
    After,
    /// About: an i in a ring.
    About,
    /// Edit: a pen.
    Edit,
    /// Delete: a bin.
    Delete,
    /// Fork: a line that parts.
    Fork,
    /// Pin: a pin.
    Pin,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Icon::Mark => "M4 3v7M10 3v3M10 10v7M16 3v11M4 14v3",
            Icon::Send => "M10 16V4M5 9l5-5 5 5",
            Icon::Stop => "M6 6h8v8H6z",
            Icon::History => "M4 4h12v12H4zM8.5 4v12",
            Icon::New => {
                "M10 4H5.5A1.5 1.5 0 0 0 4 5.5v9A1.5 1.5 0 0 0 5.5 16h9a1.5 1.5 0 0 0 1.5-1.5V10M9 11l.5-2.5 6-6 2 2-6 6z"
            }
            Icon::Settings => "M3 6h6M13 6h4M11 4v4M3 14h2M9 14h8M7 12v4",
            Icon::Copy => {
                "M7 7V4.5A1.5 1.5 0 0 1 8.5 3h7A1.5 1.5 0 0 1 17 4.5v7a1.5 1.5 0 0 1-1.5 1.5H13M4.5 7h7A1.5 1.5 0 0 1 13 8.5v7a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 3 15.5v-7A1.5 1.5 0 0 1 4.5 7z"
            }
            Icon::Done => "M4 10.5l4 4 8-9",
            Icon::Retry => "M4 4v4h4M4.5 8a6.5 6.5 0 1 1-.9 4",
            Icon::Down => "M10 4v12M5 11l5 5 5-5",
            Icon::Close => "M5 5l10 10M15 5L5 15",
            Icon::Play => "M6.5 4v12l9-6z",
            Icon::Before => "M12 5l-5 5 5 5",
            Icon::After => "M8 5l5 5-5 5",
            Icon::Edit => "M4 16l.8-3.6L13.6 3.6l2.8 2.8L7.6 15.2z",
            Icon::Delete => "M4 6h12M8 6V4h4v2M6 6l.7 10h6.6L14 6M8.7 9v4.5M11.3 9v4.5",
            Icon::Fork => "M6 4v12M6 11c0-3 8-1 8-5M14 6V4",
            Icon::Pin => "M7 3h6M8 3v5l-2.5 3h9L12 8V3M10 11v6",
            Icon::About => "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 9.5v4M10 6.5v.1",
        }
    }
}

/// Draws an icon. It is decoration: the control that it stands in carries the name.
#[component]
pub fn IconView(
    /// The icon to draw.
    icon: Icon,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
            <path d=icon.path()></path>
        </svg>
    }
}
