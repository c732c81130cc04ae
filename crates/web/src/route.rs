//! What exists: method, path, who may come in, handler. Addresses are permanent.

use axum::http::Method;
use axum::routing::{MethodRouter, get, post};
use mingcha_access::Action;
use mingcha_access::tokens::TokenScope;

use crate::shell::Site;
use crate::{api, office, portal};

/// Who may come in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gate {
    /// Everybody.
    Public,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever is signed in with a role that has at least one of these actions at all.
    Action(&'static [Action]),
    /// Another system whose token has this scope.
    Token(TokenScope),
}

/// What comes with a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Body {
    /// Nothing, or an ordinary form.
    Form,
    /// A form with pieces of evidence.
    Evidence,
    /// A form with a sheet.
    Sheet,
}

/// One line of the list.
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path as axum writes it.
    pub path: &'static str,
    /// Who may come in.
    pub gate: Gate,
    /// What comes with it.
    pub body: Body,
    pub(crate) handler: fn() -> MethodRouter<Site>,
}

macro_rules! routes {
    (@ GET) => { get };
    (@ POST) => { post };
    ($($method:ident $path:literal $gate:expr, $body:ident => $handler:path;)+) => {
        &[$(Route {
            method: Method::$method,
            path: $path,
            gate: $gate,
            body: Body::$body,
            handler: || routes!(@ $method)($handler),
        }),+]
    };
}

const SEE_CASES: Gate = Gate::Action(&[Action::CaseSee]);
const SEE_LEDGERS: Gate = Gate::Action(&[Action::LedgerSee]);
const SEE_INSPECTIONS: Gate = Gate::Action(&[Action::InspectionSee]);
const SEE_MODELS: Gate = Gate::Action(&[Action::ModelSee]);
const SEE_FIGURES: Gate = Gate::Action(&[Action::FigureSee]);
const SEE_SETTINGS: Gate = Gate::Action(&[Action::AccountManage, Action::AuditSee]);

const READ: Gate = Gate::Token(TokenScope::LedgerRead);
const IMPORT: Gate = Gate::Token(TokenScope::LedgerImport);

const fn may(actions: &'static [Action]) -> Gate {
    Gate::Action(actions)
}

/// The list.
#[must_use]
pub fn routes() -> &'static [Route] {
    ROUTES
}

