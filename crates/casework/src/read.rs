//! What the faces show: lists, boards and pages, each one statement per list, each within the actor's scope.

mod case_list;
mod case_page;
mod cursor;
mod due_board;
mod inspection_list;
mod inspection_page;
mod offer;
mod problem_list;
mod problem_page;
mod story;

pub use case_list::{CaseCounts, CaseLine, CaseQuery, case_counts, case_list};
pub use case_page::{CasePage, case_page};
pub use cursor::{BadCursor, LIST_LINES_MAX, Page};
pub use due_board::{DueLine, DueQuery, due_board};
pub use inspection_list::{InspectionLine, InspectionQuery, inspection_list};
pub use inspection_page::{AnswerLine, InspectionPage, inspection_page};
pub use offer::Offer;
pub use problem_list::{ProblemLine, ProblemQuery, problem_list};
pub use problem_page::{EvidenceLine, GroundLine, PersonLine, ProblemPage, RecoveryLine, problem_page};
pub use story::StoryLine;
