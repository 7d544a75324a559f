//! [`Check`] makes sure of what a pattern alone cannot: checksums, and hosts that are not listed.

use std::rc::Rc;

/// Makes sure of a match by reading it.
#[derive(Clone, Debug)]
pub(super) enum Check {
    /// The number of a payment card.
    Card,
    /// An international bank account number.
    Iban,
    /// The beginning of a link to a host that is not listed.
    Foreign(Rc<[String]>),
}

impl Check {
    /// Returns how many bytes of the text are a match; `None` if it is none.
    pub(super) fn passes(&self, text: &str) -> Option<usize> {
        match self {
            Check::Card => is_card(text).then_some(text.len()),
            Check::Iban => is_iban(text).then_some(text.len()),
            Check::Foreign(hosts) => foreign(text, hosts),
        }
    }
}

/// Returns whether a text is a card's number: a company's first figures, its length, groups of three and more, the checksum.
fn is_card(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    let has_groups = text.split(|c: char| !c.is_ascii_digit()).all(|group| 3 <= group.len());
    let first = |count: usize| digits.iter().take(count).fold(0, |number, digit| number * 10 + digit);
    let fits = match digits.len() {
        13 | 19 => first(1) == 4 || first(2) == 62,
        14 => matches!(first(2), 30 | 36 | 38 | 39),
        15 => matches!(first(2), 34 | 37),
        16 => {
            first(1) == 4
                || matches!(first(2), 35 | 51..=55 | 60 | 62 | 64 | 65)
                || matches!(first(4), 2221..=2720)
        }
        17 | 18 => first(2) == 62,
        _ => false,
    };
    fits && has_groups && luhn(&digits)
}

/// Returns whether figures have the right checksum of Luhn.
fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(index, digit)| match (index % 2, digit * 2) {
            (0, _) => *digit,
            (_, double) => double / 10 + double % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// The lengths of account numbers, by country.
const LENGTHS: &str = "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30";

/// Returns whether a text is an account number: a country's, of its length, with the right checksum.
fn is_iban(text: &str) -> bool {
    let signs: Vec<u8> =
        text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_uppercase()).collect();
    let length = LENGTHS
        .as_bytes()
        .chunks_exact(4)
        .find(|row| signs.starts_with(&row[..2]))
        .map(|row| row[2..].iter().fold(0, |number, digit| number * 10 + usize::from(digit - b'0')));
    if length != Some(signs.len()) {
        return false;
    }
    let (country, account) = signs.split_at(4);
    let values = account.iter().chain(country).map(|byte| match byte {
        b'0'..=b'9' => (u32::from(byte - b'0'), 10),
        _ => (u32::from(byte - b'A') + 10, 100),
    });
    values.fold(0, |rest, (value, factor)| (rest * factor + value) % 97) == 1
}

/// The signs that end a host in prose and Markdown, but may stand before the `@` of an address.
const NO_HOST: &[char] = &[
    '(', ')', '[', ']', '{', '}', '|', ',', ';', '!', '*', '\'', '~', '_', '&', '=', '$', '+', '，', '、',
    '；', '（', '）', '「', '」', '》',
];

/// Returns how much of a link's beginning there is up to the end of its host, if that is not listed.
fn foreign(text: &str, hosts: &[String]) -> Option<usize> {
    let slashes = |rest: &str| rest.len() - rest.trim_start_matches(['/', '\\']).len();
    let is_web = text.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"));
    let scheme = if is_web { text.find(':').map_or(0, |at| at + 1) } else { 0 };
    let begin = scheme + slashes(&text[scheme..]);
    let authority = &text[begin..];
    // Who stands before an `@` is no host, and an encoded character may be any.
    if authority.contains(['@', '%']) {
        return Some(text.len());
    }
    let host = authority.split(NO_HOST).next().unwrap_or_default();
    let end = begin + host.len();
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let name = name.trim_end_matches(['.', '\u{3002}']).to_lowercase();
    let is_named =
        if is_web && scheme < begin { !name.is_empty() } else { name.contains('.') || !port.is_empty() };
    let is_listed = |listed: &String| {
        name.strip_suffix(listed.as_str()).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    (is_named && !hosts.iter().any(is_listed)).then_some(end)
}
