//! The sheet that goes back to who sent it, said in a language.

use mingcha_access::Desk;
use mingcha_domain::{Trouble, UploadId};
use mingcha_intake::{AnswerWords, Answered};
use mingcha_ledger::{QuarantineError, answer_sheet, mark};
use mingcha_words::Lang;

use crate::Platform;

impl Platform {
    /// The file of an upload with the cells marked that must be mended, and what became of its rows.
    pub async fn answer_sheet(
        &self,
        desk: &mut Desk,
        upload: UploadId,
        lang: Lang,
    ) -> Result<Answered, QuarantineError> {
        let sources = self.sources();
        let words = AnswerWords {
            message: &|trouble: &Trouble| mingcha_words::message(lang, trouble),
            in_cell: &|trouble: &Trouble| mingcha_words::in_cell(lang, trouble),
            remedy: &|trouble: &Trouble| mingcha_words::remedy(lang, trouble),
        };
        answer_sheet(desk, self.ledger_ground(&sources), upload, words).await
    }

    /// Only the rows of an upload that must be mended, as a workbook.
    pub async fn rows_to_mend(
        &self,
        desk: &mut Desk,
        upload: UploadId,
        lang: Lang,
    ) -> Result<Vec<u8>, QuarantineError> {
        let sources = self.sources();
        mark(desk, self.ledger_ground(&sources), upload, &|trouble| mingcha_words::say(lang, trouble)).await
    }
}
