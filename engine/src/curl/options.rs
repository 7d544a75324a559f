//! [`Command`] collects what the options of a command say.

use super::header::Given;
use super::problem::{CurlProblem, Refusal};
use super::secret::{Secret, SecretPlace, login, secret};
use super::word::Word;
use crate::authority::percent_encoded;

/// What an option is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Url,
    Method,
    Header,
    Data {
        is_raw: bool,
    },
    UrlEncoded,
    Json,
    Get,
    Head,
    User,
    Bearer,
    Agent,
    Referer,
    Cookie,
    Insecure,
    NoGlobs,
    /// It changes nothing that matters here.
    Nothing,
    /// The same, with a value.
    NothingWithValue,
    File,
    Form,
    Network,
    Certificate,
    Authentication,
}

/// The options of curl's manual that are understood, or refused with a reason of their own: long name, letter, use.
const OPTIONS: &[(&str, char, Use)] = &[
    ("url", '\0', Use::Url),
    ("request", 'X', Use::Method),
    ("header", 'H', Use::Header),
    ("data", 'd', Use::Data { is_raw: false }),
    ("data-ascii", '\0', Use::Data { is_raw: false }),
    ("data-binary", '\0', Use::Data { is_raw: false }),
    ("data-raw", '\0', Use::Data { is_raw: true }),
    ("data-urlencode", '\0', Use::UrlEncoded),
    ("json", '\0', Use::Json),
    ("get", 'G', Use::Get),
    ("head", 'I', Use::Head),
    ("user", 'u', Use::User),
    ("oauth2-bearer", '\0', Use::Bearer),
    ("user-agent", 'A', Use::Agent),
    ("referer", 'e', Use::Referer),
    ("cookie", 'b', Use::Cookie),
    ("insecure", 'k', Use::Insecure),
    ("globoff", 'g', Use::NoGlobs),
    ("no-buffer", 'N', Use::Nothing),
    ("buffer", '\0', Use::Nothing),
    ("compressed", '\0', Use::Nothing),
    ("location", 'L', Use::Nothing),
    ("location-trusted", '\0', Use::Nothing),
    ("silent", 's', Use::Nothing),
    ("show-error", 'S', Use::Nothing),
    ("include", 'i', Use::Nothing),
    ("show-headers", '\0', Use::Nothing),
    ("verbose", 'v', Use::Nothing),
    ("fail", 'f', Use::Nothing),
    ("fail-with-body", '\0', Use::Nothing),
    ("fail-early", '\0', Use::Nothing),
    ("progress-bar", '#', Use::Nothing),
    ("progress-meter", '\0', Use::Nothing),
    ("basic", '\0', Use::Nothing),
    ("disable", 'q', Use::Nothing),
    ("ipv4", '4', Use::Nothing),
    ("ipv6", '6', Use::Nothing),
    ("http1.0", '0', Use::Nothing),
    ("http1.1", '\0', Use::Nothing),
    ("http2", '\0', Use::Nothing),
    ("http2-prior-knowledge", '\0', Use::Nothing),
    ("http3", '\0', Use::Nothing),
    ("tlsv1.2", '\0', Use::Nothing),
    ("tlsv1.3", '\0', Use::Nothing),
    ("ssl-no-revoke", '\0', Use::Nothing),
    ("tcp-nodelay", '\0', Use::Nothing),
    ("path-as-is", '\0', Use::Nothing),
    ("remote-name", 'O', Use::Nothing),
    ("remote-header-name", 'J', Use::Nothing),
    ("styled-output", '\0', Use::Nothing),
    ("output", 'o', Use::NothingWithValue),
    ("write-out", 'w', Use::NothingWithValue),
    ("dump-header", 'D', Use::NothingWithValue),
    ("cookie-jar", 'c', Use::NothingWithValue),
    ("max-time", 'm', Use::NothingWithValue),
    ("connect-timeout", '\0', Use::NothingWithValue),
    ("keepalive-time", '\0', Use::NothingWithValue),
    ("retry", '\0', Use::NothingWithValue),
    ("retry-delay", '\0', Use::NothingWithValue),
    ("retry-max-time", '\0', Use::NothingWithValue),
    ("max-redirs", '\0', Use::NothingWithValue),
    ("speed-limit", 'Y', Use::NothingWithValue),
    ("speed-time", 'y', Use::NothingWithValue),
    ("limit-rate", '\0', Use::NothingWithValue),
    ("stderr", '\0', Use::NothingWithValue),
    ("trace-ascii", '\0', Use::NothingWithValue),
    ("trace", '\0', Use::NothingWithValue),
    ("trace-time", '\0', Use::Nothing),
    ("config", 'K', Use::File),
    ("upload-file", 'T', Use::File),
    ("netrc", 'n', Use::File),
    ("form", 'F', Use::Form),
    ("form-string", '\0', Use::Form),
    ("proxy", 'x', Use::Network),
    ("proxy-user", 'U', Use::Network),
    ("proxy-header", '\0', Use::Network),
    ("socks5", '\0', Use::Network),
    ("socks5-hostname", '\0', Use::Network),
    ("noproxy", '\0', Use::Network),
    ("resolve", '\0', Use::Network),
    ("connect-to", '\0', Use::Network),
    ("interface", '\0', Use::Network),
    ("unix-socket", '\0', Use::Network),
    ("cert", 'E', Use::Certificate),
    ("key", '\0', Use::Certificate),
    ("cacert", '\0', Use::Certificate),
    ("capath", '\0', Use::Certificate),
    ("pass", '\0', Use::Certificate),
    ("digest", '\0', Use::Authentication),
    ("ntlm", '\0', Use::Authentication),
    ("negotiate", '\0', Use::Authentication),
    ("anyauth", '\0', Use::Authentication),
    ("aws-sigv4", '\0', Use::Authentication),
];

