//! What surrounds a page of this visitor: the district's settings, the rail their role has, what has just been done.

use mingcha_access::policy::{Reach, reach};
use mingcha_access::{Action, units};
use mingcha_pages::parts::Notice;
use mingcha_pages::{Frame, Me, Place, Rail};
use mingcha_store::{StoreError, Tx};

use super::{Failure, Fields, Site, Visit};

impl Site {
    /// The frame of a page; the facts of the district are read in the page's own transaction where it has one.
    pub(crate) async fn frame(&self, visit: &Visit, place: Place, title: impl Into<String>) -> Result<Frame, Failure> {
        let mut tx = self.office().store().read().await?;
        self.frame_in(&mut tx, visit, place, title).await
    }

    /// The frame of a page whose handler has a transaction open.
    pub(crate) async fn frame_in(
        &self,
        tx: &mut Tx,
        visit: &Visit,
        place: Place,
        title: impl Into<String>,
    ) -> Result<Frame, Failure> {
        let demo_date = tx.setting("business_date").await?;
        let year = match tx.setting("action").await? {
            Some(year) => year,
            None => self.office().now().day_in_china().year().to_string(),
        };
        Ok(Frame {
            lang: visit.lang,
            title: title.into(),
            here: visit.here.clone(),
            district: tx.setting("district").await?.unwrap_or_default(),
            year,
            demo_date,
            csrf: visit.csrf().to_owned(),
            me: me(tx, visit).await?,
            place,
            rail: rail(visit),
            notice: notice(visit),
        })
    }
}

async fn me(tx: &mut Tx, visit: &Visit) -> Result<Option<Me>, StoreError> {
    let Some(session) = &visit.session else { return Ok(None) };
    let unit = match &session.actor.unit {
        Some(code) => Some(units::find(tx, code).await?.map_or_else(|| code.clone(), |unit| unit.name)),
        None => None,
    };
    let role = visit.say(&format!("role-{}", session.actor.role.name()));
    Ok(Some(Me { name: session.actor.name.clone(), role, unit }))
}

/// The places that this role has at all.
fn rail(visit: &Visit) -> Vec<Rail> {
    let Some(session) = &visit.session else { return Vec::new() };
    let may = |action| reach(session.actor.role, action) != Reach::Never;
    let has = |place: &Place| match place {
        Place::Overview => may(Action::CaseSee) || may(Action::InspectionSee),
        Place::Findings | Place::Problems => may(Action::CaseSee),
        Place::Inspections => may(Action::InspectionSee),
        Place::Ledgers => may(Action::LedgerSee),
        Place::Models => may(Action::ModelSee),
        Place::Results => may(Action::FigureSee),
        Place::Settings => may(Action::AccountManage) || may(Action::AuditSee),
        Place::Public => false,
    };
    Place::RAIL.into_iter().filter(has).map(|place| Rail { place, count: None }).collect()
}

/// What the address says was just done. The words are ours: an address can choose among them, not write its own.
fn notice(visit: &Visit) -> Option<Notice> {
    let (_, query) = visit.here.split_once('?')?;
    let what = Fields::parse(query.as_bytes()).some("done")?.to_owned();
    let key = format!("web-done-{what}");
    let said = visit.say(&key);
    (said != key).then(|| Notice::good(said))
}
