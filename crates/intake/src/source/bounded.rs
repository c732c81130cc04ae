//! A stream of XML that ends with an error when one piece of it, or all of it, is larger than may be held or read.

use std::io::{BufRead, Error, Read, Result};

/// Bytes between two signs `<`: one tag and the text behind it. A cell may hold 1 MB, and its text may be written in
/// entities.
pub(crate) const PIECE_BYTES_MAX: u64 = 16 << 20;

/// Counts what is read; [`Bounded::next_piece`] begins a new piece.
pub(crate) struct Bounded<R> {
    inner: R,
    piece: u64,
    left: u64,
}

impl<R: BufRead> Bounded<R> {
    pub(crate) fn new(inner: R, bytes_max: u64) -> Self {
        Self { inner, piece: PIECE_BYTES_MAX, left: bytes_max }
    }

    pub(crate) fn next_piece(&mut self) {
        self.piece = PIECE_BYTES_MAX;
    }

    /// Whether it ended because there was more than `bytes_max`.
    pub(crate) fn is_used_up(&self) -> bool {
        self.left == 0
    }

    /// Whether it ended because one piece was too large.
    pub(crate) fn is_piece_used_up(&self) -> bool {
        self.piece == 0
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.piece == 0 || self.left == 0 {
            return Err(Error::other("more than may be read"));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.piece = self.piece.saturating_sub(amount as u64);
        self.left = self.left.saturating_sub(amount as u64);
        self.inner.consume(amount);
    }
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, to: &mut [u8]) -> Result<usize> {
        let read = self.fill_buf()?.read(to)?;
        self.consume(read);
        Ok(read)
    }
}
