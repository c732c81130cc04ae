//! The panels of the bar of moves: what each move asks for, with what was typed when it did not go.

use mingcha_casework::read::Offer;
use mingcha_domain::{Kind, Trouble};
use mingcha_pages::office::{Body, Card, Dossier};
use mingcha_pages::parts::{Can, Choice, Fact, Field, Input, Move, Moves, Panel};

use crate::shell::{Answer, Failure, Fields, Visit, page};

/// A move that did not go: what was typed is kept, what was wrong is said.
pub(crate) struct Retry {
    /// Which move.
    pub made: &'static str,
    /// What was typed.
    pub fields: Fields,
    /// What was wrong.
    pub failure: Failure,
}

impl Retry {
    /// A failure that can be mended on the page, as a retry; another one as it is.
    pub(crate) fn of(made: &'static str, fields: Fields, failure: Failure) -> Result<Self, Failure> {
        let elsewhere = matches!(failure.kind, Kind::NotFound | Kind::Internal);
        if elsewhere { Err(failure) } else { Ok(Self { made, fields, failure }) }
    }

    fn has_panel(&self, moves: Option<&Moves>) -> bool {
        let open = |one: &Move| one.key == self.made && matches!(one.can, Can::Form(_));
        moves.is_some_and(|moves| moves.moves.iter().any(open))
    }

    /// What was typed in words of one's own, to be copied.
    fn typed(&self, visit: &Visit) -> Option<Card> {
        let own = |name: &str| OWN_WORDS.contains(&name);
        let facts = self.fields.0.iter().filter(|(name, text)| own(name) && !text.trim().is_empty());
        let facts: Vec<Fact> = facts
            .map(|(name, text)| Fact::new(visit.say(&format!("web-field-{}", name.replace('_', "-"))), text.clone()))
            .collect();
        (!facts.is_empty()).then(|| Card::new(visit.say("web-typed-and-not-sent"), Body::Facts(facts)))
    }
}

/// Fields that people fill in with words of their own.
const OWN_WORDS: [&str; 11] =
    ["note", "why", "title", "kind", "basis", "measure", "resident_id", "name", "role", "amount", "returned_to"];

/// The page of one thing; when a move did not go, with its panel open. Where somebody else was first and the move is
/// no longer offered, the reason stands at the top and what was typed below it: nothing is lost.
pub(crate) fn answered(visit: &Visit, mut dossier: Dossier, retry: Option<&Retry>) -> Answer {
    let Some(retry) = retry else { return page(dossier) };
    if !retry.has_panel(dossier.moves.as_ref()) {
        dossier.frame.notice = Some(retry.failure.notice(visit));
        dossier.cards.splice(0..0, retry.typed(visit));
    }
    let mut response = page(dossier)?;
    *response.status_mut() = retry.failure.status();
    Ok(response)
}

/// Makes the moves of one page.
pub(crate) struct Panels<'a> {
    /// Who looks.
    pub visit: &'a Visit,
    /// The address that moves are posted below.
    pub base: String,
    /// The version of the thing as the page shows it.
    pub version: i64,
    /// What did not go, if something did not.
    pub retry: Option<&'a Retry>,
}

impl Panels<'_> {
    /// The bar.
    pub(crate) fn bar(&self, moves: Vec<Move>, none: &str) -> Moves {
        Moves {
            label: self.visit.say("web-moves"),
            moves,
            csrf: self.visit.csrf().to_owned(),
            none: self.visit.say(none),
            cancel: self.visit.say("web-cancel"),
            previous: None,
            next: None,
        }
    }

    /// An offered move: a panel with these fields, or the reason why not.
    pub(crate) fn offered(&self, offer: &Offer, primary: bool, fields: Vec<Field>) -> Move {
        match &offer.refused {
            Some(trouble) => Move {
                key: offer.made.to_owned(),
                label: self.label(offer.made),
                primary: false,
                can: Can::Not(reason(self.visit, trouble)),
            },
            None => self.panel(offer.made, primary, false, fields),
        }
    }

    /// A move with a panel.
    pub(crate) fn panel(&self, made: &str, primary: bool, files: bool, fields: Vec<Field>) -> Move {
        let retry = self.retry.filter(|retry| retry.made == made);
        let mut all = vec![Field::new(made, "version", "", Input::Hidden).value(self.version.to_string())];
        all.extend(fields.into_iter().map(|field| match retry {
            Some(retry) => again(field, &retry.fields),
            None => field,
        }));
        Move {
            key: made.to_owned(),
            label: self.label(made),
            primary,
            can: Can::Form(Panel {
                action: format!("{}/{}", self.base, made.replace('_', "-")),
                effect: self.visit.say(&format!("web-effect-of-{}", made.replace('_', "-"))),
                fields: all,
                submit: self.label(made),
                files,
                open: retry.is_some(),
                error: retry.map(|retry| retry.failure.sentence(self.visit)),
            }),
        }
    }

    /// A field of a panel.
    pub(crate) fn field(&self, made: &str, name: &str, input: Input) -> Field {
        Field::new(made, name, self.visit.say(&format!("web-field-{}", name.replace('_', "-"))), input)
    }

    /// The reason or report that most moves ask for.
    pub(crate) fn why(&self, made: &str) -> Field {
        self.field(made, "why", Input::Area).hint(self.visit.say(&format!("web-why-of-{}", made.replace('_', "-"))))
    }

    /// A term in working days, with a proposal.
    pub(crate) fn working_days(&self, made: &str, proposed: u32) -> Field {
        self.field(made, "working_days", Input::Number).value(proposed.to_string())
    }

    /// The verb of a move; most are casework's own.
    fn label(&self, made: &str) -> String {
        let own = format!("web-move-{}", made.replace('_', "-"));
        let said = self.visit.say(&own);
        if said == own { self.visit.say(&format!("case-move-{made}")) } else { said }
    }
}

/// Why a move cannot be made, as the end of a button's words.
pub(crate) fn reason(visit: &Visit, trouble: &Trouble) -> String {
    mingcha_words::message(visit.lang, trouble).trim_end_matches(['。', '.']).to_owned()
}

/// A field with what was typed before.
fn again(field: Field, fields: &Fields) -> Field {
    let name = field.name.clone();
    match field.input {
        Input::Ticks(choices) => {
            let chosen: Vec<&str> = fields.all(&name).collect();
            let choices = choices.into_iter().map(|choice| {
                let chosen = chosen.contains(&choice.value.as_str());
                Choice { chosen, ..choice }
            });
            Field { input: Input::Ticks(choices.collect()), ..field }
        }
        _ => field.value(fields.text(&name)),
    }
}

/// Whether a move takes a thing further rather than back: only such a one is proposed as the next step.
pub(crate) fn leads_on(made: &str) -> bool {
    ["dispatch", "verify", "take_into_problem", "dismiss", "rectify", "pass", "close", "recheck_settled"]
        .contains(&made)
}
