//! The sentence of the bulletin in which a figure stands.

/// A sentence, cut around the number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quote {
    /// Before the number.
    pub before: String,
    /// The number with its unit.
    pub number: String,
    /// After it.
    pub after: String,
}

/// What marks the number while the sentence is looked for: characters that no text has (Unicode noncharacters).
pub(crate) const OPEN: char = '\u{FDD0}';
/// The end of the number.
pub(crate) const CLOSE: char = '\u{FDD1}';

/// Finds the sentence around the marked number in rendered Markdown.
pub(crate) fn quote(marked: &str) -> Option<Quote> {
    let open = marked.find(OPEN)?;
    let close = open + marked[open..].find(CLOSE)?;
    let ends = ['。', '！', '？', '\n'];
    let start =
        marked[..open].rfind(ends).map_or(0, |end| end + marked[end..].chars().next().map_or(0, char::len_utf8));
    let end = marked[close..].find(ends).map_or(marked.len(), |end| {
        let end = close + end;
        end + marked[end..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8)
    });
    let clean = |text: &str| text.replace([OPEN, CLOSE], "");
    Some(Quote {
        before: clean(marked[start..open].trim_start_matches(['-', '*', '#', ' '])),
        number: clean(&marked[open..close]),
        after: clean(&marked[close..end]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_its_full_stop_and_begins_after_the_one_before() {
        let marked = format!("- 前一句。共整改{OPEN}22个{CLOSE}，涉及88人。后一句。\n");
        let quote = quote(&marked).expect("a sentence");
        assert_eq!(
            (quote.before.as_str(), quote.number.as_str(), quote.after.as_str()),
            ("共整改", "22个", "，涉及88人。")
        );
    }

    #[test]
    fn a_list_item_without_a_full_stop_is_a_sentence() {
        let quote = quote(&format!("- 一\n- 检查{OPEN}42次{CLOSE}\n- 三")).expect("a sentence");
        assert_eq!((quote.before.as_str(), quote.after.as_str()), ("检查", ""));
        assert_eq!(super::quote("没有"), None);
    }
}
