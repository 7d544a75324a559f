//! [`BatchReader`] reads the batches of a tape that grows elsewhere, and keeps none of it.

use super::batch::Stored;
use super::{Batch, Damage, Entry, Mark};
use crate::timestamp::Timestamp;

/// Reads batches one behind another, each in time of its own length.
#[derive(Clone, Debug, Default)]
pub struct BatchReader {
    /// The end of the batch that was read last.
    mark: Mark,
    /// The piece that came last: the next one is told by what differs.
    piece: Vec<u8>,
}

impl BatchReader {
    /// Hands over what a batch holds, in its order, with the times of the tape. It is taken whole or not at all.
    ///
    /// # Errors
    /// See [`Damage`].
    pub fn read(&mut self, batch: &Batch, mut take: impl FnMut(Timestamp, Entry<'_>)) -> Result<(), Damage> {
        for (at, stored) in batch.entries_behind(&mut self.mark, self.piece.len())? {
            match stored {
                Stored::Piece(difference) => {
                    difference.apply(&mut self.piece);
                    take(at, Entry::Piece(difference.kind, self.piece.clone()));
                }
                Stored::Record(record) => take(at, Entry::Record(&record)),
            }
        }
        Ok(())
    }
}