impl Use {
    const fn has_value(self) -> bool {
        match self {
            Use::Url
            | Use::Method
            | Use::Header
            | Use::Data { .. }
            | Use::UrlEncoded
            | Use::Json
            | Use::User
            | Use::Bearer
            | Use::Agent
            | Use::Referer
            | Use::Cookie
            | Use::NothingWithValue => true,
            Use::Get
            | Use::Head
            | Use::Insecure
            | Use::NoGlobs
            | Use::Nothing
            | Use::File
            | Use::Form
            | Use::Network
            | Use::Certificate
            | Use::Authentication => false,
        }
    }
}

/// A piece of the body.
#[derive(Clone, Debug)]
pub(super) struct Data {
    pub(super) text: String,
    pub(super) at: usize,
}

/// What the options say.
#[derive(Debug, Default)]
pub(super) struct Command {
    pub(super) url: Option<Word>,
    pub(super) method: Option<Word>,
    pub(super) headers: Vec<Given>,
    pub(super) data: Vec<Data>,
    pub(super) is_json: bool,
    pub(super) get: bool,
    pub(super) head: bool,
    pub(super) login: Option<Secret>,
    pub(super) insecure: bool,
    pub(super) no_globs: bool,
    /// The byte behind the last word's beginning, for what is missing.
    pub(super) end: usize,
}

impl Command {
    /// Reads the words behind `curl`.
    pub(super) fn read(words: &[Word]) -> Result<Command, CurlProblem> {
        let mut command = Command { end: words.last().map_or(0, |word| word.at), ..Command::default() };
        let mut words = words.iter();
        let mut is_over = false;
        while let Some(word) = words.next() {
            let text = word.text.as_str();
            if is_over || !text.starts_with('-') || text == "-" {
                command.take_url(word.clone())?;
            } else if text == "--" {
                is_over = true;
            } else if let Some(long) = text.strip_prefix("--") {
                command.long(word, long, &mut words)?;
            } else {
                command.short(word, &mut words)?;
            }
        }
        Ok(command)
    }

