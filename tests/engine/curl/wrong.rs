//! Commands that are refused: each with its reason and the place.

use tokenfall::engine::curl::{Curl, Refusal};

/// Holds a command to a refusal at the place that `‸` marks.
fn assert_refused(marked: &str, refusal: Refusal) {
    let at = marked.find('‸').expect("a place is marked");
    let command = marked.replace('‸', "");
    let problem = Curl::parse(&command).expect_err(&command);
    assert_eq!((problem.refusal, problem.at), (refusal, at), "{command}");
}

#[test]
fn commands_of_other_programs() {
    assert_refused("‸", Refusal::Empty);
    assert_refused("‸ \n ", Refusal::Empty);
    assert_refused("‸wget https://a.example", Refusal::NotCurl);
    assert_refused("‸https://a.example", Refusal::NotCurl);
    assert_refused("‸fetch(\"https://a.example\", {});", Refusal::Fetch);
    assert_refused("‸await fetch('https://a.example')", Refusal::Fetch);
    assert_refused("‸Invoke-WebRequest -UseBasicParsing -Uri \"https://a.example\"", Refusal::PowerShell);
    assert_refused(
        "‸$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession",
        Refusal::PowerShell,
    );
    assert_refused("‸curl -Method POST -Uri https://a.example", Refusal::PowerShell);
    assert_refused("‸curl https://a.example `\n -H @{}", Refusal::PowerShell);
}

#[test]
fn more_than_one_command() {
    assert_refused("curl a.example\n‸-H 'a: b'", Refusal::SecondCommand);
    assert_refused("curl a.example\n\n# two\n  ‸curl b.example", Refusal::SecondCommand);
    assert_refused("curl ^\"http://a.example^\"\n‸curl ^\"http://b.example^\"", Refusal::SecondCommand);
    assert_refused("curl 'http://a.example' ‸;\ncurl 'http://b.example'", Refusal::ShellSign(';'));
    assert_refused("curl a.example ‸| jq .", Refusal::ShellSign('|'));
    assert_refused("curl a.example ‸> out", Refusal::ShellSign('>'));
    assert_refused("curl http://a.example/?a=1‸&b=2", Refusal::ShellSign('&'));
    assert_refused("curl a.example ‸<<EOF", Refusal::ShellSign('<'));
    assert_refused("curl a.example ^\n -d \"a\" ‸| more", Refusal::ShellSign('|'));
}

#[test]
fn quotes_and_escapes_that_are_wrong() {
    assert_refused("curl ‸'https://a.example", Refusal::OpenQuote('\''));
    assert_refused("curl a.example -d ‸\"{\\\"a\\\"", Refusal::OpenQuote('"'));
    assert_refused("curl a.example -d ‸$'abc", Refusal::OpenQuote('\''));
    assert_refused("curl ‸^\"https://a.example", Refusal::OpenQuote('"'));
    assert_refused("curl a.example ‸\\", Refusal::EscapeAtEnd);
    assert_refused("curl ^\"a.example^\" ‸^", Refusal::EscapeAtEnd);
    assert_refused(r"curl a.example -d $'a‸\xzz'", Refusal::BadEscape);
    assert_refused(r"curl a.example -d $'a‸\ud83d'", Refusal::BadEscape);
    assert_refused(r"curl a.example -d ‸$'\xff'", Refusal::NotText);
}

#[test]
fn what_a_shell_would_have_to_compute() {
    assert_refused("curl a.example -d \"‸$(date)\"", Refusal::Substitution);
    assert_refused("curl a.example -d ‸`date`", Refusal::Substitution);
    assert_refused("curl a.example -H \"x-api-key: ‸${KEY:-none}\"", Refusal::Substitution);
    assert_refused("curl \"‸$BASE/v1\"", Refusal::Variable("BASE".to_owned()));
    assert_refused("curl a.example -d \"‸$BODY\"", Refusal::Variable("BODY".to_owned()));
    assert_refused("curl a.example -H \"x-team: ‸$TEAM\"", Refusal::Variable("TEAM".to_owned()));
    assert_refused("curl -X ‸$METHOD a.example", Refusal::Variable("METHOD".to_owned()));
}

#[test]
fn options_that_are_not_known_or_lack_their_value() {
    assert_refused("curl a.example ‸--frobnicate", Refusal::UnknownOption);
    assert_refused("curl a.example ‸-sSW", Refusal::UnknownOption);
    assert_refused("curl a.example ‸--no-header", Refusal::UnknownOption);
    assert_refused("curl a.example ‸-H", Refusal::ValueMissing);
    assert_refused("curl a.example ‸--data", Refusal::ValueMissing);
}

