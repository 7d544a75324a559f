//! [`Slot`] keeps a place in the page for a view that a lazy part brings.

use leptos::prelude::*;

/// Keeps a place for a view whose part is not there yet.
#[derive(Clone, Copy, Debug, Default)]
pub struct Slot {
    view: RwSignal<Option<Callback<(), AnyView>>>,
}

impl Slot {
    /// Shows what `view` makes from now on.
    pub fn fill(self, view: impl Fn() -> AnyView + Send + Sync + 'static) {
        self.view.set(Some(Callback::new(move |()| view())));
    }

    /// Shows nothing from now on.
    pub fn clear(self) {
        self.view.set(None);
    }

    /// Returns whether there is a view in it.
    #[must_use]
    pub fn is_filled(self) -> bool {
        self.view.with_untracked(Option::is_some)
    }
}

/// Shows the slot's view once it is there.
#[component]
pub fn SlotView(
    /// The place that the part fills.
    from: Slot,
) -> impl IntoView {
    move || from.view.get().map(|view| view.run(()))
}
