//! The doors of an organization's members.

use axum::Json;
use base::{App, Error, Tx};
use domain::{MemberId, UserId, rights::Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::staff::{StaffChange, StaffView};

use super::{
    inside, places, roles, told,
    views::{Member, Members},
};
use crate::{
    auth::{
        AuthError,
        door::{Door, Sent},
        errors::{AuthProblem, AuthRefusals},
    },
    staff,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_members))
        .routes(routes!(get_active_member))
        .routes(routes!(get_active_member_role))
        .routes(routes!(update_member_role))
        .routes(routes!(remove_member))
        .routes(routes!(leave))
}

/// Which members, in which order.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    #[serde(default)]
    organization_id: Option<String>,
    #[serde(default)]
    limit: Option<usize>,
    #[serde(default)]
    offset: Option<usize>,
    #[serde(default)]
    sort_by: Option<String>,
    #[serde(default)]
    sort_direction: Option<String>,
    #[serde(default)]
    filter_field: Option<String>,
    #[serde(default)]
    filter_value: Option<String>,
    #[serde(default)]
    filter_operator: Option<String>,
}

impl Sent for Asked {
    fn check(&self) -> Result<(), AuthError> {
        let known = |value: &Option<String>, words: &[&str]| value.as_deref().is_none_or(|word| words.contains(&word));
        let fields = ["id", "userId", "role", "createdAt", "user.name", "user.email"];
        for (name, good) in [
            ("sortBy", known(&self.sort_by, &fields)),
            ("sortDirection", known(&self.sort_direction, &["asc", "desc"])),
            ("filterField", known(&self.filter_field, &fields)),
            ("filterOperator", known(&self.filter_operator, &["eq", "ne", "contains", "starts_with", "ends_with"])),
        ] {
            if !good {
                return Err(AuthError::invalid(&format!("query.{name}"), "Invalid option"));
            }
        }
        Ok(())
    }
}

impl Asked {
    /// The members asked for, and how many there are of the kind.
    fn choose(&self, mut members: Vec<Member>) -> Members {
        if let (Some(field), Some(value)) = (&self.filter_field, &self.filter_value) {
            members.retain(|member| {
                let said = text(member, field);
                match self.filter_operator.as_deref() {
                    Some("ne") => said != *value,
                    Some("contains") => said.contains(value),
                    Some("starts_with") => said.starts_with(value),
                    Some("ends_with") => said.ends_with(value),
                    _ => said == *value,
                }
            });
        }
        if let Some(field) = &self.sort_by {
            let down = self.sort_direction.as_deref() == Some("desc");
            members.sort_by(|a, b| match text(a, field).cmp(&text(b, field)) {
                order if down => order.reverse(),
                order => order,
            });
        }
        let total = members.len();
        let page = members.into_iter().skip(self.offset.unwrap_or(0)).take(self.limit.unwrap_or(staff::MEMBERS));
        Members { members: page.collect(), total }
    }
}

fn text(member: &Member, field: &str) -> String {
    match field {
        "userId" => member.user_id.to_string(),
        "role" => member.role.to_owned(),
        "createdAt" => member.created_at.to_string(),
        "user.name" => domain::text::sort_key(&member.user.name),
        "user.email" => member.user.email.clone(),
        _ => member.id.to_string(),
    }
}

/// One's own role.
#[derive(Serialize, ToSchema)]
struct ActiveMemberRole {
    role: &'static str,
}

/// One role, alone or as the only one of a list.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub(super) enum OneMemberRole {
    Name(String),
    Names(Vec<String>),
}

impl OneMemberRole {
    /// Our role of that name.
    pub fn place(&self) -> Result<Role, AuthError> {
        let name = match self {
            OneMemberRole::Name(name) => name,
            OneMemberRole::Names(names) if names.len() == 1 => &names[0],
            OneMemberRole::Names(_) => return Err(AuthError::body("role", "Somebody has one role in an organization")),
        };
        let shown: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
        roles::place(name).ok_or_else(|| AuthError::bad("ROLE_NOT_FOUND", format!("ROLE_NOT_FOUND: {shown}")))
    }
}

