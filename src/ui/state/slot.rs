//! [`Slot`] keeps a place in the page for a view that a lazy part brings.

use leptos::prelude::*;
use std::sync::Arc;

/// Makes a view. It belongs to no owner: a part that fills a slot may do so in an effect, and what is owned by an effect is gone
/// when that runs again.
type MakeView<T> = Arc<dyn Fn(T) -> AnyView + Send + Sync>;

/// Keeps a place for a view whose part is not there yet. `T` is what the view is made for, where there are several.
#[derive(Debug)]
pub struct Slot<T: 'static = ()> {
    view: RwSignal<Option<MakeView<T>>>,
}

impl<T> Clone for Slot<T> {
    fn clone(&self) -> Slot<T> {
        *self
    }
}

impl<T> Copy for Slot<T> {}

impl<T> Default for Slot<T> {
    fn default() -> Slot<T> {
        Slot { view: RwSignal::new(None) }
    }
}

impl<T> Slot<T> {
    /// Shows what `view` makes from now on.
    pub fn fill(self, view: impl Fn(T) -> AnyView + Send + Sync + 'static) {
        self.view.set(Some(Arc::new(view)));
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

    /// Returns the view for `what`, once it is there.
    #[must_use]
    pub fn view(self, what: T) -> Option<AnyView> {
        self.view.get().map(|view| view(what))
    }
}

/// Shows the slot's view once it is there.
#[component]
pub fn SlotView(
    /// The place that the part fills.
    from: Slot,
) -> impl IntoView {
    move || from.view(())
}
