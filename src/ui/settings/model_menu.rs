//! The menu behind the model's name: models that were in use lately, the server's, and a search among them.

use super::recent::ModelElsewhere;
use crate::engine::messages::sheet;
use crate::engine::settings::Problem;
use crate::engine::wire::BaseUrl;
use crate::ui::components::{Button, Icon, IconView, count};
use crate::ui::lazy::{lazy_part, with_panel_styles};
use crate::ui::state::ModelMenu;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{HtmlButtonElement, HtmlElement, ToggleEvent};

/// So many of the models that were in use lately are shown.
const MOST_RECENT: usize = 4;
/// So many of a server's models are shown at once: some list hundreds.
const MOST_LISTED: usize = 100;

lazy_part!(
    /// Shows the menu for the first time.
    settings,
    fn open_menu(menu: ModelMenu) = open
);

fn open(menu: ModelMenu) {
    with_panel_styles(move || menu.slot.fill(|()| view! { <ModelMenuView /> }.into_any()));
}

impl ModelMenu {
    /// Shows the menu for the first time, or the settings where no server is chosen. From then on the browser shows the menu,
    /// since the button names it.
    pub fn show(self) {
        if self.sheet.connection.settings.with_untracked(|settings| settings.base_url.is_empty()) {
            self.sheet.show(None);
        } else if !self.slot.is_filled() {
            self.sheet.loader.load(open_menu(self));
        }
    }
}

/// What the menu lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Listed {
    /// The models that were in use lately.
    recent: Vec<String>,
    /// Models that were in use lately on other servers.
    elsewhere: Vec<ModelElsewhere>,
    /// The server's models.
    models: Vec<String>,
    /// How many of the server's models are left out.
    left_out: usize,
    /// What was typed, where no model has that name.
    typed: Option<String>,
    /// The model in use.
    chosen: String,
    /// The server's host.
    host: String,
}

/// The menu: a popover of the browser's own, which Escape and a press elsewhere close.
#[component]
pub fn ModelMenuView() -> impl IntoView {
    let menu = expect_context::<ModelMenu>();
    let connection = menu.sheet.connection;
    let popover = NodeRef::<html::Div>::new();
    let list = NodeRef::<html::Div>::new();
    let search = RwSignal::new(String::new());
    let recent = RwSignal::new(Vec::new());
    let elsewhere = RwSignal::new(Vec::new());
    let is_loading = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    popover.on_load(|popover| {
        // Behind the press that asked for it: the button names the menu, and the browser would take that press for one that closes it.
        let show = move || {
            let _ = popover.show_popover();
        };
        set_timeout(show, Duration::ZERO);
    });
    let close = move || {
        if let Some(popover) = popover.get_untracked() {
            let _ = popover.hide_popover();
        }
    };
    let toggled = move |event: web_sys::Event| {
        search.set(String::new());
        if event.unchecked_ref::<ToggleEvent>().new_state() == "open" {
            connection.take_up_servers();
            connection.note_model();
            recent.set(connection.recent_models());
            elsewhere.set(connection.models_elsewhere());
            is_loading.set(true);
            spawn_local(async move {
                problem.set(connection.load_models().await.err());
                is_loading.set(false);
            });
        }
    };
    let choose = Callback::new(move |(profile, model): (Option<String>, String)| {
        if let Some(profile) = profile {
            connection.use_server(&profile);
        }
        connection.edit(|settings| settings.model = model);
        connection.note_model();
        close();
        menu.draft.focus();
    });
    let listed = Memo::new(move |_| {
        let (chosen, host) = connection.settings.with(|settings| {
            let base = BaseUrl::parse(&settings.base_url, false);
            (settings.model.clone(), base.map(|base| base.host().to_owned()).unwrap_or_default())
        });
        let search = search.get();
        let found = connection.models.with(|models| recent.with(|recent| listed(&search, recent, models)));
        let elsewhere = elsewhere.with(|all| {
            all.iter()
                .filter(|one| holds_words(&one.model, &search) || holds_words(&one.server, &search))
                .cloned()
                .collect()
        });
        Listed { chosen, host, elsewhere, ..found }
    });
    let settings = move |()| {
        close();
        menu.sheet.show(problem.get_untracked());
    };
    let status = move || match problem.get() {
        Some(problem) => Some(problem.sentence),
        None => is_loading.get().then(|| sheet::LOADING.to_owned()),
    };
    view! {
        <div
            id=ModelMenu::ID
            class="menu"
            popover="auto"
            role="dialog"
            aria-label=sheet::MODEL_MENU
            data-testid="model-menu"
            node_ref=popover
            on:toggle=toggled
            on:keydown=move |event| {
                if let Some(list) = list.get_untracked() {
                    move_focus(&event, &list);
                }
            }
        >
            <input
                type="search"
                autofocus
                autocomplete="off"
                spellcheck="false"
                aria-label=sheet::FIND_MODEL
                placeholder=sheet::FIND_MODEL
                prop:value=move || search.get()
                on:input=move |event| search.set(event_target_value(&event))
            />
            <div class="menu-list" node_ref=list>
                {move || view! { <Groups listed=listed.get() choose=choose /> }}
            </div>
            <p class="menu-status" role="status">
                {status}
            </p>
            <Button class="button quiet" test_id="all-settings" icon=Icon::Settings on_press=settings>
                {sheet::ALL_SETTINGS}
            </Button>
        </div>
    }
}

