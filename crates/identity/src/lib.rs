//! Who people are: users, sessions, owners, devices, and the promises that staff may look at.

pub mod auth;
pub mod devices;
pub mod invitations;
pub mod letters;
pub mod me;
pub mod owners;
pub mod promises;
pub mod registrations;
pub mod staff;

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
        devices::slice(),
        promises::slice(),
    ]
}
