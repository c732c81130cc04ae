//! What is the same for every page.

mod answer;
mod article;
mod failure;
mod forms;
mod frame;
mod gate;
mod headers;
mod reads;
mod site;
mod upload;
mod visit;
mod watched;
mod worked;

pub(crate) use answer::{done, download, page, see_other};
pub(crate) use article::{article, title};
pub(crate) use failure::{Answer, Failure, render_failures, status_of};
pub(crate) use forms::{Fields, Posted};
pub(crate) use gate::gate;
pub(crate) use headers::{from_our_own_pages, security_headers};
pub(crate) use reads::Reads;
pub(crate) use site::Site;
pub(crate) use upload::{HandedIn, Upload, bare_name, disk};
pub(crate) use visit::{SessionCookie, Visit, visit};
pub(crate) use watched::{Watched, known_as};
pub(crate) use worked::Worked;
