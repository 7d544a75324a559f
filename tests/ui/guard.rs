//! The guard's dialogs: its rules with the place to try them, the line above a conversation, and what was withheld of an answer.

use crate::conversation::{Asked, answer_of};
use crate::kept::{Kept, until, written};
use crate::mounted::{Mounted, dispatch, later, owned, page as mount_page, settled};
use leptos::prelude::*;
use std::time::Duration;
use tokenfall::engine::chat::{GateReport, GuardReport, Judged, Turn, Withheld};
use tokenfall::engine::checks::{Action, Hold, Judge, Rule, RuleKind, Rules};
use tokenfall::engine::messages::guard_page as words;
use tokenfall::ui::chat::numbers_dialog::AllNumbers;
use tokenfall::ui::checks::guard::rules_dialog::RulesDialog;
use tokenfall::ui::checks::guard::withheld_dialog::WithheldDialog;
use tokenfall::ui::checks::guard::{JudgeServer, RulesHost, WithheldHost};
use tokenfall::ui::compose::own_rules::OwnRules;
use tokenfall::ui::history::guard_note::GuardNote;
use tokenfall::ui::settings::rules_button::RulesButton;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

const HOSTILE: &str = "<b>not bold</b>\u{202e}";

/// What the dialog handed back.
#[derive(Clone, Copy)]
struct Handed {
    rules: RwSignal<Option<Rules>>,
    keeps: RwSignal<u32>,
    given_up: RwSignal<u32>,
    closed: RwSignal<u32>,
}

fn judge_server(id: &str) -> JudgeServer {
    JudgeServer {
        id: id.to_owned(),
        label: format!("Server {HOSTILE}"),
        host: "judge.example:8080".to_owned(),
        model: "small".to_owned(),
        models: vec!["small".to_owned(), HOSTILE.to_owned()],
    }
}

/// The dialog of those rules.
fn dialog(rules: Rules, servers: Vec<JudgeServer>) -> (Owner, Mounted, Handed) {
    let owner = owned();
    let (mounted, handed) = owner.with(|| {
        let handed = Handed {
            rules: RwSignal::new(None),
            keeps: RwSignal::new(0),
            given_up: RwSignal::new(0),
            closed: RwSignal::new(0),
        };
        let host = RulesHost {
            title: words::CONVERSATION_RULES,
            about: HOSTILE.to_owned(),
            rules,
            servers,
            set: Callback::new(move |rules| handed.rules.set(Some(rules))),
            keep: Callback::new(move |()| handed.keeps.update(|keeps| *keeps += 1)),
            give_up: Some(Callback::new(move |()| handed.given_up.update(|times| *times += 1))),
            closed: Callback::new(move |()| handed.closed.update(|times| *times += 1)),
        };
        (Mounted::new(move || view! { <RulesDialog host=host /> }), handed)
    });
    (owner, mounted, handed)
}

fn rule(kind: RuleKind, text: &str) -> Rule {
    Rule { kind, text: text.to_owned(), ..Rule::default() }
}

fn rules(rules: Vec<Rule>) -> Rules {
    Rules { rules, ..Rules::default() }
}

fn choose(mounted: &Mounted, selector: &str, value: &str) {
    let select: HtmlSelectElement = mounted.find(selector);
    select.set_value(value);
    dispatch(&select, "change");
}

fn is_hidden(mounted: &Mounted, selector: &str) -> bool {
    mounted.find::<HtmlElement>(selector).hidden()
}

fn handed(handed: Handed) -> Rules {
    handed.rules.get_untracked().unwrap()
}

