//! The sentence of a finding: `{{ resident_id | mask }} 在 {{ year }} 年享受培训补贴 {{ times }} 次。`
//!
//! A closed little language, so that a page can be checked whole and a sentence can never fail to be said:
//! text, names of result columns, and one filter each.

use mingcha_domain::{Day, Value, mask};

use crate::{At, Spanned};

/// A parsed sentence.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wording {
    /// The text as written, without surrounding blank lines.
    pub source: String,
    /// Its pieces.
    pub pieces: Vec<Piece>,
    /// Where it stands.
    pub at: At,
}

/// A piece of a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Said as it is.
    Text(String),
    /// The value of a result column.
    Field {
        /// The column.
        name: Spanned<String>,
        /// How it is said.
        filter: Filter,
    },
}

/// How a value is said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Filter {
    /// As it is.
    #[default]
    Plain,
    /// An identifier with its middle hidden: `330902********1234`.
    Mask,
    /// A person's name after its first character hidden: `王**`.
    MaskName,
    /// `3,200.00 元`.
    Yuan,
    /// `2023年9月5日`.
    Day,
}

/// Whether the reader gave a purpose and was allowed to see personal values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unmasked(pub bool);

impl Filter {
    /// Every filter by the name that a page writes.
    pub const NAMES: [(&'static str, Self); 4] =
        [("mask", Self::Mask), ("mask_name", Self::MaskName), ("yuan", Self::Yuan), ("day", Self::Day)];

    fn say(self, value: &Value, unmasked: Unmasked) -> String {
        match (self, value) {
            (Self::Mask, value) if !unmasked.0 => mask::identifier(&value.to_string()),
            (Self::MaskName, value) if !unmasked.0 => mask::name(&value.to_string()),
            (Self::Yuan, value) => match value.as_decimal() {
                Some(amount) => mingcha_domain::Yuan::from_decimal(amount.round_dp(2))
                    .map_or_else(|_| format!("{amount} 元"), |yuan| format!("{yuan} 元")),
                None => value.to_string(),
            },
            (Self::Day, Value::Day(day)) => Day::in_documents(*day),
            (_, value) => value.to_string(),
        }
    }
}

impl Wording {
    /// Says the sentence of one finding. A name that the finding does not have is said as 〔name〕, so that a reader sees
    /// that something is missing; `engine::check` refuses such pages.
    #[must_use]
    pub fn say(&self, columns: &[(String, Value)], unmasked: Unmasked) -> String {
        let mut sentence = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => sentence.push_str(text),
                Piece::Field { name, filter } => match columns.iter().find(|(column, _)| *column == name.value) {
                    Some((_, value)) => sentence.push_str(&filter.say(value, unmasked)),
                    None => sentence.push_str(&format!("〔{}〕", name.value)),
                },
            }
        }
        sentence
    }
}
