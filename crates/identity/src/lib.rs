//! Who people are and where they belong: users, sessions, owners, tenants' places, devices; and the promises and the audit
//! that staff may look at.

pub mod audit;
pub mod auth;
pub mod devices;
pub mod invitations;
pub mod letters;
pub mod me;
pub mod owners;
pub mod places;
pub mod promises;
pub mod registrations;
pub mod staff;
pub mod tenant_links;

use base::Slice;

/// The slices of this area.
pub fn slices() -> Vec<Slice> {
    vec![
        auth::slice(),
        me::slice(),
        owners::slice(),
        registrations::slice(),
        staff::slice(),
        invitations::slice(),
        places::slice(),
        tenant_links::slice(),
        devices::slice(),
        promises::slice(),
        audit::slice(),
    ]
}