/// Covers RulesDialog: event, state. RuleList: event, state. RuleFields: state. RemovedRule: event, state.
#[wasm_bindgen_test]
async fn a_preset_fills_an_empty_list_once_and_a_rule_that_is_removed_comes_back_in_its_place() {
    let (_owner, mounted, host) = dialog(Rules::default(), vec![]);
    settled().await;
    assert!(!is_hidden(&mounted, "[data-testid=no-rules]"));
    for _ in 0..2 {
        mounted.press("[data-testid=preset-personal]");
        settled().await;
    }
    let kinds = || handed(host).rules.iter().map(|rule| rule.kind).collect::<Vec<_>>();
    let personal = [RuleKind::Email, RuleKind::Phone, RuleKind::Card, RuleKind::Iban];
    assert_eq!(kinds(), personal);
    assert!(is_hidden(&mounted, "[data-testid=no-rules]") && mounted.count("[data-testid=rule]") == 4);
    mounted.press("[data-testid=rule]:nth-of-type(2) [data-testid=remove-rule]");
    settled().await;
    assert_eq!(kinds(), [RuleKind::Email, RuleKind::Card, RuleKind::Iban]);
    let line: HtmlElement = mounted.find("[data-testid=rule-removed]");
    assert!(line.contains(document().active_element().as_deref()), "the focus is not lost");
    mounted.press("[data-testid=undo-remove-rule]");
    settled().await;
    assert_eq!((kinds().as_slice(), mounted.count("[data-testid=rule-removed]")), (&personal[..], 0));
    mounted.press("[data-testid=close-rules]");
    later().await;
    assert_eq!(host.closed.get_untracked(), 1);
    assert!(0 < host.keeps.get_untracked());
    mounted.press("[data-testid=give-up-rules]");
    assert_eq!(host.given_up.get_untracked(), 1);
}

/// Covers RuleFields: event, bad input. RuleText: event, state, bad input. RuleList: bad input.
#[wasm_bindgen_test]
async fn a_pattern_that_is_none_stands_with_its_place_stays_typed_and_the_last_good_one_is_followed() {
    let (_owner, mounted, host) = dialog(rules(vec![rule(RuleKind::Pattern, "secret[0-9]+")]), vec![]);
    settled().await;
    assert_eq!(mounted.text("[data-testid=rules-saved]"), words::SAVED);
    mounted.type_into("[data-testid=rule-text]", "secret(");
    settled().await;
    let field: HtmlInputElement = mounted.find("[data-testid=rule-text]");
    assert_eq!(
        (field.value().as_str(), field.get_attribute("aria-invalid").as_deref()),
        ("secret(", Some("true"))
    );
    assert!(!mounted.text("[data-testid=rule-problem]").is_empty());
    assert_eq!(mounted.text("[data-testid=rules-saved]"), words::not_saved(&[words::stays_as_it_was(1)]));
    assert_eq!(host.rules.get_untracked(), None, "what is followed has not changed");
    for bad in ["(?=a)b", HOSTILE, "(a)\\1", ""] {
        mounted.type_into("[data-testid=rule-text]", bad);
        settled().await;
        let was_told = !is_hidden(&mounted, "[data-testid=rule-problem]");
        assert_eq!(was_told, bad != HOSTILE, "{bad}");
    }
    mounted.type_into("[data-testid=rule-text]", "secret[a-z]+");
    choose(&mounted, "[name=rule-action]", "1");
    settled().await;
    let wanted = Rule { action: Action::Stop, ..rule(RuleKind::Pattern, "secret[a-z]+") };
    assert_eq!(handed(host).rules, [wanted]);
    // Another kind needs no text, and what was typed is there again behind it.
    choose(&mounted, "[name=rule-kind]", "2");
    settled().await;
    assert_eq!((mounted.count("[data-testid=rule-text]"), handed(host).rules[0].kind), (0, RuleKind::Email));
    choose(&mounted, "[name=rule-kind]", "1");
    settled().await;
    assert_eq!(mounted.find::<HtmlInputElement>("[data-testid=rule-text]").value(), "secret[a-z]+");
    mounted.press("[data-testid=add-rule]");
    settled().await;
    assert_eq!(mounted.text("[data-testid=rules-saved]"), words::not_saved(&[words::not_in_force(2)]));
    assert_eq!(handed(host).rules.len(), 1, "a rule without words is none");
}

