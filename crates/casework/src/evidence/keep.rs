//! Keeps a file as evidence, and gives it out again: the gate first, then the disk. Attaching a kept file to a problem
//! is the next deed's.

use std::io;

use mingcha_access::{Action, Desk, Subject};
use mingcha_domain::{Kind, ProblemId, Speaks, Trouble};

use super::{EVIDENCE_BYTES_MAX, EvidenceRoom, KeptFile, MediaType};
use crate::hindrance::{Hindrance, hindered};
use crate::queries::{self, About};

/// Why a file was not kept, or not given out.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// Nothing in it.
    #[error("{name} is empty")]
    Empty {
        /// The file's name.
        name: String,
    },
    /// Larger than [`EVIDENCE_BYTES_MAX`].
    #[error("{name} has {bytes} bytes")]
    TooLarge {
        /// The file's name.
        name: String,
        /// Its size.
        bytes: usize,
    },
    /// Of no kind that is taken.
    #[error("{name} is of no kind that is taken")]
    UnknownKind {
        /// The file's name.
        name: String,
    },
    /// The name's ending says another kind than the bytes.
    #[error("{name} is {} inside", is.mime())]
    NameDisagrees {
        /// The file's name.
        name: String,
        /// What it is.
        is: MediaType,
    },
    /// The bytes on disk are not those that were kept.
    #[error("evidence {sm3} was altered")]
    Altered {
        /// The hash that the store knows.
        sm3: String,
    },
    /// The disk could not.
    #[error("evidence on disk: {0}")]
    Disk(#[source] io::Error),
    /// What hinders any deed.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(KeepError);

impl Speaks for KeepError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Empty { name } => Trouble::new("MC-CASE-015").with("name", name),
            Self::TooLarge { name, bytes } => {
                Trouble::new("MC-CASE-012").with("name", name).with("bytes", bytes).with("max", EVIDENCE_BYTES_MAX)
            }
            Self::UnknownKind { name } => {
                Trouble::new("MC-CASE-013").with("name", name).with("taken", MediaType::endings_taken())
            }
            Self::NameDisagrees { name, is } => {
                Trouble::new("MC-CASE-014").with("name", name).with("is", is.endings().join("/"))
            }
            Self::Altered { sm3 } => Trouble::new("MC-CASE-016").with("sm3", sm3),
            Self::Disk(error) => Trouble::new("MC-CASE-017").with("reason", error),
            Self::Hindered(hindrance) => hindrance.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Empty { .. } | Self::UnknownKind { .. } | Self::NameDisagrees { .. } => Kind::Invalid,
            Self::TooLarge { .. } => Kind::Limit,
            Self::Altered { .. } | Self::Disk(_) => Kind::Internal,
            Self::Hindered(hindrance) => hindrance.kind(),
        }
    }
}

/// Keeps a file that shows how a problem was rectified. `desk` only reads; the file is on disk when this returns, and
/// [`crate::rectify`] attaches it.
pub async fn keep_evidence(
    desk: &mut Desk,
    room: &EvidenceRoom,
    problem: ProblemId,
    name: &str,
    bytes: &[u8],
) -> Result<KeptFile, KeepError> {
    let scope = desk.scope(Action::CaseSee);
    let found = queries::problem_find(desk.tx(), &scope, problem).await?;
    let unit = found.as_ref().map(|problem| problem.unit.as_str());
    desk.ask(Action::ProblemRectify, Subject::of(unit).visible_if(found.is_some()))?;
    room.keep(name, bytes).await
}

/// Reads an evidence file of a problem that the actor may see, and holds it against its hash.
pub async fn read_evidence(
    desk: &mut Desk,
    room: &EvidenceRoom,
    problem: ProblemId,
    sm3: &str,
) -> Result<Vec<u8>, KeepError> {
    let scope = desk.scope(Action::CaseSee);
    let found = queries::problem_find(desk.tx(), &scope, problem).await?;
    let is_attached = queries::evidence_find(desk.tx(), About::Problem(problem), sm3).await?;
    let unit = found.as_ref().map(|problem| problem.unit.as_str());
    desk.ask(Action::CaseSee, Subject::of(unit).visible_if(found.is_some() && is_attached))?;
    room.read(sm3).await
}
