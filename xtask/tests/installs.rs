//! What is missing is installed by the ways a machine has: cargo-binstall and apt, here fakes that write down how they
//! were called and leave programs behind that answer as the real ones.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop where its machine cannot be made"
)]

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Leaves a program in ROOT/bin that says its version and, asked anything else, that a test passed.
const BINSTALL: &str = r#"
echo "$@" >> LOG
while [ $# -gt 1 ]; do
    case $1 in
        --version) version=$2; shift ;;
        --root) root=$2; shift ;;
    esac
    shift
done
program=${1%-cli}
/bin/mkdir -p "$root/bin"
printf '#!/bin/sh\nif [ "$1" = --version ]; then echo "%s %s"; else echo "test result: ok. 1 passed; 0 failed; 0 ignored"; fi\n' \
    "$program" "$version" > "$root/bin/$program"
/bin/chmod +x "$root/bin/$program"
"#;

/// Leaves the browser and its driver beside itself.
const APT: &str = r#"
echo "apt-get $@" >> LOG
if [ "$1" = install ]; then
    for program in chromium chromedriver; do
        printf '#!/bin/sh\n' > "${0%/*}/$program"
        /bin/chmod +x "${0%/*}/$program"
    done
fi
"#;

/// A machine with nothing on its PATH but what a test puts there. Its folder goes with it.
struct Machine {
    folder: PathBuf,
}

impl Machine {
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("tokenfall-installs-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("bin")).unwrap();
        let machine = Self { folder };
        machine.program("id", "echo 0");
        machine
    }

    fn program(&self, name: &str, script: &str) {
        let path = self.folder.join("bin").join(name);
        let script = script.replace("LOG", &self.folder.join("log").display().to_string());
        fs::write(&path, format!("#!/bin/sh\n{script}")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn browser_tests(&self) -> Output {
        self.xtask(&["test", "browser"])
    }

    fn xtask(&self, words: &[&str]) -> Output {
        let cargo = env::var_os("CARGO").expect("cargo runs the tests");
        let rustc = Path::new(&cargo).with_file_name("rustc");
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(words)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("PATH", self.folder.join("bin"))
            .env("TOKENFALL_CACHE", self.folder.join("cache"))
            // Logs go there; what is compiled is not looked for.
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_HOME", self.folder.join("cargo"))
            // Where binstall fails cargo is asked, and must not fetch anything in a test.
            .env("CARGO_NET_OFFLINE", "true")
            .env("RUSTC", rustc)
            .env_remove("CHROME")
            .env_remove("CHROMEDRIVER")
            .output()
            .unwrap()
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.folder));
    }
}

#[test]
fn binstall_and_apt_bring_what_is_missing_and_a_second_run_brings_nothing() {
    let machine = Machine::new("all");
    machine.program("cargo-binstall", BINSTALL);
    machine.program("apt-get", APT);
    let first = machine.browser_tests();
    let log = machine.log();
    assert!(first.status.success(), "{}\n{log}", String::from_utf8_lossy(&first.stderr));
    let lines: Vec<&str> = log.lines().collect();
    let tools = machine.folder.join("cache/tools");
    for (line, package) in lines.iter().zip(["wasm-bindgen-cli", "wasm-pack"]) {
        let start = "binstall --no-confirm --disable-strategies compile --version ";
        let version = line.strip_prefix(start).and_then(|rest| rest.split(' ').next()).expect(line);
        let root = tools.join(format!("{package}-{version}"));
        assert_eq!(*line, format!("{start}{version} --root {} {package}", root.display()));
    }
    assert_eq!(lines[2], "apt-get update -qq");
    assert!(lines[3].starts_with("apt-get install -qq -y --no-install-recommends chromium chromium-driver "));
    assert_eq!(lines.len(), 4, "{log}");
    assert!(machine.browser_tests().status.success());
    assert_eq!(machine.log(), log, "the second run installs nothing");
}