/// Covers HoldFields: event, state. JudgeFields: event, state, bad input. JudgeForm: event, state, bad input.
/// JudgeProblem: bad input, state. RulesDialog: bad input.
#[wasm_bindgen_test]
async fn a_judge_is_followed_once_it_is_whole_and_the_host_that_reads_the_text_is_named() {
    let (_owner, mounted, host) = dialog(Rules::default(), vec![judge_server("a")]);
    settled().await;
    assert_eq!(mounted.count("b"), 0, "markup is text");
    let radio: HtmlInputElement = mounted.find("[data-testid=hold-sentence]");
    radio.click();
    assert_eq!(handed(host).hold, Hold::Sentence);
    mounted.press("[name=has-judge]");
    settled().await;
    assert_eq!(handed(host).judge, None, "no server is chosen");
    assert_eq!(
        mounted.text("[data-testid=rules-saved]"),
        words::not_saved(&[words::JUDGE_IS_NOT.to_owned()])
    );
    choose(&mounted, "[name=judge-server]", "a");
    settled().await;
    assert_eq!(mounted.text("[data-testid=judge-host]"), words::host_sees("judge.example:8080"));
    let judge = handed(host).judge.unwrap();
    assert_eq!((judge.profile.as_str(), judge.prompt.as_str()), ("a", words::DEFAULT_PROMPT));
    for bad in ["", "0", "soon", "-3", "99999999999"] {
        mounted.type_into("[name=judge-seconds]", bad);
        settled().await;
        assert!(!is_hidden(&mounted, "#about-judge-seconds"), "{bad}");
        assert_eq!(handed(host).judge.as_ref(), Some(&judge), "{bad}");
    }
    mounted.type_into("[name=judge-seconds]", "5");
    mounted.type_into("[name=judge-prompt]", "Withhold nettles.");
    mounted.press("[name=judge-failure]");
    choose(&mounted, "[name=judge-sees]", "2");
    settled().await;
    let wanted = Judge {
        prompt: "Withhold nettles.".to_owned(),
        seconds: 5,
        sees: Hold::Whole,
        shows_on_failure: true,
        ..judge
    };
    assert_eq!(handed(host).judge, Some(wanted));
    mounted.press("[data-testid=default-prompt]");
    mounted.press("[name=has-judge]");
    settled().await;
    assert_eq!(handed(host).judge, None);
    drop(mounted);
    let (_owner, mounted, _) = dialog(Rules::default(), vec![]);
    mounted.press("[name=has-judge]");
    settled().await;
    assert_eq!(mounted.text("[data-testid=no-judge-servers]"), words::NO_SERVERS);
}

/// Covers TrialView: event, state, bad input. Outcome: state, bad input. TrialPlot: state, bad input.
#[wasm_bindgen_test]
async fn rules_are_tried_on_what_is_typed_and_a_file_that_is_no_recording_is_told() {
    let (_owner, mounted, _) = dialog(rules(vec![rule(RuleKind::Email, "")]), vec![]);
    settled().await;
    assert!(mounted.text("[data-testid=trial-shown]").contains("⟦e-mail withheld⟧"), "the sample is tried");
    mounted.type_into("[data-testid=trial-text]", &format!("{HOSTILE} a@example.org ⟦open"));
    settled().await;
    let shown = mounted.text("[data-testid=trial-shown]");
    assert!(shown.starts_with(HOSTILE) && shown.ends_with("⟦open") && !shown.contains("a@"), "{shown}");
    assert_eq!(
        (mounted.count("[data-testid=trial-shown] mark"), mounted.count("[data-testid=trial-shown] b")),
        (1, 0)
    );
    assert!(mounted.text("[data-testid=trial-places]").contains("a@example.org"));
    assert_eq!(mounted.count("[data-testid=trial-plot] path"), 2);
    mounted.type_into("[data-testid=trial-text]", "");
    settled().await;
    assert_eq!(mounted.text("[data-testid=trial-shown]"), "");
    mounted.type_into("[data-testid=trial-text]", &"Grüße ".repeat(20_000));
    settled().await;
    assert!(mounted.text("#about-trial-text").contains("32,768"), "only its beginning is tried");
    mounted.press("[data-testid=trial-sample]");
    settled().await;
    mounted.press("[name=rule-on]");
    settled().await;
    assert_eq!(mounted.text("[data-testid=trial-outcome]"), words::NOTHING_TO_TRY);
    assert_eq!(mounted.count("[data-testid=trial-plot]"), 0);
}

