//! What is kept of mergers and splits.

use base::{Result, Tx};
use domain::RoomId;
use uuid::Uuid;

use super::Change;

/// Notes which rooms were made of which: every new one of every old one.
pub async fn record(tx: &Tx, change: &Change, made: &[RoomId], of: &[RoomId]) -> Result<()> {
    let pairs: Vec<(RoomId, RoomId)> = made.iter().flat_map(|new| of.iter().map(move |old| (*new, *old))).collect();
    tx.touch(
        "insert into room_origins (id, property_id, room_id, from_room_id, kind, on_day, reason)
         select o.id, $1, o.room_id, o.from_room_id, $2, $3, $4
           from unnest($5::uuid[], $6::uuid[], $7::uuid[]) as o (id, room_id, from_room_id)",
        &[
            &change.property,
            &change.kind,
            &change.from,
            &change.reason,
            &pairs.iter().map(|_| Uuid::now_v7()).collect::<Vec<_>>(),
            &pairs.iter().map(|(new, _)| *new).collect::<Vec<_>>(),
            &pairs.iter().map(|(_, old)| *old).collect::<Vec<_>>(),
        ],
    )
    .await
    .map(drop)
}
