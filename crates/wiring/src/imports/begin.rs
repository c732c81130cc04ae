//! An import is asked for: a new one, the same one again, or one that must not be.

use mingcha_access::{Action, Actor, Desk, Subject, units};
use mingcha_domain::ImportId;
use mingcha_store::Tx;

use super::queries::{import_add, import_again, import_find, import_forget, import_of_key};
use super::{IMPORT_DAYS, Import, ImportError, ImportState, Outcome};
use crate::{Platform, WiringError};

/// A file that came, and what its sender calls the request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewImport<'a> {
    /// Full name of the ledger.
    pub ledger: &'a str,
    /// The name the file came with.
    pub file_name: &'a str,
    /// Its length.
    pub bytes: u64,
    /// Its SM3.
    pub sm3: &'a str,
    /// The sender's own key: the same key is the same request.
    pub key: Option<&'a str>,
}

/// What is to be done about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Begun {
    /// It is to be run.
    Run(Import),
    /// It was run before: this is what became of it.
    Known(Import),
}

impl Platform {
    /// Whether the actor may import into a ledger; asked before a file is received at all.
    pub async fn may_import(&self, actor: &Actor, ledger: &str) -> Result<(), WiringError> {
        let mut desk = self.office.reading(actor).await?;
        let visible = self.sees_ledger(&mut desk, ledger).await?;
        let unit = self.unit_of(desk.tx(), ledger).await?;
        let subject = Subject::of(unit.as_deref()).visible_if(visible);
        desk.ask(Action::LedgerImport, subject).map_err(mingcha_access::AccessError::from)?;
        Ok(())
    }

    /// Whether the actor may know of a ledger.
    pub async fn sees_ledger(&self, desk: &mut Desk, ledger: &str) -> Result<bool, WiringError> {
        let unit = self.unit_of(desk.tx(), ledger).await?;
        Ok(self.packs.ledger(ledger).is_some() && desk.sees(Action::LedgerSee, unit.as_deref()))
    }

    /// The unit whose clerks keep a ledger.
    pub(crate) async fn unit_of(&self, tx: &mut Tx, ledger: &str) -> Result<Option<String>, WiringError> {
        let pack = self.packs.ledger(ledger).and_then(|ledger| self.packs.pack(&ledger.pack));
        let Some(project) = pack.and_then(|pack| pack.project.as_ref()) else { return Ok(None) };
        Ok(units::by_name(tx, &project.lead_unit).await?.map(|unit| unit.code))
    }

    /// Begins an import whose file is there. With a key that is known: the same file is answered as before, or goes once
    /// more when the machine had failed it; another file is refused.
    pub async fn begin_import(&self, actor: &Actor, new: NewImport<'_>) -> Result<Begun, ImportError> {
        self.may_import(actor, new.ledger).await?;
        let now = self.office.now();
        let mut tx = self.office.store().begin_unaudited().await?;
        import_forget(&mut tx, now.plus_seconds(-IMPORT_DAYS * 24 * 3600)).await?;
        let known = match new.key {
            Some(key) => import_of_key(&mut tx, actor.account, key).await?,
            None => None,
        };
        let begun = match known {
            Some(known) if known.sm3 != new.sm3 || known.ledger != new.ledger => {
                return Err(ImportError::KeyOfOther { key: new.key.unwrap_or_default().to_owned() });
            }
            Some(known) if known.state == ImportState::Running => {
                return Err(ImportError::UnderWay { import: known.id });
            }
            Some(known) if may_go_again(&known) => {
                import_again(&mut tx, known.id, now).await?;
                let again = import_find(&mut tx, known.id).await?;
                Begun::Run(again.ok_or(ImportError::NoSuchImport { import: known.id.to_string() })?)
            }
            Some(known) => Begun::Known(known),
            None => {
                let import = Import {
                    id: ImportId::from_random(self.office.random()),
                    account: actor.account,
                    ledger: new.ledger.to_owned(),
                    file_name: new.file_name.to_owned(),
                    bytes: i64::try_from(new.bytes).unwrap_or(i64::MAX),
                    sm3: new.sm3.to_owned(),
                    state: ImportState::Running,
                    upload: None,
                    outcome: None,
                    begun_at: now,
                    ended_at: None,
                };
                import_add(&mut tx, &import, new.key).await?;
                Begun::Run(import)
            }
        };
        tx.commit().await?;
        Ok(begun)
    }
}

fn may_go_again(known: &Import) -> bool {
    match (&known.state, &known.outcome) {
        (ImportState::Interrupted, _) | (_, None) => true,
        (_, Some(Outcome::Failed(failed))) => failed.may_go_again(),
        (_, Some(Outcome::Taken(_))) => false,
    }
}
