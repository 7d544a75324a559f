//! Conversations go out as a file and come in again.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::{
    COFFEE, LAST_WORDS, TEA, ask_and_keep, counts, look, open, press_in_row, show_list, wait, wait_kept,
};
use crate::{browser::run, page::Page};

/// A folder for what the page saves, which goes with the test.
struct Folder(PathBuf);

impl Folder {
    async fn new(page: &Page, name: &str) -> Folder {
        let folder = std::env::temp_dir().join(format!("tokenfall-e2e-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        page.cdp("Browser.setDownloadBehavior", json!({ "behavior": "allow", "downloadPath": folder })).await;
        Folder(folder)
    }

    /// The one file with that ending, once it is whole.
    async fn saved(&self, ending: &str) -> PathBuf {
        for _ in 0..400 {
            let files = std::fs::read_dir(&self.0).unwrap().map(|file| file.unwrap().path());
            if let Some(file) = files.into_iter().find(|file| file.extension().is_some_and(|it| it == ending))
            {
                return file;
            }
            sleep(Duration::from_millis(25)).await;
        }
        panic!("no file of {ending} was saved");
    }

    /// Writes a file, and returns its path.
    fn write(&self, name: &str, text: &str) -> String {
        let file = self.0.join(name);
        std::fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// Chooses a file to import, and waits for what the dialog says of it.
async fn choose(page: &Page, path: &str, place: &str) -> String {
    page.element("import-file").await.send_keys(path).await.unwrap();
    page.wait(place, &format!("return !!$('{place}')"), 20).await;
    page.text(&format!("return $('{place}').innerText")).await
}

/// All records of conversations and turns.
async fn records(page: &Page) -> Value {
    look(page, "return dump().then(kept => [kept.conversations, kept.turns])").await
}

#[test]
fn all_is_exported_deleted_imported_and_there_again_as_it_was_also_after_a_reload() {
    run(async |page| {
        let folder = Folder::new(page, "round-trip").await;
        page.use_scenario("slow-answer").await;
        show_list(page).await;
        ask_and_keep(page, TEA).await;
        // A second version of the question, and of its answer.
        page.click("edit").await;
        page.element("edit-field").await.send_keys(" And quickly?").await.unwrap();
        page.click("edit-ask").await;
        page.wait_state(&["complete"], 20).await;
        wait_kept(page, "complete").await;
        page.click("side-new-chat").await;
        page.wait("an empty page", "return !last()", 5).await;
        ask_and_keep(page, COFFEE).await;
        let before = records(page).await;
        page.click("export-all").await;
        page.click("export-jsonl").await;
        page.wait("the file", "return /saved as/.test($('transfer-done')?.innerText)", 20).await;
        let file = folder.saved("jsonl").await;
        page.click("close-transfer").await;
        page.click("delete-all").await;
        page.driver.accept_alert().await.unwrap();
        wait(page, "no row", "return titles().length === 0").await;
        assert_eq!(counts(page).await, json!([0, 0, 0]));
        let file = file.to_str().unwrap();
        let holds = choose(page, file, "transfer-holds").await;
        assert!(holds.starts_with("2 conversations with 6 messages"), "{holds}");
        page.click("import-now").await;
        page.wait("the import", "return /imported/.test($('transfer-done')?.innerText)", 20).await;
        page.click("close-transfer").await;
        assert_eq!(records(page).await, before);
        page.driver.refresh().await.unwrap();
        page.wait("the composer", "return shown($('composer'))", 20).await;
        // Its title follows the question on show.
        open(page, "How do I make tea? And quickly?").await;
        assert!(page.answer().await.contains(LAST_WORDS));
        assert_eq!(page.js("return document.querySelectorAll('.question .versions').length").await, json!(1));
        assert_eq!(choose(page, file, "here-already").await, "All of them are here already.");
        assert_eq!(page.js("return $('import-now').disabled").await, json!(true));
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_conversation_is_saved_as_markdown_and_that_is_told_when_it_is_to_be_imported() {
    run(async |page| {
        let folder = Folder::new(page, "markdown").await;
        page.use_scenario("burst").await;
        show_list(page).await;
        ask_and_keep(page, TEA).await;
        press_in_row(page, TEA, "export").await;
        page.click("export-markdown").await;
        let file = folder.saved("md").await;
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(name.starts_with("How-do-I-make-tea-20"), "{name}");
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("# How do I make tea?\n") && text.contains("## You"), "{text}");
        page.wait("the file", "return /saved as/.test($('transfer-done')?.innerText)", 20).await;
        page.click("close-transfer").await;
        let problem = choose(page, file.to_str().unwrap(), "transfer-problem").await;
        assert!(problem.contains("Markdown"), "{problem}");
        page.click("close-transfer").await;
        let cut =
            folder.write("cut.jsonl", "{\"type\":\"session\",\"id\":\"c\"}\n{\"type\":\"message\",\"mess");
        let problem = choose(page, &cut, "transfer-problem").await;
        assert_eq!(problem, "Line 2 cannot be read: the file ends in its middle. Nothing was imported.");
        assert_eq!(counts(page).await[0], json!(1));
    });
}