#[test]
fn a_failed_install_is_told_with_what_to_do() {
    let machine = Machine::new("none");
    machine.program("cargo-binstall", BINSTALL);
    machine.program("apt-get", "echo no network >&2; exit 100");
    let output = machine.browser_tests();
    assert!(!output.status.success());
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains("chromium, chromium-driver"), "what could not be installed: {said}");
    assert!(said.contains("`apt-get update -qq` ended with exit status: 100"), "{said}");
    assert!(said.contains("    no network\n"), "why, from the log: {said}");
    assert!(said.contains("target/xtask/apt-get.log"), "where the rest is: {said}");
}

#[test]
fn what_an_installer_prints_goes_to_the_log_and_not_to_the_reader() {
    let machine = Machine::new("quiet");
    machine.program("cargo-binstall", &format!("echo '   Compiling syn v2'\n{BINSTALL}"));
    machine.program("apt-get", &format!("echo 'Unpacking chromium'\n{APT}"));
    let output = machine.browser_tests();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{said}");
    assert!(!said.contains("Compiling") && !said.contains("Unpacking"), "{said}");
    assert!(said.contains("▸ installing wasm-pack"), "what it does: {said}");
    assert!(said.contains("test result: ok. 1 passed"), "the tests' own lines stay: {said}");
    for (log, line) in [("wasm-pack", "Compiling syn v2"), ("apt-get", "Unpacking chromium")] {
        let log = machine.folder.join(format!("target/xtask/{log}.log"));
        assert!(fs::read_to_string(&log).unwrap().contains(line), "{}", log.display());
    }
}

#[test]
fn serve_says_each_step_with_its_time_and_what_could_not_be_installed() {
    let machine = Machine::new("serve");
    machine.program(
        "cargo-binstall",
        &BINSTALL.replace(
            "program=${1%-cli}",
            "program=${1%-cli}; [ $program = wasm-bindgen ] && { echo no such release; exit 7; }",
        ),
    );
    machine.program("node", "");
    machine.program("npm", "");
    let output = machine.xtask(&["serve", "--no-model"]);
    assert!(!output.status.success());
    let (said, problems) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].starts_with("About 20 minutes the first time"), "{said}");
    let is_timed = |line: &str| line.starts_with("1/6 ") && line.ends_with(" s");
    assert!(lines.iter().any(|line| is_timed(line)), "{said}");
    assert!(lines.iter().any(|line| line.starts_with("2/6 trunk") && line.ends_with(" s")), "{said}");
    assert!(lines.iter().any(|line| line.starts_with("3/6 wasm-bindgen")), "{said}");
    assert!(!said.contains("4/6"), "{said}");
    assert!(problems.contains("wasm-bindgen-cli could not be installed"), "{problems}");
    assert!(problems.contains("wasm-bindgen-cli.log"), "{problems}");
}

#[test]
fn help_and_hints_need_no_tool_at_all() {
    let machine = Machine::new("help");
    let said = |words: &[&str]| {
        let output = machine.xtask(words);
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        (output.status.success(), said)
    };
    for help in [["serve", "--help"], ["serve", "-h"]] {
        let (fine, text) = said(&help);
        assert!(fine && text.contains("--model-port N") && text.contains("Ctrl-C"), "{text}");
    }
    assert!(said(&["help"]).1.contains("cargo xtask screenshots"));
    for (words, hint) in [
        (["serve", "--nomodel"], "did you mean --no-model?"),
        (["server", "--no-model"], "did you mean `cargo xtask serve`?"),
        (["deploy", "now"], "`cargo xtask help` lists them"),
    ] {
        let (fine, text) = said(&words);
        assert!(!fine && text.contains(hint), "{text}");
    }
}

#[test]
fn without_a_package_manager_the_reader_is_told_what_is_missing() {
    let machine = Machine::new("bare");
    machine.program("cargo-binstall", BINSTALL);
    let output = machine.browser_tests();
    assert!(!output.status.success());
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(
        said.contains("Chromium and chromedriver are missing. On Debian or Ubuntu: `apt-get install"),
        "{said}"
    );
}
