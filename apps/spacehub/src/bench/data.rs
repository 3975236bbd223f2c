//! The data set: how much of it there is, and how it gets into the bench's own database.

use cluster::{Cluster, MIGRATIONS};
use tokio_postgres::Client;

use crate::problem::Problem;

/// How much there is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub owners: u64,
    pub contracts_per_owner: u64,
    pub months: u64,
    pub sessions: u64,
    /// Contracts of one more owner, whose lists are measured.
    pub big: u64,
}

impl Size {
    /// 200 owners with 500 contracts each, and a million invoices.
    pub const FULL: Size = Size { owners: 200, contracts_per_owner: 500, months: 10, sessions: 20_000, big: 10_000 };
    /// Enough to see that everything works.
    pub const SMALL: Size = Size { owners: 4, contracts_per_owner: 60, months: 3, sessions: 40, big: 200 };

    pub fn contracts(self) -> u64 {
        self.owners * self.contracts_per_owner
    }
}

/// Series of ids, as data.sql numbers them.
pub const OWNERS: u64 = 0x0180_0000;
pub const PROPERTIES: u64 = 0x0182_0000;
pub const CONTRACTS: u64 = 0x0190_0000;
pub const TENANTS: u64 = 0x01c0_0000;

/// The id with that number in a series.
pub fn id(series: u64, number: u64) -> String {
    format!("{:08x}-0000-7000-8000-000000000000", series + number)
}

/// Makes the tables and fills them, unless that was done before; gives back what earlier rounds have written.
pub async fn prepare(cluster: &Cluster, size: Size, say: cluster::Say<'_>) -> Result<Client, Problem> {
    let mut admin = cluster::connect(&cluster.urls().admin).await?;
    cluster::migrate(&mut admin, MIGRATIONS, say).await?;
    let there: i64 = admin.query_one("select count(*) from contracts", &[]).await?.get(0);
    if there == 0 {
        say("loading the data set");
        let numbers = [
            ("{owners}", size.owners),
            ("{contracts}", size.contracts()),
            ("{months}", size.months),
            ("{sessions}", size.sessions),
            ("{big}", size.big),
        ];
        for part in [include_str!("data.sql"), include_str!("lists.sql")] {
            let sql = numbers.iter().fold(part.to_owned(), |sql, (name, n)| sql.replace(name, &n.to_string()));
            // One statement after the other: vacuum can't run among others.
            for statement in sql.split(";\n") {
                admin.batch_execute(statement).await?;
            }
        }
    } else if u64::try_from(there).ok() != Some(size.contracts() + size.big) {
        return Err(Problem::new("the bench's folder holds a data set of another size: remove it"));
    }
    admin
        .batch_execute(
            "truncate outbox, audit_log, idempotency_keys, number_sequences, receipts, allocations,
                      payment_intents, sms_messages cascade;
             delete from payments;
             delete from invoice_items;
             delete from invoices where kind <> 'rent'",
        )
        .await?;
    admin.batch_execute("vacuum (analyze) invoices, invoice_items, outbox, audit_log, idempotency_keys").await?;
    Ok(admin)
}
