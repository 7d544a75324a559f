//! Writes a conversation as Markdown, for people.

use crate::archive::date::Date;
use crate::archive::{ConversationRecord, TurnRecord, restore};
use crate::chat::{Conversation, TurnId};
use crate::messages::archive as words;
use crate::wire::{BlockKind, Role};

/// How a conversation is written as Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MarkdownExport {
    /// Whether the model's thoughts are in it, folded; else they are left out.
    pub has_thoughts: bool,
    /// How far local time is ahead of UTC, in minutes.
    pub offset_minutes: i32,
}

impl MarkdownExport {
    /// Writes the line on show: each turn under who speaks, with date and server, and how it ended where that is no good
    /// end.
    #[must_use]
    pub fn write(self, record: &ConversationRecord, turns: Vec<TurnRecord>) -> String {
        let conversation = restore(record, turns).conversation;
        let mut out = format!("# {}\n", record.title.replace('\n', " "));
        if !record.system.is_empty() {
            for line in record.system.lines() {
                out.push_str(&format!("\n> {line}"));
            }
            out.push('\n');
        }
        for id in conversation.path() {
            self.write_turn(&conversation, id, &mut out);
        }
        out
    }

    fn write_turn(self, conversation: &Conversation, id: TurnId, out: &mut String) {
        let (Some(turn), Some(metadata)) = (conversation.turn(id), conversation.metadata(id)) else { return };
        let model = turn.identity.model.as_deref().unwrap_or(&metadata.model);
        let speaker = match turn.role {
            Role::User => words::YOU,
            Role::Assistant if model.is_empty() => words::ANSWER,
            Role::Assistant => model,
        };
        let date = Date::of(metadata.created, self.offset_minutes).text();
        let date = if metadata.created == 0 { "" } else { &date };
        let parts = [speaker, date, &metadata.server].map(|part| part.replace('\n', " "));
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        out.push_str(&format!("\n## {}\n", parts.join(" · ")));
        let reasoning = turn.reasoning();
        if self.has_thoughts && !reasoning.trim().is_empty() {
            // The fold ends where we end it.
            let text = reasoning.trim().replace("</details", "&lt;/details");
            out.push_str(&format!(
                "\n<details>\n<summary>{}</summary>\n\n{text}\n\n</details>\n",
                words::THOUGHTS
            ));
        }
        for (role, said) in turn.spoken().iter().filter(|(_, said)| !said.trim().is_empty()) {
            let said = said.trim_matches('\n');
            if *role == turn.role {
                out.push_str(&format!("\n{said}\n"));
            } else {
                out.push_str(&format!("\n> **{}**\n>\n> {}\n", words::MEANWHILE, said.replace('\n', "\n> ")));
            }
        }
        for block in turn.blocks_of(BlockKind::ToolCall) {
            let name = block.tool.as_ref().map_or("", |tool| tool.name.as_str());
            let fence = "`".repeat(longest_run(&block.text).max(2) + 1);
            out.push_str(&format!(
                "\n{fence}json {}\n{}\n{fence}\n",
                name.replace(['`', '\n'], ""),
                block.text
            ));
        }
        let end = turn.failure.as_ref().map_or_else(|| turn.end_in_words(), |failure| failure.sentence());
        if !end.is_empty() {
            out.push_str(&format!("\n> {}\n", end.replace('\n', "\n> ")));
        }
        let sources = turn.sources();
        if !sources.is_empty() {
            out.push_str(&format!("\n{}:\n\n", words::SOURCES));
            for source in sources {
                let parts = [&source.title, &source.url].map(|part| part.replace('\n', " "));
                let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                out.push_str(&format!("- {}\n", parts.join(" – ")));
            }
        }
    }
}

/// Returns the length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