    fn long<'a>(
        &mut self,
        word: &Word,
        long: &str,
        words: &mut impl Iterator<Item = &'a Word>,
    ) -> Result<(), CurlProblem> {
        let (name, joined) = match long.split_once('=') {
            Some((name, _)) => (name, Some(word.behind("--".len() + name.len() + 1))),
            None => (long, None),
        };
        let find = |name: &str| OPTIONS.iter().find(|(known, ..)| *known == name).map(|(.., option)| *option);
        // Of what only switches something on the contrary is fine too.
        let off = name.strip_prefix("no-").and_then(find).filter(|option| *option == Use::Nothing);
        let option = find(name).or(off).ok_or_else(|| Refusal::UnknownOption.at(word.at))?;
        self.apply(option, word, joined, words)
    }

    fn short<'a>(
        &mut self,
        word: &Word,
        words: &mut impl Iterator<Item = &'a Word>,
    ) -> Result<(), CurlProblem> {
        for (at, letter) in word.text.char_indices().skip(1) {
            let found = OPTIONS.iter().find(|(_, short, _)| *short == letter && letter != '\0');
            let Some((.., option)) = found else { return Err(Refusal::UnknownOption.at(word.at)) };
            let behind = at + letter.len_utf8();
            if option.has_value() {
                let is_joined = behind < word.text.len() || !word.variables.is_empty();
                let joined = is_joined.then(|| word.behind(behind));
                return self.apply(*option, word, joined, words);
            }
            self.apply(*option, word, None, words)?;
        }
        Ok(())
    }

    fn apply<'a>(
        &mut self,
        option: Use,
        word: &Word,
        joined: Option<Word>,
        words: &mut impl Iterator<Item = &'a Word>,
    ) -> Result<(), CurlProblem> {
        let value = if option.has_value() {
            let value = joined.or_else(|| words.next().cloned());
            value.ok_or_else(|| Refusal::ValueMissing.at(word.at))?
        } else {
            Word::default()
        };
        match option {
            Use::Url => self.take_url(value)?,
            Use::Method => self.method = Some(value),
            Use::Header => self.headers.extend(Given::read(&value)?),
            Use::Data { is_raw } => self.take_data(&value, !is_raw)?,
            Use::UrlEncoded => {
                let text = url_encoded(value.plain()?).ok_or_else(|| Refusal::File.at(value.at))?;
                self.data.push(Data { text, at: value.at });
            }
            Use::Json => {
                self.is_json = true;
                self.take_data(&value, true)?;
            }
            Use::Get => self.get = true,
            Use::Head => self.head = true,
            Use::User => self.login = Some(login(&value.text, value.variables.first())),
            Use::Bearer => {
                let token = format!("Bearer {}", value.text);
                let place = SecretPlace::Header("Authorization".to_owned());
                self.login = Some(secret(place, token, value.variables.first()));
            }
            Use::Agent => self.headers.push(Given::made("User-Agent", value.plain()?)),
            Use::Referer => self.headers.push(Given::made("Referer", value.plain()?)),
            Use::Cookie => {
                if !value.text.contains('=') && value.variables.is_empty() {
                    return Err(Refusal::File.at(value.at));
                }
                self.headers.push(Given { variables: value.variables, ..Given::made("Cookie", &value.text) });
            }
            Use::Insecure => self.insecure = true,
            Use::NoGlobs => self.no_globs = true,
            Use::Nothing | Use::NothingWithValue => {}
            Use::File => return Err(Refusal::File.at(word.at)),
            Use::Form => return Err(Refusal::Form.at(word.at)),
            Use::Network => return Err(Refusal::Network.at(word.at)),
            Use::Certificate => return Err(Refusal::Certificate.at(word.at)),
            Use::Authentication => return Err(Refusal::Authentication.at(word.at)),
        }
        Ok(())
    }

    fn take_url(&mut self, word: Word) -> Result<(), CurlProblem> {
        if self.url.is_some() {
            return Err(Refusal::SecondUrl.at(word.at));
        }
        self.url = Some(word);
        Ok(())
    }

    fn take_data(&mut self, value: &Word, may_be_file: bool) -> Result<(), CurlProblem> {
        if may_be_file && value.text.starts_with('@') {
            return Err(Refusal::File.at(value.at));
        }
        self.data.push(Data { text: value.plain()?.to_owned(), at: value.at });
        Ok(())
    }
}

/// Returns what `--data-urlencode` makes of its value; `None` for a file.
fn url_encoded(text: &str) -> Option<String> {
    let (name, content) = match text.find(['=', '@']) {
        Some(at) if text[at..].starts_with('@') => return None,
        Some(at) => (&text[..at], &text[at + 1..]),
        None => ("", text),
    };
    let name = if name.is_empty() { String::new() } else { format!("{name}=") };
    Some(name + &percent_encoded(content, b"-._~"))
}
