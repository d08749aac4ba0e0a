//! Text from files, made fit to be shown: it must not move a cursor or turn a line around.

use std::borrow::Cow;

/// The picture of a character that would do something to a terminal; `None` where it does nothing.
#[must_use]
pub fn picture(character: char) -> Option<char> {
    match character {
        '\t' => None,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + character as u32),
        '\u{7f}' => Some('\u{2421}'),
        // C1 controls, and the marks that turn the direction of what follows.
        '\u{80}'..='\u{9f}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}'
        | '\u{2028}'
        | '\u{2029}' => Some('\u{fffd}'),
        _ => None,
    }
}

/// A line as a workflow's log takes it for what it is: a runner reads `::` at the beginning of a line, behind
/// blanks, and `##[` anywhere as a command. A mark without a width breaks both.
#[must_use]
pub fn inert(line: &str) -> Cow<'_, str> {
    const BREAK: &str = "\u{200b}";
    let mut inert = Cow::Borrowed(line);
    if line.contains("##[") {
        inert = Cow::Owned(line.replace("##[", &format!("##{BREAK}[")));
    }
    let rest = inert.trim_start();
    if rest.starts_with("::") {
        let at = inert.len() - rest.len() + 1;
        inert = Cow::Owned(format!("{}{BREAK}{}", &inert[..at], &inert[at..]));
    }
    inert
}

/// Each line of a text as a workflow's log takes it for what it is, and for no command.
#[must_use]
pub fn inert_lines(text: &str) -> Cow<'_, str> {
    if !text.contains("::") && !text.contains("##[") {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split('\n').map(inert).collect::<Vec<_>>().join("\n"))
}

/// JSON text with escapes for what would do something to a terminal, and for `##[`, which a runner of workflows takes
/// for a command wherever it stands. Both stand in strings alone.
#[must_use]
pub fn inert_json(json: &str) -> Cow<'_, str> {
    let acts = |character: char| character > '\u{7e}' && picture(character).is_some();
    if !json.contains(acts) && !json.contains("##[") {
        return Cow::Borrowed(json);
    }
    let mut inert = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '[' if inert.ends_with("##") => inert.push_str("\\u005b"),
            _ if acts(character) => inert.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => inert.push(character),
        }
    }
    Cow::Owned(inert)
}

/// `text` on one line, with a picture for every character that would do something to a terminal.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    let tame = |character: char| picture(character).is_none() && character != '\t';
    if text.chars().all(tame) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(
                |character| {
                    if character == '\t' { ' ' } else { picture(character).unwrap_or(character) }
                },
            )
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::{inert, inert_json, inert_lines, printable};

    #[test]
    fn nothing_from_a_file_is_a_command_of_a_workflow() {
        assert_eq!(inert("  ::error::x"), "  :\u{200b}:error::x");
        assert_eq!(inert("a ##[error]x"), "a ##\u{200b}[error]x");
        assert_eq!(inert("a::b"), "a::b");
        assert_eq!(inert_lines("a\n::b\n"), "a\n:\u{200b}:b\n");
    }

    #[test]
    fn json_says_the_same_without_a_character_that_acts() {
        let text = "a\u{9b}2J\u{202e}\u{7f}##[x]é";
        let json = serde_json::to_string(&[text]).expect("JSON");
        let inert = inert_json(&json);
        assert_eq!(inert, r#"["a\u009b2J\u202e\u007f##\u005bx]é"]"#);
        assert_eq!(serde_json::from_str::<Vec<String>>(&inert).expect("JSON"), [text]);
    }

    #[test]
    fn nothing_from_a_file_reaches_the_terminal_as_a_command() {
        assert_eq!(printable("a\x1b[31mb\r\n\u{202e}c\u{9b}2J"), "a␛[31mb␍␊\u{fffd}c\u{fffd}2J");
        assert_eq!(printable("plain, 中文 and 😀"), "plain, 中文 and 😀");
    }
}
