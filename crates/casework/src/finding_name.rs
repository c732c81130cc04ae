//! How a sheet of past casework names a finding: `pack.model:key`, several parted by `;`.

use std::collections::HashMap;
use std::fmt;

use mingcha_domain::FindingId;

/// A finding by its model and key, as people can write it down: ids are random, names are not.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FindingName {
    /// Full name of the model, `pack.model`.
    pub model: String,
    /// The values of the model's key columns, joined by `|`.
    pub key: String,
}

impl FindingName {
    /// Reads one name. `None` when it has no `:` or nothing on one side of it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (model, key) = text.split_once([':', '：'])?;
        let (model, key) = (model.trim(), key.trim());
        if model.is_empty() || key.is_empty() {
            return None;
        }
        let key = key.split('|').map(str::trim).collect::<Vec<_>>().join("|");
        Some(Self { model: model.to_owned(), key })
    }

    /// Reads a cell of names parted by `;`, `；` or line ends, in the order written, each once. Fails on the first part
    /// that is no name, and gives that part back.
    pub fn parse_list(cell: &str) -> Result<Vec<Self>, String> {
        let mut names = Vec::new();
        for part in cell.split([';', '；', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
            let name = Self::parse(part).ok_or_else(|| part.to_owned())?;
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Ok(names)
    }
}

impl fmt::Display for FindingName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.model, self.key)
    }
}

/// Who knows which finding bears a name. Casework does not know the room that finds; whoever wires both hands this in.
pub trait FindingLookup: Send + Sync {
    /// The finding of that name, if the models found one.
    fn find(&self, name: &FindingName) -> Option<FindingId>;
}

impl FindingLookup for HashMap<FindingName, FindingId> {
    fn find(&self, name: &FindingName) -> Option<FindingId> {
        self.get(name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(model: &str, key: &str) -> FindingName {
        FindingName { model: model.into(), key: key.into() }
    }

    #[test]
    fn a_cell_may_name_several_findings_in_chinese_or_english_punctuation() {
        let cell = "a.more_than_three:330902199001011239|2023；a.twice: C-1 ;\n a.twice:C-1;";
        let names = FindingName::parse_list(cell).expect("names");
        assert_eq!(names, [name("a.more_than_three", "330902199001011239|2023"), name("a.twice", "C-1")]);
    }

    #[test]
    fn a_part_that_is_no_name_is_given_back() {
        assert_eq!(FindingName::parse_list("a.twice:C-1; C-2"), Err("C-2".into()));
        assert_eq!(FindingName::parse_list("a.twice:"), Err("a.twice:".into()));
        assert_eq!(FindingName::parse_list("  "), Ok(vec![]));
    }
}