/// Whose role, and which.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NewMemberRole {
    member_id: String,
    role: OneMemberRole,
    #[serde(default)]
    organization_id: Option<String>,
}

impl Sent for NewMemberRole {}

/// Who is to go.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MemberToRemove {
    member_id_or_email: String,
    #[serde(default)]
    organization_id: Option<String>,
}

impl Sent for MemberToRemove {}

/// Who is gone.
#[derive(Serialize, ToSchema)]
struct RemovedMember {
    member: Member,
}

/// Which organization to leave.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LeftOrganization {
    organization_id: String,
}

impl Sent for LeftOrganization {}

/// Who is in the organization: everybody for who may read staff, oneself for the others.
#[utoipa::path(get, path = "/api/auth/organization/list-members", operation_id = "listMembers", tag = "organization",
    params(("organizationId" = Option<String>, Query), ("limit" = Option<u32>, Query), ("offset" = Option<u32>, Query),
    ("sortBy" = Option<String>, Query), ("sortDirection" = Option<String>, Query),
    ("filterField" = Option<String>, Query), ("filterValue" = Option<String>, Query),
    ("filterOperator" = Option<String>, Query)), responses(
    (status = 200, body = Members, description = "The members."), AuthRefusals))]
async fn list_members(door: Door<Asked>) -> Result<Json<Members>, AuthError> {
    let inside = inside(&door, door.sent.organization_id.as_deref()).await?;
    let members = door.actor.transact(async |tx| places::members(tx, inside.owner, &inside.found.user).await).await?;
    Ok(Json(door.sent.choose(members)))
}

/// Oneself in the organization at hand.
#[utoipa::path(get, path = "/api/auth/organization/get-active-member", operation_id = "getActiveMember",
    tag = "organization", responses(
    (status = 200, body = Member, description = "Oneself."), AuthRefusals))]
async fn get_active_member(door: Door) -> Result<Json<Member>, AuthError> {
    let inside = inside(&door, None).await?;
    let me = door.actor.transact(async |tx| places::myself(tx, inside.owner, &inside.found.user).await).await?;
    me.map(Json).ok_or_else(|| told(Error::NotFound("member"), ""))
}

/// One's own role in the organization at hand.
#[utoipa::path(get, path = "/api/auth/organization/get-active-member-role", operation_id = "getActiveMemberRole",
    tag = "organization", responses(
    (status = 200, body = ActiveMemberRole, description = "The role."), AuthRefusals))]
async fn get_active_member_role(door: Door) -> Result<Json<ActiveMemberRole>, AuthError> {
    let inside = inside(&door, None).await?;
    Ok(Json(ActiveMemberRole { role: roles::name(inside.found.user.role) }))
}

/// Gives a member another role; their sessions end at once.
#[utoipa::path(post, path = "/api/auth/organization/update-member-role", operation_id = "updateMemberRole",
    tag = "organization", request_body = NewMemberRole, responses(
    (status = 200, body = Member, description = "As they are now."),
    (status = 409, body = AuthProblem, description = "Somebody changed it this very moment."), AuthRefusals))]
async fn update_member_role(door: Door<NewMemberRole>) -> Result<Json<Member>, AuthError> {
    let inside = inside(&door, door.sent.organization_id.as_deref()).await?;
    let role = door.sent.role.place()?;
    let changed = door
        .actor
        .transact(async |tx| {
            let member = member(tx, &door.sent.member_id, inside.found.user.id).await?;
            let change = StaffChange { version: member.version, role: Some(role), ..StaffChange::default() };
            staff::change(tx, member.id, &change).await
        })
        .await;
    let changed = changed.map_err(|error| told(error, "YOU_ARE_NOT_ALLOWED_TO_UPDATE_THIS_MEMBER"))?;
    Ok(Json(Member::of(inside.owner, changed)))
}

