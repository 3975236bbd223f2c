//! What really happened at a simulator, counted by reference: a test says "all 1" and means it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Effects by the reference the caller gave.
#[derive(Debug, Clone, Default)]
pub struct Ledger(Arc<Mutex<BTreeMap<String, u32>>>);

impl FromIterator<(String, u32)> for Ledger {
    fn from_iter<I: IntoIterator<Item = (String, u32)>>(effects: I) -> Ledger {
        Ledger(Arc::new(Mutex::new(effects.into_iter().collect())))
    }
}

impl Ledger {
    /// Notes one effect, and says how many that makes.
    pub fn note(&self, reference: impl Into<String>) -> u32 {
        let mut effects = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = effects.entry(reference.into()).or_default();
        *count += 1;
        *count
    }

    /// The effects of one reference.
    pub fn count(&self, reference: &str) -> u32 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(reference).copied().unwrap_or(0)
    }

    /// Every reference with its effects.
    pub fn all(&self) -> BTreeMap<String, u32> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