/// An answer of which an address was withheld.
fn withheld() -> Turn {
    let report = GateReport {
        text: "Grüße, a@b.example <b>".to_owned(),
        withheld: vec![Withheld { place: 9..20, rule: HOSTILE.to_owned(), action: Action::Redact }],
        ..GateReport::default()
    };
    let guard = GuardReport {
        blocks: vec![(0, report)],
        count: 1,
        longest_hold: Duration::from_millis(40),
        judged: Judged { parts: 3, ..Judged::default() },
        can_release: true,
        ..GuardReport::default()
    };
    Turn { guard: Some(Box::new(guard)), ..answer_of("Grüße, ⟦e-mail withheld⟧ <b>") }
}

/// Covers WithheldDialog: event, state, bad input. WithheldPlace: event, state, bad input.
#[wasm_bindgen_test]
async fn the_list_names_rule_and_place_and_shows_the_text_only_when_it_is_asked_for() {
    let owner = owned();
    let (mounted, releases) = owner.with(|| {
        let releases = RwSignal::new(0);
        let release = move |()| {
            releases.update(|times| *times += 1);
            releases.get_untracked() == 1
        };
        let report = withheld().guard.map(|report| *report).unwrap();
        let host = WithheldHost { report, release: Callback::new(release), closed: Callback::new(|()| ()) };
        (Mounted::new(move || view! { <WithheldDialog host=host /> }), releases)
    });
    settled().await;
    let place = mounted.text("[data-testid=withheld-place]");
    assert!(place.contains(HOSTILE) && place.contains(&words::place(1, 8, 18)), "{place}");
    assert_eq!((mounted.count("b"), mounted.count("[data-testid=withheld-text]")), (0, 0));
    assert!(!mounted.find::<Element>("[data-testid=withheld]").inner_html().contains("a@b"));
    mounted.press("[data-testid=show-withheld]");
    settled().await;
    assert_eq!(mounted.text("[data-testid=withheld-text]"), "a@b.example");
    mounted.press("[data-testid=show-withheld]");
    settled().await;
    assert_eq!(mounted.count("[data-testid=withheld-text]"), 0);
    mounted.press("[data-testid=release-withheld]");
    settled().await;
    assert_eq!(mounted.text("[data-testid=withheld-told]"), words::RELEASED);
    assert!(is_hidden(&mounted, "[data-testid=release-withheld]"), "once is enough");
    assert_eq!(releases.get_untracked(), 1);
}

/// Covers GuardNote: event, state, bad input.
#[wasm_bindgen_test]
async fn below_an_answer_stands_what_is_held_and_then_what_was_withheld_which_is_put_into_it_and_kept() {
    let held = GuardReport { held: 1_234, ..GuardReport::default() };
    let kept = Kept::new(vec![Turn { guard: Some(Box::new(held)), ..answer_of("") }], &[]).await;
    let (id, keeper, signals) = (kept.asked.last, kept.keeper, kept.asked.signals.clone());
    let shown = signals.clone();
    let mounted = kept.asked.mount(move || view! { <GuardNote id=id signals=shown keeper=keeper /> });
    settled().await;
    assert_eq!(mounted.text("[data-testid=guard-held]"), words::held_back("1,234"));
    assert!(is_hidden(&mounted, "[data-testid=what-withheld]"));
    kept.asked.store(withheld());
    signals.numbers.update(|_| ());
    settled().await;
    assert!(is_hidden(&mounted, "[data-testid=guard-held]"));
    assert_eq!(mounted.text("[data-testid=guard-count]"), words::withheld(1, &[HOSTILE.to_owned()]));
    assert_eq!(mounted.count("b"), 0);
    mounted.press("[data-testid=what-withheld]");
    settled().await;
    mounted.press("[data-testid=release-withheld]");
    settled().await;
    let text = kept.asked.chat.conversation.read_turn(id, Turn::text);
    assert_eq!(text.as_deref(), Some("Grüße, a@b.example <b>"));
    kept.asked.store(answer_of("no guard"));
    signals.numbers.update(|_| ());
    settled().await;
    assert_eq!(mounted.count("[data-testid=guard-note]"), 0);
    written().await;
}

