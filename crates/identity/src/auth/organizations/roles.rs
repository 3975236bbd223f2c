//! The client's names of roles and permissions, and ours.

use domain::rights::{Action, Role};

/// What the client calls a role.
pub fn name(role: Role) -> &'static str {
    match role {
        Role::OwnerDirector => "owner",
        Role::OwnerAccountant => "accountant",
        Role::Employee => "member",
        Role::Admin | Role::System => "admin",
        Role::Tenant | Role::Link => "tenant",
    }
}

/// The role somebody can be given under that name; our own names do as well.
pub fn place(name: &str) -> Option<Role> {
    match name {
        "owner" | "owner_director" => Some(Role::OwnerDirector),
        "accountant" | "owner_accountant" => Some(Role::OwnerAccountant),
        "member" | "employee" => Some(Role::Employee),
        _ => None,
    }
}

/// Whether a role has one of the client's permissions; unknown ones nobody has.
pub fn may(role: Role, resource: &str, action: &str) -> bool {
    let needed = match (resource, action) {
        ("organization", "update") => Action::EditOwner,
        ("member", "create" | "update" | "delete") | ("invitation", "create" | "cancel") => Action::EditStaff,
        _ => return false,
    };
    role.may(needed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found_again_by_its_name() {
        for role in [Role::OwnerDirector, Role::OwnerAccountant, Role::Employee] {
            assert_eq!(place(name(role)), Some(role));
            assert_eq!(place(role.as_str()), Some(role));
        }
        assert!(["admin", "tenant", "system", "link", "", "owner,member"].iter().all(|name| place(name).is_none()));
    }

    #[test]
    fn directors_run_the_organization_and_nobody_deletes_it() {
        for (resource, action) in [("organization", "update"), ("member", "delete"), ("invitation", "cancel")] {
            assert!(may(Role::OwnerDirector, resource, action), "{resource} {action}");
            for role in [Role::OwnerAccountant, Role::Employee, Role::Tenant, Role::Link] {
                assert!(!may(role, resource, action), "{role} {resource} {action}");
            }
        }
        assert!(Role::ALL.iter().all(|role| !may(*role, "organization", "delete") && !may(*role, "x", "update")));
    }
}