/// Lets a member go, oneself too; their sessions end at once.
#[utoipa::path(post, path = "/api/auth/organization/remove-member", operation_id = "removeMember", tag = "organization",
    request_body = MemberToRemove, responses(
    (status = 200, body = RemovedMember, description = "Who is gone."), AuthRefusals))]
async fn remove_member(door: Door<MemberToRemove>) -> Result<Json<RemovedMember>, AuthError> {
    let inside = inside(&door, door.sent.organization_id.as_deref()).await?;
    let gone = door
        .actor
        .transact(async |tx| {
            let member = member(tx, &door.sent.member_id_or_email, inside.found.user.id).await?;
            staff::not_the_last(&staff::queries::hold_directors(tx).await?, &member)?;
            staff::remove(tx, member.id).await
        })
        .await;
    let gone = gone.map_err(|error| told(error, "YOU_ARE_NOT_ALLOWED_TO_DELETE_THIS_MEMBER"))?;
    Ok(Json(RemovedMember { member: Member::of(inside.owner, gone) }))
}

/// Leaves the organization one works for.
#[utoipa::path(post, path = "/api/auth/organization/leave", operation_id = "leaveOrganization", tag = "organization",
    request_body = LeftOrganization, responses(
    (status = 200, body = Member, description = "Who left."), AuthRefusals))]
async fn leave(door: Door<LeftOrganization>) -> Result<Json<Member>, AuthError> {
    let inside = inside(&door, Some(&door.sent.organization_id)).await?;
    let left = door.actor.transact(async |tx| staff::leave(tx).await).await;
    let left = left.map_err(|error| told(error, "YOU_ARE_NOT_ALLOWED_TO_DELETE_THIS_MEMBER"))?;
    Ok(Json(Member::of(inside.owner, left)))
}

/// A member by id or address. Who may not read staff knows only of themselves; the right to change anybody is asked for
/// by the verb.
async fn member(tx: &Tx, named: &str, me: UserId) -> base::Result<StaffView> {
    let all = staff::queries::all(tx).await?;
    let id = named.parse::<MemberId>().ok();
    let email = named.trim().to_lowercase();
    let found = all.into_iter().find(|one| Some(one.id) == id || one.email == email);
    let may_know = tx.who().await?.role.is_some_and(|role| role.may(domain::rights::Action::ReadStaff));
    found.filter(|one| may_know || one.user_id == me).ok_or(Error::NotFound("member"))
}

#[cfg(test)]
mod tests {
    use domain::OwnerId;
    use jiff::Timestamp;

    use super::{super::views::MemberUser, *};

    fn someone(name: &str, role: &'static str) -> Member {
        let user = MemberUser { id: UserId::new(), name: name.into(), email: format!("{role}@town.test"), image: None };
        let (id, owner) = (MemberId::new(), OwnerId::new());
        Member { id, organization_id: owner, user_id: user.id, role, created_at: Timestamp::UNIX_EPOCH, user }
    }

    #[test]
    fn members_are_sorted_filtered_and_cut() {
        let all = || vec![someone("Өнөр", "owner"), someone("Овоо", "member"), someone("Пүрэв", "member")];
        let sorted = Asked { sort_by: Some("user.name".into()), ..Asked::default() }.choose(all());
        let names: Vec<_> = sorted.members.iter().map(|member| member.user.name.as_str()).collect();
        assert_eq!(names, ["Овоо", "Өнөр", "Пүрэв"]);

        let asked = Asked {
            filter_field: Some("role".into()),
            filter_value: Some("member".into()),
            limit: Some(1),
            offset: Some(1),
            ..Asked::default()
        };
        let chosen = asked.choose(all());
        assert_eq!((chosen.total, chosen.members.len(), chosen.members[0].user.name.as_str()), (2, 1, "Пүрэв"));
        assert!(Asked { sort_by: Some("password".into()), ..Asked::default() }.check().is_err());
    }
}