/// The models in groups, each a button.
#[component]
fn Groups(listed: Listed, choose: Callback<(Option<String>, String)>) -> impl IntoView {
    let Listed { chosen, host, elsewhere, .. } = listed;
    let group = move |heading: String, models: Vec<String>| {
        let items = models.into_iter().map(|id| {
            let is_chosen = id == chosen;
            let words = id.clone();
            view! {
                <button
                    type="button"
                    class="menu-item"
                    aria-current=is_chosen.then_some("true")
                    on:click=move |_| choose.run((None, id.clone()))
                >
                    <span>{words}</span>
                    {is_chosen.then(|| view! { <IconView icon=Icon::Done /> })}
                </button>
            }
        });
        let items: Vec<_> = items.collect();
        (!items.is_empty()).then(|| view! { <h3 class="menu-group">{heading}</h3> {items} }.into_any())
    };
    let others = elsewhere.into_iter().map(|ModelElsewhere { profile, server, model }| {
        let words = model.clone();
        view! {
            <button
                type="button"
                class="menu-item"
                on:click=move |_| choose.run((Some(profile.clone()), model.clone()))
            >
                <span>{words}</span>
                <span class="menu-note">{server}</span>
            </button>
        }
    });
    let others: Vec<_> = others.collect();
    let others = (!others.is_empty())
        .then(|| view! { <h3 class="menu-group">{sheet::MODELS_ELSEWHERE}</h3> {others} }.into_any());
    let typed = listed.typed.map(|typed| {
        view! {
            <button type="button" class="menu-item" on:click=move |_| choose.run((None, typed.clone()))>
                <span>{sheet::use_typed(&typed)}</span>
            </button>
        }
    });
    let more = (listed.left_out > 0).then(|| {
        view! { <p class="menu-group">{sheet::more_models(&count(listed.left_out as u64))}</p> }
    });
    view! {
        {group(sheet::RECENT_MODELS.to_owned(), listed.recent)}
        {others}
        {group(sheet::models_on(&host), listed.models)}
        {more}
        {typed}
    }
}

/// Returns what the menu lists for what was typed into its search.
fn listed(search: &str, recent: &[String], models: &[String]) -> Listed {
    let wanted = search.trim().to_lowercase();
    let is_wanted = |id: &&String| holds_words(id, search);
    let mut found: Vec<String> = models.iter().filter(is_wanted).cloned().collect();
    let left_out = found.len().saturating_sub(MOST_LISTED);
    found.truncate(MOST_LISTED);
    let is_known = recent.iter().chain(models).any(|id| id.to_lowercase() == wanted);
    Listed {
        recent: recent.iter().filter(is_wanted).take(MOST_RECENT).cloned().collect(),
        models: found,
        left_out,
        typed: (!wanted.is_empty() && !is_known).then(|| search.trim().to_owned()),
        ..Listed::default()
    }
}

/// Returns whether a text holds all words of a search, in any order.
fn holds_words(text: &str, search: &str) -> bool {
    let text = text.to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// Moves the keyboard through the list by its arrows; Enter in the search chooses the first of the list.
fn move_focus(event: &KeyboardEvent, list: &HtmlElement) {
    let children = list.children();
    let items: Vec<HtmlButtonElement> =
        (0..children.length()).filter_map(|at| children.item(at)?.dyn_into().ok()).collect();
    let target = event.target();
    let at = items.iter().position(|item| target.as_ref() == Some(item.as_ref()));
    let is_search =
        at.is_none() && target.is_some_and(|target| target.has_type::<web_sys::HtmlInputElement>());
    let next = match (event.key().as_str(), at) {
        ("ArrowDown", None) => Some(0),
        ("ArrowDown", Some(at)) => Some(at + 1),
        ("ArrowUp", Some(at)) => Some(at.saturating_sub(1)),
        ("Enter", None) if is_search && !event.is_composing() => {
            event.prevent_default();
            return if let Some(first) = items.first() {
                first.click()
            };
        }
        _ => None,
    };
    if let Some(item) = next.and_then(|next| items.get(next)) {
        event.prevent_default();
        let _ = item.focus();
    }
}
