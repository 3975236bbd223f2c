//! How Postgres finds the rows of the requests: each question explained as the role that asks it.

use tokio_postgres::NoTls;

use super::bound::{Statement, literal};
use crate::problem::Problem;

/// A question's plan, and what is wrong with it.
pub struct Plan {
    pub sql: String,
    pub lines: Vec<String>,
    /// Tables read from end to end though they hold every owner's rows.
    pub whole_tables: Vec<String>,
}

/// Explains every question among the statements, in a transaction that is opened by them and rolled back.
pub async fn explain(app_url: &str, statements: &[Statement]) -> Result<Vec<Plan>, Problem> {
    let (client, connection) = tokio_postgres::connect(app_url, NoTls).await?;
    tokio::spawn(connection);
    let mut plans = Vec::new();
    for statement in statements {
        let mut sql = statement.sql.trim().to_owned();
        for (n, value) in statement.values.iter().enumerate().rev() {
            let value = value.as_deref().map_or("null".to_owned(), literal);
            sql = sql.replace(&format!("${}", n + 1), &value);
        }
        let is_question = sql.starts_with("select") && !sql.contains("app_begin") && !sql.contains("take_key");
        if is_question {
            let rows = client.query(&format!("explain (analyze, costs off, timing off) {sql}"), &[]).await?;
            let lines: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
            let whole_tables =
                lines.iter().filter_map(|line| line.split_once("Seq Scan on ")).map(|(_, table)| table.to_owned());
            plans.push(Plan { sql: statement.sql.clone(), whole_tables: whole_tables.collect(), lines });
        } else if sql == "begin" || sql.contains("app_begin") {
            client.batch_execute(&sql).await?;
        }
    }
    client.batch_execute("rollback").await?;
    Ok(plans)
}
