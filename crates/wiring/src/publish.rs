//! Publishing: an edition of the figures and the bulletin at one moment.

use mingcha_access::{Actor, Desk};
use mingcha_publish::{Bulletin, Heading, Publish, PublishError, Published, bulletin, working};

use crate::{Platform, WiringError};

/// How often publishing is tried again when someone changed something between reading and writing.
const TRIES: usize = 3;

impl Platform {
    /// Publishes the figures and the bulletin as they are now.
    pub async fn publish(&self, actor: &Actor, note: &str) -> Result<Published, WiringError> {
        self.publish_edition(actor, note, None).await
    }

    /// The same for someone who has seen that `newest` is the newest edition (0: that there is none).
    pub async fn publish_after(&self, newest: i64, actor: &Actor, note: &str) -> Result<Published, WiringError> {
        self.publish_edition(actor, note, Some(newest)).await
    }

    async fn publish_edition(&self, actor: &Actor, note: &str, after: Option<i64>) -> Result<Published, WiringError> {
        let mut tries = 0;
        loop {
            let mut reading = self.office.reading(actor).await?;
            let title = bulletin_title(&mut reading).await?;
            let moment = self.moment(&mut reading).await?;
            drop(reading);
            let order = Publish { title, note: note.to_owned(), after };
            let desk = self.office.desk(actor).await?;
            tries += 1;
            match mingcha_publish::publish(desk, moment.ground(&self.packs), order).await {
                Err(PublishError::Stale { .. }) if tries < TRIES => {}
                outcome => return outcome.map_err(|error| WiringError::room(&error)),
            }
        }
    }

    /// The bulletin with the working figures, as a draft.
    pub async fn bulletin(&self, desk: &mut Desk) -> Result<Bulletin, WiringError> {
        let moment = self.moment(desk).await?;
        let heading = Heading { title: bulletin_title(desk).await?, edition: None, as_of: desk.today };
        let working =
            working(desk, moment.ground(&self.packs), None).await.map_err(mingcha_access::AccessError::from)?;
        if let Some(failed) = working.failed.first() {
            return Err(WiringError::room(&failed.error));
        }
        bulletin(&self.packs, &working.figures, &heading).map_err(|error| WiringError::room(&error))
    }
}

/// `定海区2023年专项治理成果通报`.
async fn bulletin_title(desk: &mut Desk) -> Result<String, WiringError> {
    let district = desk.tx().setting("district").await?.unwrap_or_default();
    Ok(format!("{district}{}年专项治理成果通报", desk.action_year()))
}
