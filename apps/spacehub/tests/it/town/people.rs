//! Tenants who sign in, and what they rent.

use base::secrets::{self, TokenHash};
use domain::OwnerId;
use serde_json::json;
use uuid::Uuid;

use super::{Person, Tenant, Town};

/// A contract in force and what it is about.
pub struct Place {
    pub contract: Uuid,
    pub tenant: Uuid,
    pub property: Uuid,
    pub room: Uuid,
}

impl Town {
    /// A person with a verified telephone (eight digits) and a session, whom no owner knows yet.
    pub async fn tenant(&self, name: &str, phone: &str) -> Person<'_> {
        let (user, token) = (Uuid::now_v7(), secrets::token(32));
        let email = format!("{}@phone.test", user.simple());
        let hash = TokenHash::of(&token).0.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        self.sql_batch(&format!(
            "insert into users (id, name, email, phone_number, phone_number_verified)
             values ('{user}', '{name}', '{email}', '+976{phone}', true);
             insert into profiles (id, user_id, full_name, role) values (gen_random_uuid(), '{user}', '{name}', 'tenant');
             insert into sessions (id, token_hash, user_id, expires_at)
             values (gen_random_uuid(), '\\x{hash}', '{user}', now() + interval '400 days')"
        ))
        .await;
        Person { town: self, email, token: Some(token) }
    }

    /// The same, confirmed by that owner's director as the tenant with the telephone.
    pub async fn linked_tenant(&self, director: &Person<'_>, name: &str, phone: &str) -> Person<'_> {
        let tenant = self.tenant(name, phone).await;
        tenant.post("/v2/places", json!({})).await.is(200);
        let waiting = director.get("/v2/tenant-links?status=waiting").await.is(200).json();
        for link in waiting["items"].as_array().expect("a list").iter().filter(|link| link["phone"] == phone) {
            let id = link["id"].as_str().expect("an id");
            director.post(&format!("/v2/tenant-links/{id}/confirmation"), json!({})).await.is(200);
        }
        tenant
    }

    /// A contract over that unit for a tenant with that telephone.
    pub async fn lets_to(&self, owner: OwnerId, unit: &str, phone: &str) -> Place {
        let name = format!("Түрээслэгч {unit}");
        let tenant = Tenant { name: &name, phone: Some(phone), ..Tenant::default() };
        let contract = self.lets(owner, unit, tenant).await;
        let row = self
            .sql(&format!(
                "select c.tenant_id, c.property_id, cr.room_id
                   from contracts c join contract_rooms cr on cr.contract_id = c.id where c.id = '{contract}'"
            ))
            .await;
        Place { contract, tenant: row[0].get(0), property: row[0].get(1), room: row[0].get(2) }
    }
}
