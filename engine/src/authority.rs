//! Hosts, ports, tokens and percent-encoding, as addresses and headers have them (RFC 3986 §3.2, RFC 9110 §5.6.2).

/// Parts an authority without a login into its host and its port, which keeps its colon.
pub(crate) fn split_port(authority: &str) -> (&str, &str) {
    let end = match authority.strip_prefix('[') {
        Some(rest) => rest.find(']').map_or(authority.len(), |end| end + 2),
        None => authority.find(':').unwrap_or(authority.len()),
    };
    authority.split_at(end)
}

/// Returns whether there is no port, or one behind its colon.
pub(crate) fn is_port(port: &str) -> bool {
    let is_number =
        |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    port.is_empty() || port.strip_prefix(':').is_some_and(is_number)
}

/// Returns whether a host in brackets is an address of IPv6, by its characters; `None` for a host without brackets.
pub(crate) fn is_literal(host: &str) -> Option<bool> {
    let literal = host.strip_prefix('[')?;
    let is_sign = |byte: u8| byte.is_ascii_hexdigit() || b":.".contains(&byte);
    Some(literal.strip_suffix(']').is_some_and(|v6| v6.contains(':') && v6.bytes().all(is_sign)))
}

/// Returns a text in which every byte is percent-encoded but letters and figures of ASCII and the signs of `plain` (RFC 3986
/// §2.1).
pub(crate) fn percent_encoded(text: &str, plain: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || plain.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Returns whether a character may be in a token: names of headers, methods and sub-protocols are tokens.
pub(crate) fn is_token_sign(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(sign)
}
