//! Who I am, for whom I work, what I may do.

use base::{Actor, App, Error, Json, Refusals, Result, Slice, Tx};
use domain::rights::{Action, Role};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::me::{MeView, MyOwner};

pub fn slice() -> Slice {
    Slice::new("me").routes(OpenApiRouter::<App>::new().routes(routes!(me)))
}

/// The signed-in user.
#[utoipa::path(get, path = "/v2/me", tag = "me", responses((status = 200, body = MeView), Refusals))]
async fn me(actor: Actor) -> Result<Json<MeView>> {
    actor.transact(async |tx| read(tx).await).await.map(Json)
}

async fn read(tx: &Tx) -> Result<MeView> {
    let row = tx
        .last()
        .maybe(
            "select u.id, u.name, u.email, p.role, p.locale, o.id as owner_id, o.name as owner_name, o.register_no
               from users u
               join profiles p on p.user_id = u.id
               left join property_owners o on o.id = (select app_owner_id())
              where u.id = (select app_user_id())",
            &[],
        )
        .await?
        .ok_or(Error::Unauthorized)?;
    let role: Role = row.get("role");
    let owner = row.get::<_, Option<_>>("owner_id").map(|id| MyOwner {
        id,
        name: row.get("owner_name"),
        register_no: row.get("register_no"),
    });
    Ok(MeView {
        id: row.get("id"),
        name: row.get("name"),
        email: row.get("email"),
        role,
        locale: row.get("locale"),
        owner,
        rights: Action::ALL.iter().copied().filter(|action| role.may(*action)).collect(),
    })
}
