//! Reads character references of HTML, as Markdown has them.

/// The most characters of one between `&` and `;`.
pub(super) const LONGEST: usize = 32;

/// HTML's names of the punctuation of ASCII and of blanks. Nought stands for what is invisible.
const NAMES: [(&str, char); 66] = [
    ("Tab", '\0'),
    ("NewLine", '\0'),
    ("excl", '!'),
    ("quot", '"'),
    ("QUOT", '"'),
    ("num", '#'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("amp", '&'),
    ("AMP", '&'),
    ("apos", '\''),
    ("lpar", '('),
    ("rpar", ')'),
    ("ast", '*'),
    ("midast", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("period", '.'),
    ("sol", '/'),
    ("colon", ':'),
    ("semi", ';'),
    ("lt", '<'),
    ("LT", '<'),
    ("equals", '='),
    ("gt", '>'),
    ("GT", '>'),
    ("quest", '?'),
    ("commat", '@'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("bsol", '\\'),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("Hat", '^'),
    ("lowbar", '_'),
    ("UnderBar", '_'),
    ("grave", '`'),
    ("DiacriticalGrave", '`'),
    ("lcub", '{'),
    ("lbrace", '{'),
    ("verbar", '|'),
    ("vert", '|'),
    ("VerticalLine", '|'),
    ("rcub", '}'),
    ("rbrace", '}'),
    ("nbsp", ' '),
    ("NonBreakingSpace", ' '),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("ThinSpace", ' '),
    ("numsp", ' '),
    ("puncsp", ' '),
    ("hairsp", ' '),
    ("VeryThinSpace", ' '),
    ("hyphen", '-'),
    ("dash", '-'),
    ("ndash", '-'),
    ("mdash", '-'),
    ("minus", '-'),
    ("horbar", '-'),
    ("shy", '\0'),
    ("zwj", '\0'),
    ("zwnj", '\0'),
    ("lrm", '\0'),
    ("rlm", '\0'),
];

/// More names of what is invisible.
const INVISIBLE: [&str; 13] = [
    "ZeroWidthSpace",
    "NegativeVeryThinSpace",
    "NegativeThinSpace",
    "NegativeMediumSpace",
    "NegativeThickSpace",
    "NoBreak",
    "ApplyFunction",
    "af",
    "InvisibleTimes",
    "it",
    "InvisibleComma",
    "ic",
    "MediumSpace",
];

/// Returns the character that stands between `&` and `;`; nought if it is invisible. `None` where it is not known: such a name
/// is taken for a sign of its own.
pub(super) fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        let c = code.ok().and_then(char::from_u32)?;
        // What an address has of these its reader leaves out.
        return Some(if matches!(c, '\t' | '\n' | '\r') { '\0' } else { c });
    }
    if INVISIBLE.contains(&name) {
        return Some('\0');
    }
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}
