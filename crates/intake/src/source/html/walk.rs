//! Walks through the tags of a page (html5ever) and hands over what is found in its tables. No tree is built, no script is
//! run, nothing is fetched.

use std::cell::RefCell;
use std::ops::ControlFlow;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::grid::{Found, Grids};
use crate::IntakeError;

/// Takes what was found in a table, by the number of the table; says whether to go on.
pub(super) type OnFound<'a> = &'a mut dyn FnMut(usize, Found) -> Result<ControlFlow<()>, IntakeError>;

/// Bytes that are handed to the tokenizer at once; it can only be stopped between two.
const STRETCH_BYTES: usize = 64 << 10;

pub(super) fn walk(text: &str, columns_max: usize, on: OnFound<'_>) -> Result<(), IntakeError> {
    let state = State { grids: Grids::new(columns_max), on, raw: None, result: Ok(ControlFlow::Continue(())) };
    let tokenizer = Tokenizer::new(Sink(RefCell::new(state)), TokenizerOpts::default());
    let input = BufferQueue::default();
    let mut rest = text;
    while !rest.is_empty() {
        let (now, later) = rest.split_at(rest.floor_char_boundary(STRETCH_BYTES));
        rest = later;
        input.push_back(StrTendril::from_slice(now));
        // No script is ever handed back, so it reads on to the end of what it has.
        let _ = tokenizer.feed(&input);
        if tokenizer.sink.0.borrow().is_over() {
            break;
        }
    }
    if !tokenizer.sink.0.borrow().is_over() {
        tokenizer.end();
    }
    let mut state = tokenizer.sink.0.borrow_mut();
    state.finish();
    std::mem::replace(&mut state.result, Ok(ControlFlow::Continue(()))).map(|_| ())
}

struct Sink<'a>(RefCell<State<'a>>);

struct State<'a> {
    grids: Grids,
    on: OnFound<'a>,
    /// The element whose content is no text of the page, such as a script.
    raw: Option<String>,
    result: Result<ControlFlow<()>, IntakeError>,
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        self.0.borrow_mut().take(token)
    }
}

impl State<'_> {
    fn is_over(&self) -> bool {
        !matches!(self.result, Ok(ControlFlow::Continue(())))
    }

    fn take(&mut self, token: Token) -> TokenSinkResult<()> {
        if self.is_over() {
            return TokenSinkResult::Continue;
        }
        match token {
            Token::CharacterTokens(text) if self.raw.is_none() => self.grids.text(&text),
            Token::NullCharacterToken if self.raw.is_none() => self.grids.text("\0"),
            Token::TagToken(tag) => return self.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        if tag.kind == TagKind::EndTag {
            self.raw = self.raw.take().filter(|raw| raw != name);
            self.grids.end(name);
            self.hand_over();
            return TokenSinkResult::Continue;
        }
        let kind = match name {
            "script" => Some(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
            "title" | "textarea" => Some(RawKind::Rcdata),
            _ => None,
        };
        if let Some(kind) = kind {
            self.raw = Some(name.to_owned());
            return TokenSinkResult::RawData(kind);
        }
        self.grids.begin(tag);
        self.hand_over();
        TokenSinkResult::Continue
    }

    fn finish(&mut self) {
        if !self.is_over() {
            self.grids.finish();
            self.hand_over();
        }
    }

    fn hand_over(&mut self) {
        for (table, found) in self.grids.take() {
            if self.is_over() {
                return;
            }
            self.result = (self.on)(table, found);
        }
    }
}
