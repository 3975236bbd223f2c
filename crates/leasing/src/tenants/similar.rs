//! Whoever is entered may be there already: by number, by telephone, by name.

use base::{Conflict, Result};
use serde_json::json;
use wire::tenants::SimilarTenant;

/// How many candidates are offered.
pub(super) const OFFERED: i64 = 5;

/// Offers the candidates instead of entering somebody twice. One with the same register number is the same one, whatever
/// anybody says; the others may be someone else, `anyway`.
pub(super) fn refuse(candidates: &[SimilarTenant], anyway: bool) -> Result<()> {
    let is_same = |of: &&SimilarTenant| of.by.iter().any(|by| by == "registerNo");
    if let Some(same) = candidates.iter().find(is_same) {
        let known = Conflict::new("DUPLICATE").with("field", "registerNo").with("candidates", json!([same]));
        return Err(known.into());
    }
    if candidates.is_empty() || anyway {
        return Ok(());
    }
    let names = candidates.iter().map(|of| of.name.as_str()).collect::<Vec<_>>().join(", ");
    Err(Conflict::new("SIMILAR_TENANT").with("names", names).with("candidates", json!(candidates)).into())
}

#[cfg(test)]
mod tests {
    use domain::{TenantId, rooms::TenantKind};

    use super::*;

    fn like(by: &[&str]) -> SimilarTenant {
        SimilarTenant {
            id: TenantId::new(),
            kind: TenantKind::Company,
            name: "Номин ХХК".into(),
            register_no: None,
            phone: None,
            by: by.iter().map(|by| (*by).to_owned()).collect(),
        }
    }

    #[test]
    fn a_reason_helps_against_a_likeness_and_never_against_the_same_number() {
        assert!(refuse(&[], false).is_ok());
        assert!(refuse(&[like(&["phone"])], false).is_err());
        assert!(refuse(&[like(&["phone"]), like(&["name"])], true).is_ok());
        assert!(refuse(&[like(&["name"]), like(&["phone", "registerNo"])], true).is_err());
    }
}
