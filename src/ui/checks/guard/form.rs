//! [`RulesForm`] is what was typed of the rules. It is compiled with each change: what can be followed goes on to the host, what
//! cannot stays here with its problem, and nothing typed is lost.

use super::host::RulesHost;
use super::presets::RulePreset;
use crate::engine::checks::{Hold, Judge, Rule, Rules};
use crate::engine::guard::{AnswerForm, RuleField, RuleProblem, Ruleset};
use crate::engine::messages::guard_page as words;
use crate::ui::checks::rules::compile;
use leptos::prelude::*;

/// A rule as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleDraft {
    /// Tells it from the others.
    pub id: u32,
    /// As typed.
    pub rule: Rule,
    /// What is wrong with it.
    pub problem: Option<RuleProblem>,
    /// Whether the person has been in its text: what was never filled in is not told as wrong.
    pub is_touched: bool,
    /// The rule as it could be followed last.
    good: Option<Rule>,
}

/// A judge as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JudgeDraft {
    /// Whether there is one.
    pub is_on: bool,
    /// As typed.
    pub judge: Judge,
    /// The seconds as typed.
    pub seconds: String,
    /// What is wrong with it.
    pub problem: Option<RuleProblem>,
    /// The judge as it could be asked last.
    good: Option<Judge>,
}

/// Holds what was typed of the rules.
#[derive(Clone, Copy, Debug)]
pub struct RulesForm {
    /// The rules.
    pub rules: RwSignal<Vec<RuleDraft>>,
    /// How much is held back.
    pub hold: RwSignal<Hold>,
    /// Whether withheld text goes back to the model.
    pub sends_withheld: RwSignal<bool>,
    /// The judge.
    pub judge: RwSignal<JudgeDraft>,
    /// The rule that was taken away last, and its place.
    pub removed: RwSignal<Option<(usize, RuleDraft)>>,
    /// The rule whose first control gets the focus.
    pub focused: RwSignal<Option<u32>>,
    /// What is wrong with all of it.
    pub problem: RwSignal<Option<String>>,
    /// The rules that are followed.
    pub ruleset: RwSignal<Option<Ruleset>, LocalStorage>,
    /// The rules that the host has.
    saved: RwSignal<Rules>,
    set: Callback<Rules>,
    next: StoredValue<u32>,
}

impl RulesForm {
    /// Creates the form of the host's rules.
    #[must_use]
    pub fn new(host: &RulesHost) -> RulesForm {
        let rules = &host.rules;
        let drafts = (1..).zip(&rules.rules).map(|(id, rule)| {
            let draft = RuleDraft { id, rule: rule.clone(), is_touched: true, ..RuleDraft::default() };
            checked_rule(draft)
        });
        let drafts: Vec<_> = drafts.collect();
        let judge = rules.judge.clone().unwrap_or_default();
        let judge = checked_judge(JudgeDraft {
            is_on: rules.judge.is_some(),
            seconds: judge.seconds.to_string(),
            judge,
            ..JudgeDraft::default()
        });
        let next = drafts.len() as u32 + 1;
        let form = RulesForm {
            rules: RwSignal::new(drafts),
            hold: RwSignal::new(rules.hold),
            sends_withheld: RwSignal::new(rules.sends_withheld),
            judge: RwSignal::new(judge),
            removed: RwSignal::new(None),
            focused: RwSignal::new(None),
            problem: RwSignal::new(None),
            ruleset: RwSignal::new_local(None),
            saved: RwSignal::new(rules.clone()),
            set: host.set,
            next: StoredValue::new(next),
        };
        form.ruleset.set(compile(&form.followed(), AnswerForm::default()).ok());
        form
    }

    /// Returns the rules that can be followed: each as it is, or as it was when it last could be.
    fn followed(self) -> Rules {
        Rules {
            rules: self.rules.with_untracked(|rules| rules.iter().filter_map(RuleDraft::followed).collect()),
            hold: self.hold.get_untracked(),
            judge: self.judge.with_untracked(|judge| judge.good.clone().filter(|_| judge.is_on)),
            sends_withheld: self.sends_withheld.get_untracked(),
        }
    }

    /// Hands on what can be followed, behind each change.
    fn changed(self) {
        let rules = self.followed();
        match compile(&rules, AnswerForm::default()) {
            Ok(ruleset) => {
                self.ruleset.set(Some(ruleset));
                self.problem.set(None);
                if self.saved.with_untracked(|saved| *saved != rules) {
                    self.saved.set(rules.clone());
                    self.set.run(rules);
                }
            }
            Err(problem) => self.problem.set(Some(problem.words)),
        }
    }

    /// Changes a rule.
    pub fn edit(self, id: u32, change: impl FnOnce(&mut Rule)) {
        self.rules.update(|rules| {
            if let Some(draft) = rules.iter_mut().find(|draft| draft.id == id) {
                change(&mut draft.rule);
                *draft = checked_rule(std::mem::take(draft));
            }
        });
        self.changed();
    }

