//! The name that was probably meant.

/// The known name nearest to what was written, if it is near enough to be worth saying: at most a third of its letters
/// differ, and always one or two.
#[must_use]
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::osa_distance(&written.to_lowercase(), &name.to_lowercase()), name))
        .filter(|(distance, name)| {
            *distance <= (name.chars().count() / 3).max(2).min(name.chars().count().saturating_sub(1))
        })
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_seen_and_another_word_is_not() {
        let known = ["training_subsidy", "certificate", "training_org"];
        assert_eq!(nearest("traning_subsidy", known), Some("training_subsidy"));
        assert_eq!(nearest("Certificate", known), Some("certificate"));
        assert_eq!(nearest("exam_session", known), None);
        assert_eq!(nearest("x", ["a"]), None);
    }
}