#[rustfmt::skip]
const ROUTES: &[Route] = routes![
    // Everybody.
    GET  "/assets/{name}" Gate::Public, Form => portal::assets::show;
    GET  "/health" Gate::Public, Form => portal::assets::health;
    GET  "/" Gate::Public, Form => portal::home::show;
    GET  "/projects/{pack}" Gate::Public, Form => portal::project::show;
    GET  "/projects/{pack}/{key}" Gate::Public, Form => portal::figure::show;
    GET  "/projects/{pack}/{key}/months.csv" Gate::Public, Form => portal::figure::table;
    GET  "/bulletins" Gate::Public, Form => portal::bulletin::list;
    GET  "/bulletins/{no}" Gate::Public, Form => portal::bulletin::show;
    GET  "/bulletins/{no}/bulletin.md" Gate::Public, Form => portal::bulletin::markdown;
    GET  "/bulletins/{no}/bulletin.html" Gate::Public, Form => portal::bulletin::html;
    GET  "/models" Gate::Public, Form => portal::models::list;
    GET  "/models/{name}" Gate::Public, Form => portal::models::show;
    GET  "/api/v1" Gate::Public, Form => api::describe::page;
    GET  "/api/v1/openapi.json" Gate::Public, Form => api::describe::openapi;
    GET  "/sign-in" Gate::Public, Form => office::door::show;
    POST "/sign-in" Gate::Public, Form => office::door::sign_in;
    POST "/sign-out" Gate::SignedIn, Form => office::door::sign_out;
    // The office: findings and their cases.
    GET  "/office" Gate::SignedIn, Form => office::overview::show;
    GET  "/office/findings" SEE_CASES, Form => office::findings::list;
    GET  "/office/findings/{id}" SEE_CASES, Form => office::finding::show;
    POST "/office/findings/{id}/dispatch" may(&[Action::CaseDispatch]), Form => office::case_moves::dispatch;
    POST "/office/findings/{id}/recall" may(&[Action::CaseDispatch]), Form => office::case_moves::recall;
    POST "/office/findings/{id}/verify" may(&[Action::CaseVerify]), Form => office::case_moves::verify;
    POST "/office/findings/{id}/send-back" may(&[Action::CaseReturn]), Form => office::case_moves::send_back;
    POST "/office/findings/{id}/take-into-problem" may(&[Action::ProblemOpen]), Form => office::case_moves::take_into_problem;
    POST "/office/findings/{id}/dismiss" may(&[Action::ProblemClose]), Form => office::case_moves::dismiss;
    POST "/office/findings/{id}/reopen" may(&[Action::ProblemClose]), Form => office::case_moves::reopen;
    POST "/office/findings/{id}/recheck-settled" may(&[Action::CaseReturn]), Form => office::case_moves::recheck_settled;
    // Problems.
    GET  "/office/problems" SEE_CASES, Form => office::problems::list;
    GET  "/office/problems/{id}" SEE_CASES, Form => office::problem::show;
    GET  "/office/problems/{id}/evidence/{sm3}" SEE_CASES, Form => office::problem::evidence_file;
    POST "/office/problems/{id}/rectify" may(&[Action::ProblemRectify]), Evidence => office::problem_moves::rectify;
    POST "/office/problems/{id}/pass" may(&[Action::ProblemRecheck]), Form => office::problem_moves::pass;
    POST "/office/problems/{id}/send-back-rectification" may(&[Action::ProblemRecheck]), Form => office::problem_moves::send_back;
    POST "/office/problems/{id}/close" may(&[Action::ProblemClose]), Form => office::problem_moves::close;
    POST "/office/problems/{id}/reopen-problem" may(&[Action::ProblemClose]), Form => office::problem_moves::reopen;
    POST "/office/problems/{id}/join" may(&[Action::ProblemOpen]), Form => office::problem_moves::join;
    POST "/office/problems/{id}/add-persons" may(&[Action::RecoveryRecord]), Form => office::problem_moves::add_persons;
    POST "/office/problems/{id}/record-recovery" may(&[Action::RecoveryRecord]), Form => office::problem_moves::record_recovery;
    POST "/office/problems/{id}/recheck-settled" may(&[Action::CaseReturn]), Form => office::problem_moves::recheck_settled;
    // Inspections.
    GET  "/office/inspections" SEE_INSPECTIONS, Form => office::inspections::list;
    GET  "/office/inspections/new" may(&[Action::InspectionRecord]), Form => office::inspection_form::show;
    POST "/office/inspections" may(&[Action::InspectionRecord]), Form => office::inspection_form::record;
    GET  "/office/inspections/{id}" SEE_INSPECTIONS, Form => office::inspections::show;
    POST "/office/inspections/{id}/open-problem" may(&[Action::ProblemOpen]), Form => office::inspections::open_problem;
    // Ledgers and sheets.
    GET  "/office/ledgers" SEE_LEDGERS, Form => office::ledgers::list;
    GET  "/office/ledgers/{name}" SEE_LEDGERS, Form => office::ledgers::show;
    GET  "/office/ledgers/{name}/template.xlsx" SEE_LEDGERS, Form => office::ledgers::template;
    POST "/office/ledgers/{name}/uploads" may(&[Action::LedgerImport]), Sheet => office::uploads::hand_in;
    GET  "/office/ledgers/{name}/uploads" SEE_LEDGERS, Form => office::upload_list::of_ledger;
    GET  "/office/ledgers/{name}/rows" SEE_LEDGERS, Form => office::ledger_rows::show;
    GET  "/office/ledgers/{name}/versions" SEE_LEDGERS, Form => office::ledger_history::versions;
    GET  "/office/ledgers/{name}/changes" SEE_LEDGERS, Form => office::ledger_history::differ;
    GET  "/office/ledgers/{name}/quality" SEE_LEDGERS, Form => office::quality::show;
    GET  "/office/ledgers/{name}/coverage" SEE_LEDGERS, Form => office::coverage::of_ledger;
    GET  "/office/coverage" SEE_LEDGERS, Form => office::coverage::of_all;
    GET  "/office/uploads" SEE_LEDGERS, Form => office::upload_list::of_all;
    POST "/office/uploads" may(&[Action::LedgerImport]), Sheet => office::uploads::hand_in_any;
    GET  "/office/uploads/{id}" may(&[Action::LedgerImport]), Form => office::uploads::show;
    GET  "/office/uploads/{id}/marked.xlsx" may(&[Action::LedgerImport]), Form => office::uploads::marked;
    GET  "/office/uploads/{id}/to-mend.xlsx" may(&[Action::LedgerImport]), Form => office::uploads::to_mend;
    GET  "/office/uploads/{id}/mend" may(&[Action::LedgerImport]), Form => office::mend::show;
    POST "/office/uploads/{id}/mend" may(&[Action::LedgerImport]), Form => office::mend::save;
    POST "/office/uploads/{id}/set-aside" may(&[Action::LedgerImport]), Form => office::mend::put_aside;
    POST "/office/uploads/{id}/take-back" may(&[Action::LedgerImport]), Form => office::mend::bring_back;
    GET  "/office/uploads/{id}/source" may(&[Action::LedgerImport]), Form => office::uploads::source;
    POST "/office/uploads/{id}/discard" may(&[Action::LedgerImport]), Form => office::uploads::set_aside;
    POST "/office/uploads/{id}/sheet" may(&[Action::LedgerImport]), Form => office::uploads::choose_sheet;
    POST "/office/uploads/{id}/other-sheet" may(&[Action::LedgerImport]), Form => office::uploads::take_other_sheet;
    POST "/office/uploads/{id}/forget" may(&[Action::LedgerImport]), Form => office::uploads::forget;
    POST "/office/uploads/{id}/columns" may(&[Action::LedgerImport]), Form => office::uploads::assign;
    POST "/office/uploads/{id}/commit" may(&[Action::LedgerImport]), Form => office::uploads::take_in;
    GET  "/office/progress/{name}" may(&[Action::LedgerImport]), Form => office::progress::show;
    GET  "/office/batches/{no}" SEE_LEDGERS, Form => office::batch::show;
    POST "/office/batches/{no}/withdraw" may(&[Action::BatchWithdraw]), Form => office::batch::take_out;
    GET  "/office/batches/{no}/rows/{row}" SEE_LEDGERS, Form => office::batch::line;
    // Results.
    GET  "/office/results" SEE_FIGURES, Form => office::results::show;
    GET  "/office/results/bulletin" SEE_FIGURES, Form => office::results::preview;
    GET  "/office/results/figures/{name}" SEE_FIGURES, Form => office::explain::show;
    POST "/office/results/publish" may(&[Action::EditionPublish]), Form => office::results::publish;
    // Models and settings.
    GET  "/office/models" SEE_MODELS, Form => office::models::list;
    GET  "/office/models/{name}" SEE_MODELS, Form => office::models::show;
    GET  "/office/settings" SEE_SETTINGS, Form => office::settings::show;
    GET  "/office/settings/accounts" may(&[Action::AccountManage]), Form => office::settings::list_accounts;
    GET  "/office/settings/tokens" may(&[Action::AccountManage]), Form => office::tokens::list;
    POST "/office/settings/tokens/give-token" may(&[Action::AccountManage]), Form => office::tokens::give;
    POST "/office/settings/tokens/revoke-token" may(&[Action::AccountManage]), Form => office::tokens::revoke;
    GET  "/office/settings/audit" may(&[Action::AuditSee]), Form => office::settings::list_audit;
    // Other systems, with tokens.
    GET  "/api/v1/ledgers" READ, Form => api::ledgers::list;
    GET  "/api/v1/ledgers/{ledger}/rows" READ, Form => api::ledgers::rows;
    POST "/api/v1/ledgers/{ledger}/imports" IMPORT, Sheet => api::imports::send;
    GET  "/api/v1/imports/{import}" IMPORT, Form => api::imports::show;
    GET  "/api/v1/imports/{import}/marked.xlsx" IMPORT, Form => api::imports::marked;
    GET  "/api/v1/batches" READ, Form => api::batches::list;
    POST "/api/v1/batches/{batch}/withdrawal" IMPORT, Form => api::batches::withdraw;
];