/// Covers OwnRules: event, state, bad input.
#[wasm_bindgen_test]
async fn rules_of_a_conversation_stand_in_one_line_above_it_and_are_written_with_it() {
    let kept = Kept::new(vec![answer_of("Because.")], &[]).await;
    let (keeper, conversation) = (kept.keeper, kept.asked.chat.conversation);
    let mounted = kept.asked.mount(move || view! { <OwnRules keeper=keeper /> });
    settled().await;
    assert_eq!(mounted.count("[data-testid=own-rules]"), 0);
    conversation.edits_rules.set(true);
    settled().await;
    mounted.press("[data-testid=preset-secrets]");
    mounted.press("[data-testid=preset-code]");
    settled().await;
    assert!(mounted.text("[data-testid=own-rules]").contains(&words::checked_by(2, None)));
    let judge = Judge { profile: HOSTILE.to_owned(), ..Judge::default() };
    conversation
        .with_store(|store| store.checks.rules = Some(Rules { judge: Some(judge), ..Rules::default() }));
    conversation.path.update(|_| ());
    settled().await;
    let line = mounted.text("[data-testid=own-rules]");
    assert!(line.contains(&words::checked_by(0, Some(words::UNKNOWN_JUDGE))), "{line}");
    let id = keeper.shown.get_untracked().unwrap();
    written().await;
    until("it is written", || true).await;
    assert!(kept.record(&id).await.unwrap().checks.rules.is_some());
    mounted.press("[data-testid=give-up-rules]");
    settled().await;
    assert_eq!(mounted.count("[data-testid=own-rules]"), 0);
    written().await;
}

/// Covers RulesButton: event, state, bad input.
#[wasm_bindgen_test]
async fn the_rules_of_a_server_are_kept_with_its_settings_and_a_record_that_is_none_opens_as_none() {
    let (_owner, mounted, chat) = mount_page(|| {
        let loader = expect_context::<tokenfall::ui::chat::Chat>().loader;
        view! { <RulesButton loader=loader /> }
    });
    chat.connection.settings.update(|settings| settings.rules = "{\"rules\":7".to_owned());
    settled().await;
    assert_eq!(mounted.text("[data-testid=server-rules]"), words::server_rules(0));
    mounted.press("[data-testid=server-rules]");
    settled().await;
    mounted.press("[data-testid=preset-links]");
    settled().await;
    let stored =
        chat.connection.settings.with_untracked(|settings| Rules::from_json(&settings.rules)).unwrap();
    assert_eq!(stored.rules, [rule(RuleKind::Links, "")]);
    assert_eq!(mounted.text("[data-testid=server-rules]"), words::server_rules(1));
    mounted.press("[data-testid=remove-rule]");
    settled().await;
    assert_eq!(chat.connection.settings.with_untracked(|settings| settings.rules.clone()), "");
    mounted.find::<Element>("[data-testid=close-rules]").unchecked_into::<HtmlElement>().click();
    later().await;
    assert_eq!(mounted.count("[data-testid=rules]"), 0);
}

/// Covers GuardRow: state, bad input.
#[wasm_bindgen_test]
async fn what_a_guard_and_its_judge_took_stands_among_all_numbers_and_nothing_of_it_without_a_guard() {
    for (turn, rows) in [(withheld(), 6), (answer_of(HOSTILE), 0)] {
        let asked = Asked::new("Why?", vec![turn]);
        let (id, signals) = (asked.last, asked.signals.clone());
        let mounted = asked.mount(move || view! { <AllNumbers id=id signals=signals on_close=|()| () /> });
        settled().await;
        assert_eq!(mounted.count("[data-testid=guard-numbers] dt"), rows);
        if 0 < rows {
            let figure =
                |name: &str| mounted.text(&format!("[data-testid=guard-numbers] [data-number={name}]"));
            assert_eq!((figure("judged"), figure("longest-hold")), ("3".to_owned(), "40.0 ms".to_owned()));
        }
    }
}
