//! A sheet is handed in: recognised, previewed with its bad cells marked in place, mapped, taken in.

use axum::extract::{Path, State};
use axum::response::Response;
use mingcha_access::Desk;
use mingcha_domain::UploadId;
use mingcha_intake::{Assign, Heading, IntakeError, Limits, Options, SheetFit, fitting_sheets, recognise};
use mingcha_ledger::{
    Ground, HandIn, Hindrance, PreviewError, UploadState, commit, discard, forget_mapping, preview, read_source,
    reassign, sheet_references, stage, take_source, upload,
};

use super::findings::id;
use super::ledgers::{self, XLSX};
use super::preview_page::Around;
use super::{preview_mapping, preview_page};
use crate::shell::{
    Answer, Failure, Fields, HandedIn, Posted, Site, Upload, Visit, Watched, done, download, see_other,
};

impl Site {
    /// What the ledger's use cases stand on. `sources` is the folder that the platform names.
    pub(crate) fn ledger_ground<'a>(&'a self, sources: &'a std::path::Path) -> Ground<'a> {
        self.platform.ledger_ground(sources)
    }
}

/// A sheet for the ledger of the address.
pub(crate) async fn hand_in(
    State(site): State<Site>,
    visit: Visit,
    Path(ledger): Path<String>,
    watched: Watched,
    upload: Upload,
) -> Answer {
    match taken_aside(&site, &visit, Some(&ledger), &watched, upload).await {
        Err(failure) if failure.can_be_mended() => ledgers::draw(&site, &visit, &ledger, None, Some(&failure)).await,
        answer => answer,
    }
}

/// A sheet that says by its columns which ledger it is for.
pub(crate) async fn hand_in_any(State(site): State<Site>, visit: Visit, watched: Watched, upload: Upload) -> Answer {
    match taken_aside(&site, &visit, None, &watched, upload).await {
        Err(failure) if failure.can_be_mended() => ledgers::draw_list(&site, &visit, Some(&failure)).await,
        answer => answer,
    }
}

/// Keeps a sheet for its ledger, nothing of it taken in yet, and leads to its preview.
async fn taken_aside(site: &Site, visit: &Visit, ledger: Option<&str>, watched: &Watched, upload: Upload) -> Answer {
    let (_, file) = upload.one()?;
    let bytes = read(&file).await?;
    let ledger = match ledger {
        Some(ledger) => ledger.to_owned(),
        None => recognised(site, &file.name, bytes.clone()).await?,
    };
    let sources = site.platform.sources();
    let handed = HandIn { ledger: &ledger, file_name: &file.name, bytes, options: Options::default() };
    let ground = watched.on(site.ledger_ground(&sources));
    let staged = stage(site.office(), visit.actor()?, ground, handed).await?;
    see_other(&format!("/office/uploads/{}", staged.upload.id))
}

/// The ledger whose columns a sheet's header has.
async fn recognised(site: &Site, file: &str, bytes: Vec<u8>) -> Result<String, Failure> {
    let packs = site.platform.packs.clone();
    let candidates = tokio::task::spawn_blocking(move || recognise(&bytes, packs.ledgers(), &Limits::default()));
    let candidates = candidates.await.map_err(|error| Failure::broken(error.to_string()))??;
    let best = candidates.into_iter().next().ok_or_else(|| Failure::bad_sheet(file))?;
    Ok(best.ledger)
}

async fn read(file: &HandedIn) -> Result<Vec<u8>, Failure> {
    tokio::fs::read(file.file.path()).await.map_err(|error| Failure::broken(format!("a temporary file: {error}")))
}

/// The preview. A sheet that is taken in already leads to its batch.
pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(number): Path<String>) -> Answer {
    draw(&site, &visit, id(&number)?, None).await
}

