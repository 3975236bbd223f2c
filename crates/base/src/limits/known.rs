//! Who is behind a session, as the last answer told: so that a call is counted for its person and owner before anything
//! is asked of Postgres. It decides nothing but which counter moves.

use std::{collections::HashMap, sync::Mutex};

use domain::{OwnerId, UserId};

use crate::secrets::TokenHash;

/// How many sessions one process remembers before it begins anew.
const MANY: usize = 50_000;

/// The sessions this process has met.
#[derive(Debug, Default)]
pub struct Known(Mutex<HashMap<TokenHash, Behind>>);

/// The person and the owner they work for at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind {
    pub user: UserId,
    pub owner: Option<OwnerId>,
}

impl Known {
    /// Who is behind a session.
    pub fn behind(&self, session: &TokenHash) -> Option<Behind> {
        self.0.lock().expect("no panic while held").get(session).copied()
    }

    /// Remembers who turned out to be behind a session, or that nobody is any more.
    pub fn learn(&self, session: TokenHash, behind: Option<Behind>) {
        let mut sessions = self.0.lock().expect("no panic while held");
        let Some(behind) = behind else {
            sessions.remove(&session);
            return;
        };
        if sessions.len() >= MANY {
            sessions.clear();
        }
        sessions.insert(session, behind);
    }
}
