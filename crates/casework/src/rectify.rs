//! 整改反馈: the unit reports a problem mended, and shows it: with files, with words, or both. 整改中 → 已整改待复核.

use mingcha_access::{Action, Desk};
use mingcha_domain::{Day, Kind, ProblemId, Speaks, Trouble};
use serde_json::json;

use crate::deed::{Deed, Seen, me, problem_done, problem_for};
use crate::evidence::KeptFile;
use crate::hindrance::{Hindrance, hindered, not_in_future, optional};
use crate::open_problem::given;
use crate::queries::{self, About};
use crate::state::ProblemMove;

/// A kept file and the day that it speaks of, which is rarely the day of upload.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The file, kept by [`crate::keep_evidence`].
    pub file: KeptFile,
    /// The day that it speaks of.
    pub speaks_of: Day,
}

/// A report of rectification.
#[derive(Clone, Debug)]
pub struct Rectify {
    /// The problem, as the clerk saw it.
    pub problem: Seen<ProblemId>,
    /// How it was mended; may be empty when files show it.
    pub text: String,
    /// Files that show it.
    pub evidence: Vec<Evidence>,
}

/// Why the report was not taken.
#[derive(Debug, thiserror::Error)]
pub enum RectifyError {
    /// Neither file nor text.
    #[error("nothing shows the rectification")]
    NothingShown,
    /// What hinders any deed.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(RectifyError);

impl Speaks for RectifyError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::NothingShown => Trouble::new("MC-CASE-011"),
            Self::Hindered(hindrance) => hindrance.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::NothingShown => Kind::Invalid,
            Self::Hindered(hindrance) => hindrance.kind(),
        }
    }
}

/// Records the report with its evidence and commits.
pub async fn rectify(mut desk: Desk, report: Rectify) -> Result<(), RectifyError> {
    let (mut problem, permit) = problem_for(&mut desk, Action::ProblemRectify, report.problem).await?;
    let text = optional("text", &report.text)?;
    let from = problem.state.code();
    problem.state = problem.state.rectify(me(&desk), desk.today)?;
    if text.is_empty() && report.evidence.is_empty() {
        return Err(RectifyError::NothingShown);
    }
    let (now, by, today, about) = (desk.now, desk.actor.name.clone(), desk.today, About::Problem(problem.id));
    let mut touched = Vec::new();
    for piece in &report.evidence {
        not_in_future("speaks_of", piece.speaks_of, today)?;
        let added = queries::evidence_add(desk.tx(), &permit, about, &piece.file, piece.speaks_of, now, &by).await?;
        touched.extend(added);
    }
    problem.rectification = given(text);
    let files: Vec<_> = report.evidence.iter().map(|piece| piece.file.sm3()).collect();
    let deed = Deed::new(ProblemMove::Rectify.code(), from).telling(json!({ "evidence": files })).touching(touched);
    problem_done(&mut desk, &permit, problem, deed).await?;
    desk.commit().await?;
    Ok(())
}
