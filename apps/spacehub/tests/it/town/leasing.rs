//! What people of the town do with buildings, tenants and contracts, for stories that need some to be there.

use serde_json::{Value, json};

use super::{Person, Reply, Town};

impl Person<'_> {
    /// A building; its id.
    pub async fn has_property(&self, name: &str) -> String {
        self.post("/v2/properties", json!({ "name": name, "district": "Сүхбаатар" })).await.is(201).id()
    }

    /// An office of 50 m²; its id.
    pub async fn has_room(&self, property: &str, unit_no: &str) -> String {
        let room = json!({ "propertyId": property, "unitNo": unit_no, "kind": "office", "areaM2": "50" });
        self.post("/v2/rooms", room).await.is(201).id()
    }

    /// A company; its id.
    pub async fn has_tenant(&self, name: &str, register_no: &str) -> String {
        let phone = format!("99{:06}", register_no.parse::<u32>().unwrap_or_default() % 1_000_000);
        let tenant = json!({ "kind": "company", "name": name, "registerNo": register_no, "phone": phone });
        self.post("/v2/tenants", tenant).await.is(201).id()
    }

    /// Drafts a contract; the fields given stand over an open one from the 1st of October 2026.
    pub async fn drafts(&self, property: &str, tenant: &str, room: &str, fields: Value) -> Reply {
        self.post("/v2/contracts", contract(property, tenant, room, fields)).await
    }
}

impl Town {
    /// Puts a contract where no step of its life may have led it.
    pub async fn forces(&self, contract: &str, status: &str) {
        self.sql_batch(&format!(
            "begin; set local session_replication_role = replica;
             update contracts set status = '{status}', terminated_on = null, termination_reason = null where id = '{contract}';
             commit"
        ))
        .await;
    }

    /// Lets an employee work in a building.
    pub async fn assigns(&self, person: &Person<'_>, property: &str) {
        let sql = format!(
            "insert into property_assignments (id, owner_id, property_id, user_id)
             select gen_random_uuid(), '{}', '{property}', id from users where email = '{}'",
            self.altan, person.email
        );
        self.sql(&sql).await;
    }
}

/// A contract with 15 000 ₮ a m² of rent, VAT inside; the fields given stand over it.
pub fn contract(property: &str, tenant: &str, room: &str, fields: Value) -> Value {
    let mut contract = json!({
        "propertyId": property, "tenantId": tenant, "startsOn": "2026-10-01", "rooms": [{ "roomId": room }],
        "items": [{ "kind": "rent", "name": "Түрээс", "basis": "per_m2", "unitPrice": "1500000" }],
    });
    for (name, value) in fields.as_object().expect("fields are an object") {
        contract[name] = value.clone();
    }
    contract
}