    /// Notes that the person has been in a rule's text.
    pub fn touch(self, id: u32) {
        let is_news = self.rules.with_untracked(|rules| rules.iter().any(|it| it.id == id && !it.is_touched));
        if is_news {
            self.rules.update(|rules| {
                if let Some(draft) = rules.iter_mut().find(|draft| draft.id == id) {
                    draft.is_touched = true;
                }
            });
        }
    }

    /// Reads a rule.
    pub fn read<T: Default>(self, id: u32, read: impl FnOnce(&RuleDraft) -> T) -> T {
        self.rules.with(|rules| rules.iter().find(|draft| draft.id == id).map(read)).unwrap_or_default()
    }

    /// Adds a rule, and brings the focus to it.
    pub fn add(self) {
        let id = self.push(Rule::default());
        self.focused.set(Some(id));
        self.changed();
    }

    /// Adds the rules of a preset that are not there yet; those that are there are switched on.
    pub fn add_preset(self, preset: RulePreset) {
        for kind in preset.kinds() {
            let known = self.rules.with_untracked(|rules| {
                rules.iter().find(|draft| draft.rule.kind == *kind).map(|draft| draft.id)
            });
            match known {
                Some(id) => self.edit(id, |rule| rule.is_off = false),
                None => drop(self.push(Rule { kind: *kind, ..Rule::default() })),
            }
        }
        self.changed();
    }

    fn push(self, rule: Rule) -> u32 {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        let draft = checked_rule(RuleDraft { id, rule, ..RuleDraft::default() });
        self.rules.update(|rules| rules.push(draft));
        id
    }

    /// Takes a rule away.
    pub fn remove(self, id: u32) {
        let removed = self.rules.try_update(|rules| {
            let at = rules.iter().position(|draft| draft.id == id)?;
            Some((at, rules.remove(at)))
        });
        self.removed.set(removed.flatten());
        self.changed();
    }

    /// Puts the rule back that was taken away last.
    pub fn put_back(self) {
        let Some((at, draft)) = self.removed.get_untracked() else { return };
        self.removed.set(None);
        self.focused.set(Some(draft.id));
        self.rules.update(|rules| rules.insert(at.min(rules.len()), draft));
        self.changed();
    }

    /// Chooses how much is held back.
    pub fn set_hold(self, hold: Hold) {
        self.hold.set(hold);
        self.changed();
    }

    /// Chooses whether withheld text goes back to the model.
    pub fn set_sends_withheld(self, sends: bool) {
        self.sends_withheld.set(sends);
        self.changed();
    }

    /// Changes the judge.
    pub fn edit_judge(self, change: impl FnOnce(&mut JudgeDraft)) {
        self.judge.update(|draft| {
            change(draft);
            *draft = checked_judge(std::mem::take(draft));
        });
        self.changed();
    }

    /// Says what is saved, and what is not.
    #[must_use]
    pub fn told(self) -> String {
        if let Some(problem) = self.problem.get() {
            return words::nothing_saved(&problem);
        }
        let mut parts = self.rules.with(|rules| {
            let parts = (1..).zip(rules).filter(|(_, draft)| draft.problem.is_some());
            let told = parts.map(|(number, draft)| match draft.good {
                Some(_) => words::stays_as_it_was(number),
                None => words::not_in_force(number),
            });
            told.collect::<Vec<_>>()
        });
        self.judge.with(|draft| {
            if draft.is_on && draft.problem.is_some() {
                let stays = if draft.good.is_some() { words::JUDGE_STAYS } else { words::JUDGE_IS_NOT };
                parts.push(stays.to_owned());
            }
        });
        if parts.is_empty() { words::SAVED.to_owned() } else { words::not_saved(&parts) }
    }
}

impl RuleDraft {
    fn followed(&self) -> Option<Rule> {
        if self.problem.is_none() { Some(self.rule.clone()) } else { self.good.clone() }
    }
}

/// Looks what is wrong with a rule by itself.
fn checked_rule(mut draft: RuleDraft) -> RuleDraft {
    let alone = Rules { rules: vec![draft.rule.clone()], ..Rules::default() };
    draft.problem = if draft.rule.is_off { None } else { compile(&alone, AnswerForm::default()).err() };
    if draft.problem.is_none() {
        draft.good = Some(draft.rule.clone());
    }
    draft
}

/// Looks what is wrong with a judge by itself.
fn checked_judge(mut draft: JudgeDraft) -> JudgeDraft {
    draft.judge.seconds = draft.seconds.trim().parse().unwrap_or_default();
    let alone = Rules { judge: Some(draft.judge.clone()), ..Rules::default() };
    draft.problem = if draft.is_on { compile(&alone, AnswerForm::default()).err() } else { None };
    if draft.is_on && draft.problem.is_none() {
        draft.good = Some(draft.judge.clone());
    }
    draft
}

/// Returns the problem of one of the judge's fields.
pub(super) fn judge_problem(form: RulesForm, field: RuleField) -> Option<String> {
    form.judge.with(|draft| {
        draft.problem.as_ref().filter(|problem| problem.field == field).map(|problem| problem.words.clone())
    })
}