async fn draw(site: &Site, visit: &Visit, number: UploadId, failed: Option<Failure>) -> Result<Response, Failure> {
    let mut desk = site.reading(visit).await?;
    let known = upload(&mut desk, number).await?;
    drop(desk);
    if let (UploadState::Taken, Some(batch)) = (known.state, known.batch) {
        return see_other(&format!("/office/batches/{batch}"));
    }
    let sources = site.platform.sources();
    let looked = preview(site.office(), visit.actor()?, site.ledger_ground(&sources), number).await;
    let fits = fits_of(site, &known).await;
    match looked {
        Ok(looked) => {
            let mut desk = site.reading(visit).await?;
            let references = sheet_references(&mut desk, site.ledger_ground(&sources), number).await?;
            drop(desk);
            preview_page::rows(site, visit, &looked, &Around { fits, references }, failed).await
        }
        Err(PreviewError::Hindered(Hindrance::Intake(IntakeError::Columns(trouble)))) => {
            preview_mapping::columns(site, visit, &known, &trouble, &fits, failed).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The columns as a person assigned them; the sheet is read again.
pub(crate) async fn assign(
    State(site): State<Site>,
    visit: Visit,
    Path(number): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let number = id(&number)?;
    let columns = form.0.iter().filter_map(|(name, value)| {
        let at = name.strip_prefix("column-")?.parse().ok()?;
        Some(Assign { heading: Heading::At(at), column: (!value.is_empty()).then(|| value.clone()) })
    });
    let options = Options { columns: columns.collect(), ..sheet_of(&form) };
    read_again(&site, &visit, number, &options).await
}

/// The sheet is read in another way, and its preview shown again.
async fn read_again(site: &Site, visit: &Visit, number: UploadId, options: &Options) -> Answer {
    let sources = site.platform.sources();
    match reassign(site.office(), visit.actor()?, site.ledger_ground(&sources), number, options).await {
        Ok(_) => see_other(&format!("/office/uploads/{number}")),
        Err(error) => draw(site, visit, number, Some(Failure::of(&error))).await,
    }
}

/// The sheet and the header's row that a form names; what it does not name is found.
fn sheet_of(form: &Fields) -> Options {
    let header_row = form.text("header_row").parse().ok().filter(|row| *row > 0);
    Options { sheet: form.some("sheet").map(str::to_owned), header_row, ..Options::default() }
}

/// Another sheet of the file, or another row as its header; the sheet is read again. A header's row that stood on the
/// page for one sheet is not meant for another.
pub(crate) async fn choose_sheet(
    State(site): State<Site>,
    visit: Visit,
    Path(number): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let number = id(&number)?;
    let mut options = sheet_of(&form);
    // The row that the page showed was the header of the sheet before.
    if form.text("header_row") == form.text("header_row_shown") && form.text("sheet") != form.text("sheet_shown") {
        options.header_row = None;
    }
    read_again(&site, &visit, number, &options).await
}

/// Another sheet of the same file becomes an upload of its own, so that both can go in.
pub(crate) async fn take_other_sheet(
    State(site): State<Site>,
    visit: Visit,
    Path(number): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let number = id(&number)?;
    let mut desk = site.reading(&visit).await?;
    let known = upload(&mut desk, number).await?;
    drop(desk);
    let sources = site.platform.sources();
    let bytes = read_source(&sources, &known.sm3)?;
    let options = Options { header_row: None, ..sheet_of(&form) };
    let handed = HandIn { ledger: &known.ledger, file_name: &known.file_name, bytes, options };
    match stage(site.office(), visit.actor()?, site.ledger_ground(&sources), handed).await {
        Ok(staged) => see_other(&format!("/office/uploads/{}", staged.upload.id)),
        Err(error) => draw(&site, &visit, number, Some(Failure::of(&error))).await,
    }
}

/// What was said about a heading is forgotten; the sheet is read again without it.
pub(crate) async fn forget(
    State(site): State<Site>,
    visit: Visit,
    Path(number): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let number = id(&number)?;
    let sources = site.platform.sources();
    let ground = site.ledger_ground(&sources);
    match forget_mapping(site.office(), visit.actor()?, ground, number, form.text("heading")).await {
        Ok(_) => see_other(&format!("/office/uploads/{number}#mapping")),
        Err(error) => draw(&site, &visit, number, Some(Failure::of(&error))).await,
    }
}

/// Sheets of a file that have columns of its ledger. A file that cannot be looked through has none: its preview says why.
async fn fits_of(site: &Site, known: &mingcha_ledger::Upload) -> Vec<SheetFit> {
    let (packs, sources) = (site.platform.packs.clone(), site.platform.sources());
    let (name, sm3) = (known.ledger.clone(), known.sm3.clone());
    let looked = tokio::task::spawn_blocking(move || {
        let ledger = packs.ledger(&name)?;
        let bytes = read_source(&sources, &sm3).ok()?;
        fitting_sheets(&bytes, ledger, &Limits::default()).ok()
    });
    looked.await.ok().flatten().unwrap_or_default()
}

/// The good rows go in; models run on them before the answer.
pub(crate) async fn take_in(
    State(site): State<Site>,
    visit: Visit,
    Path(number): Path<String>,
    watched: Watched,
    _: Posted,
) -> Answer {
    let number = id(&number)?;
    let sources = site.platform.sources();
    let ground = watched.on(site.ledger_ground(&sources));
    let taken = match commit(site.office(), visit.actor()?, ground, number).await {
        Ok(taken) => taken,
        Err(error) => return draw(&site, &visit, number, Some(Failure::of(&error))).await,
    };
    site.run_what_follows().await;
    match taken.batch.or(taken.same_as) {
        Some(batch) => done(&format!("/office/batches/{batch}"), if taken.batch.is_some() { "commit" } else { "same" }),
        None => done(&format!("/office/ledgers/{}", taken.ledger), "nothing-new"),
    }
}

impl Site {
    /// Does the jobs that a deed caused. What fails is tried again by the server's own runner; the deed is done.
    pub(crate) async fn run_what_follows(&self) {
        if let Err(error) = self.platform.drain().await {
            tracing::error!(%error, "a job that followed a page's deed failed");
        }
    }
}

/// The file as it came, for those who hand sheets in. That somebody took it is in the audit trail: it names persons.
pub(crate) async fn source(State(site): State<Site>, visit: Visit, Path(number): Path<String>) -> Answer {
    let number = id(&number)?;
    let sources = site.platform.sources();
    let taken = take_source(site.office(), visit.actor()?, site.ledger_ground(&sources), number).await?;
    download(&taken.file_name, "application/octet-stream", taken.bytes)
}

/// 放弃: the file will not be taken in.
pub(crate) async fn set_aside(State(site): State<Site>, visit: Visit, Path(number): Path<String>, _: Posted) -> Answer {
    let number = id(&number)?;
    let mut desk = site.reading(&visit).await?;
    let known = upload(&mut desk, number).await?;
    drop(desk);
    match discard(site.office(), visit.actor()?, number).await {
        Ok(()) => done(&format!("/office/ledgers/{}/uploads", known.ledger), "discard"),
        Err(error) => draw(&site, &visit, number, Some(Failure::of(&error))).await,
    }
}

/// The same workbook with the bad cells marked.
pub(crate) async fn marked(State(site): State<Site>, visit: Visit, Path(number): Path<String>) -> Answer {
    let number = id(&number)?;
    let mut desk = site.reading(&visit).await?;
    let known = upload(&mut desk, number).await?;
    answered(&site, &visit, &mut desk, number, &known.file_name).await
}

/// The answer to a sheet as a download. The name keeps its ending where that is one of Excel's, since a workbook with
/// macros is none under another.
pub(crate) async fn answered(site: &Site, visit: &Visit, desk: &mut Desk, number: UploadId, file: &str) -> Answer {
    let answered = site.platform.answer_sheet(desk, number, visit.lang).await?;
    let name = format!("{}-{}.{}", stem(file), visit.say("web-marked-suffix"), answered.extension);
    download(&name, if answered.extension == "xlsx" { XLSX } else { "application/octet-stream" }, answered.bytes)
}

/// Only the rows that must be mended, as a workbook.
pub(crate) async fn to_mend(State(site): State<Site>, visit: Visit, Path(number): Path<String>) -> Answer {
    let number = id(&number)?;
    let mut desk = site.reading(&visit).await?;
    let known = upload(&mut desk, number).await?;
    let bytes = site.platform.rows_to_mend(&mut desk, number, visit.lang).await?;
    download(&format!("{}-{}.xlsx", stem(&known.file_name), visit.say("web-to-mend-suffix")), XLSX, bytes)
}

fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}
