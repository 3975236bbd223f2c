//! Every question asked about owners.

use base::{Actor, App, Conflict, OnConstraint, Result, Tx, lists::Window};
use domain::OwnerId;
use tokio_postgres::Row;
use wire::owners::OwnerView;

use super::NewOwner;

/// The owner with that register number, for the command line.
pub async fn by_register_no(app: &App, register_no: &str) -> Result<Option<OwnerId>> {
    Actor::platform(app)
        .transact(async |tx| {
            let row = tx.last().maybe("select id from property_owners where register_no = $1", &[&register_no]).await?;
            Ok(row.map(|row| row.get("id")))
        })
        .await
}

/// A company by name and number.
#[derive(Debug, Clone)]
pub struct Company {
    pub id: OwnerId,
    pub register_no: String,
    pub name: String,
}

/// Every owner there is, for the command line.
pub async fn every(app: &App) -> Result<Vec<Company>> {
    Actor::platform(app)
        .transact(async |tx| {
            let rows =
                tx.last().all("select id, register_no, name from property_owners order by register_no", &[]).await?;
            let company =
                |row: &Row| Company { id: row.get("id"), register_no: row.get("register_no"), name: row.get("name") };
            Ok(rows.iter().map(company).collect())
        })
        .await
}

pub async fn insert(tx: &Tx, id: OwnerId, new: &NewOwner<'_>) -> Result<()> {
    tx.touch(
        "insert into property_owners (id, name, register_no, tin, vat_payer, demo) values ($1, $2, $3, $4, $5, $6)",
        &[&id, &new.name.trim(), &new.register_no, &new.tin, &new.vat_payer, &new.demo],
    )
    .await
    .on_constraint("property_owners_register_no_once", || {
        Conflict::new("DUPLICATE").with("field", "registerNo").into()
    })?;
    Ok(())
}

pub async fn page(tx: &Tx, window: &Window<OwnerId>) -> Result<Vec<OwnerView>> {
    let rows = tx
        .last()
        .all(
            "select id, name, register_no, tin, vat_payer, city_tax_payer, phone, email, address, billing_day, run_bound_bp,
                    notice_days, version, created_at, updated_at
               from property_owners
              where $1::uuid is null or id > $1
              order by id
              limit $2",
            &[&window.after, &window.rows()],
        )
        .await?;
    Ok(rows.iter().map(owner).collect())
}

pub async fn find(tx: &Tx, id: OwnerId) -> Result<Option<OwnerView>> {
    let row = tx
        .last()
        .maybe(
            "select id, name, register_no, tin, vat_payer, city_tax_payer, phone, email, address, billing_day, run_bound_bp,
                    notice_days, version, created_at, updated_at
               from property_owners where id = $1",
            &[&id],
        )
        .await?;
    Ok(row.as_ref().map(owner))
}

pub async fn exists(tx: &Tx, id: OwnerId) -> Result<bool> {
    Ok(tx.maybe("select from property_owners where id = $1", &[&id]).await?.is_some())
}

pub async fn lock(tx: &Tx, id: OwnerId) -> Result<Option<OwnerView>> {
    let row = tx
        .maybe(
            "select id, name, register_no, tin, vat_payer, city_tax_payer, phone, email, address, billing_day, run_bound_bp,
                    notice_days, version, created_at, updated_at
               from property_owners where id = $1 for no key update",
            &[&id],
        )
        .await?;
    Ok(row.as_ref().map(owner))
}

pub async fn save(tx: &Tx, owner: &mut OwnerView) -> Result<()> {
    let row = tx
        .one(
            "update property_owners
                set name = $2, vat_payer = $3, phone = $4, email = $5, address = $6, billing_day = $7, run_bound_bp = $8,
                    notice_days = $9, version = version + 1
              where id = $1
             returning version, updated_at",
            &[
                &owner.id,
                &owner.name,
                &owner.vat_payer,
                &owner.phone,
                &owner.email,
                &owner.address,
                &owner.billing_day,
                &owner.run_bound_bp,
                &owner.notice_days,
            ],
        )
        .await?;
    owner.version = row.get("version");
    owner.updated_at = row.get("updated_at");
    Ok(())
}

fn owner(row: &Row) -> OwnerView {
    OwnerView {
        id: row.get("id"),
        name: row.get("name"),
        register_no: row.get("register_no"),
        tin: row.get("tin"),
        vat_payer: row.get("vat_payer"),
        city_tax_payer: row.get("city_tax_payer"),
        phone: row.get("phone"),
        email: row.get("email"),
        address: row.get("address"),
        billing_day: row.get("billing_day"),
        run_bound_bp: row.get("run_bound_bp"),
        notice_days: row.get("notice_days"),
        version: row.get("version"),
        created_at: row.get("created_at"),
        updated_at: row.get("updated_at"),
    }
}