#[test]
fn what_only_a_program_on_the_machine_can_do() {
    assert_refused("curl a.example -d ‸@body.json", Refusal::File);
    assert_refused("curl a.example --json ‸@body.json", Refusal::File);
    assert_refused("curl a.example --data-urlencode ‸q@file", Refusal::File);
    assert_refused("curl a.example -H ‸@headers", Refusal::File);
    assert_refused("curl a.example -b ‸cookies.txt", Refusal::File);
    assert_refused("curl ‸-K config", Refusal::File);
    assert_refused("curl ‸-T file a.example", Refusal::File);
    assert_refused("curl a.example ‸-F file=@a", Refusal::Form);
    assert_refused("curl ‸-x http://proxy:1 a.example", Refusal::Network);
    assert_refused("curl ‸--unix-socket /x a.example", Refusal::Network);
    assert_refused("curl ‸--cert c.pem a.example", Refusal::Certificate);
    assert_refused("curl ‸--ntlm -u a:b a.example", Refusal::Authentication);
}

#[test]
fn addresses_that_are_none_or_several() {
    assert_refused("‸curl", Refusal::UrlMissing);
    assert_refused("curl ‸-sS", Refusal::UrlMissing);
    assert_refused("curl a.example ‸b.example", Refusal::SecondUrl);
    assert_refused("curl ‸ftp://a.example", Refusal::BadUrl);
    assert_refused("curl ‸file:///etc/passwd", Refusal::BadUrl);
    assert_refused("curl ‸'https://a .example'", Refusal::BadUrl);
    assert_refused("curl ‸https://", Refusal::BadUrl);
    assert_refused("curl ‸https://a.example:99999/", Refusal::BadUrl);
    assert_refused("curl ‸'https://a.example/[1-9]'", Refusal::Glob);
    assert_refused("curl ‸'https://{a,b}.example'", Refusal::Glob);
}

#[test]
fn methods_bodies_and_headers_that_no_browser_sends() {
    assert_refused("curl -X ‸TRACE a.example", Refusal::BadMethod);
    assert_refused("curl -X ‸'GET IT' a.example", Refusal::BadMethod);
    assert_refused("curl -X GET -d ‸a a.example", Refusal::BodyWithGet);
    assert_refused("curl -I -d ‸a a.example", Refusal::BodyWithGet);
    assert_refused("curl a.example -H ‸'no colon'", Refusal::BadHeader);
    assert_refused("curl a.example -H ‸'a b: c'", Refusal::BadHeader);
    assert_refused("curl a.example -H ‸'a: “b”'", Refusal::BadHeader);
    assert_refused("curl a.example -H ‸$'a: b\\nc: d'", Refusal::BadHeader);
}

#[test]
fn a_place_is_told_by_line_and_column_in_characters() {
    let command = "curl a.example \\\n  -H 'ä: 1' --wrong";
    let problem = Curl::parse(command).unwrap_err();
    assert_eq!(problem.line_and_column(command), (2, 3 + "-H ".len()));
    let command = "curl 'a.example' -H 'x: ä' \\\n -d 'ä' --wrong";
    let problem = Curl::parse(command).unwrap_err();
    assert_eq!(problem.line_and_column(command), (2, 9));
    assert!(problem.sentence(command).starts_with("Line 2, column 9: "));
}

#[test]
fn no_beginning_of_a_command_and_no_damage_to_it_panics() {
    let commands = [
        "curl 'https://a.example/x?key=1' \\\n -H \"Authorization: Bearer ${K}\" --data-raw $'it\\'s \\u0021 \\ud83d\\ude00 \\303\\244' -u a:b --json '{}'",
        "curl ^\"https://ü:p@a.example/x?ids^\\[^\\]=1^\" ^\n -H ^\"x-api-key: %K_EY%^\" --data-raw ^\"^{^\\^\"a^\\^\": 1^}^\n\n^\"",
    ];
    for command in commands {
        let ends = command.char_indices().map(|(at, _)| at);
        for at in ends {
            let _ = Curl::parse(&command[..at]);
            for sign in ["'", "\"", "\\", "^", "$", "%", "[", "\n", "ü", " "] {
                let _ = Curl::parse(&format!("{}{sign}{}", &command[..at], &command[at..]));
            }
        }
    }
}
