//! Keeps a subject on its line and in its column: backslash, tab and line breaks are written as `\\`, `\t`, `\n`, `\r`.

use std::borrow::Cow;

/// Escapes what would break the line. Most subjects need nothing and are handed back as they are.
pub(crate) fn escape(subject: &str) -> Cow<'_, str> {
    if !subject.contains(['\\', '\t', '\n', '\r']) {
        return Cow::Borrowed(subject);
    }
    let mut escaped = String::with_capacity(subject.len() + 2);
    for character in subject.chars() {
        match character {
            '\\' => escaped.push_str(r"\\"),
            '\t' => escaped.push_str(r"\t"),
            '\n' => escaped.push_str(r"\n"),
            '\r' => escaped.push_str(r"\r"),
            other => escaped.push(other),
        }
    }
    Cow::Owned(escaped)
}

/// Undoes [`escape`]. `None` if a backslash is followed by anything that `escape` does not write.
pub(crate) fn unescape(escaped: &str) -> Option<String> {
    let mut subject = String::with_capacity(escaped.len());
    let mut characters = escaped.chars();
    while let Some(character) = characters.next() {
        subject.push(match character {
            '\\' => match characters.next()? {
                '\\' => '\\',
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                _ => return None,
            },
            other => other,
        });
    }
    Some(subject)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_left_alone() {
        assert!(matches!(
            escape("plain, with spaces"),
            Cow::Borrowed("plain, with spaces")
        ));
    }

    #[test]
    fn every_text_comes_back() {
        for text in ["", "a\tb", "a\r\nb", r"C:\new\table", "\\\t\\n", "日本\t語"] {
            assert_eq!(unescape(&escape(text)).as_deref(), Some(text));
        }
    }

    #[test]
    fn an_unknown_or_cut_off_escape_is_refused() {
        assert_eq!(unescape(r"\x"), None);
        assert_eq!(unescape("end\\"), None);
    }
}
