//! The schema proves by itself that no owner can reach another's rows: one walk through the catalogue, and defects
//! planted on purpose that the same walk must name.

mod checks;
mod defects;

use cluster::testing;
use tokio_postgres::{Client, NoTls};

use checks::{CHECKS, EXCEPTIONS, OBJECTS};

/// What one walk through the catalogue found.
struct Walk {
    /// `check: object` for everything that breaks a rule and has no reason to.
    findings: Vec<String>,
    /// The exceptions that were met, by their place in the list.
    excepted: Vec<usize>,
}

#[tokio::test]
async fn the_catalogue_shows_that_owners_cannot_reach_each_other() {
    let database = testing::database().await;
    let client = connect(&database.admin_url).await;

    let walk = walk(&client).await;

    for (kind, question) in OBJECTS {
        let count: i64 = client.query_one(*question, &[]).await.expect(kind).get(0);
        println!("R5: checked {count:4} {kind}");
    }
    println!("R5: with {} rules, {} exceptions:", CHECKS.len(), EXCEPTIONS.len());
    for (check, object, reason) in EXCEPTIONS {
        println!("    {check}: {object} – {reason}");
    }
    assert!(walk.findings.is_empty(), "the schema has holes:\n{}", walk.findings.join("\n"));
    let unused: Vec<_> = (0..EXCEPTIONS.len()).filter(|n| !walk.excepted.contains(n)).map(|n| EXCEPTIONS[n]).collect();
    assert!(unused.is_empty(), "exceptions that nothing needs any more: {unused:#?}");
}

#[tokio::test]
async fn every_planted_defect_is_named() {
    let database = testing::database().await;
    let client = connect(&database.admin_url).await;
    let mut missed = Vec::new();

    for defect in defects::DEFECTS {
        client.batch_execute("begin").await.expect("begins");
        client.batch_execute(defect.plant).await.unwrap_or_else(|e| panic!("{} can't be planted: {e:?}", defect.check));
        let findings = walk(&client).await.findings;
        client.batch_execute("rollback").await.expect("rolls back");
        let named = findings.iter().any(|f| f.starts_with(&format!("{}: ", defect.check)) && f.contains(defect.object));
        if !named {
            missed.push(format!("{} of {} by `{}`: {findings:?}", defect.check, defect.object, defect.plant));
        }
    }

    let untried: Vec<_> = CHECKS.iter().filter(|c| !defects::DEFECTS.iter().any(|d| d.check == c.name)).collect();
    println!("R5: planted {} defects, missed {}", defects::DEFECTS.len(), missed.len());
    assert!(missed.is_empty(), "the walk does not see:\n{}", missed.join("\n"));
    assert!(untried.is_empty(), "rules that no planted defect has turned red: {untried:?}");
}

async fn walk(client: &Client) -> Walk {
    let mut walk = Walk { findings: Vec::new(), excepted: Vec::new() };
    for check in CHECKS {
        let rows = client.query(check.breaks, &[]).await.unwrap_or_else(|e| panic!("{}: {e:?}", check.name));
        for object in rows.iter().map(|row| row.get::<_, String>(0)) {
            match EXCEPTIONS.iter().position(|(name, known, _)| *name == check.name && *known == object) {
                Some(known) => walk.excepted.push(known),
                None => walk.findings.push(format!("{}: {object}", check.name)),
            }
        }
    }
    walk
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("connects");
    tokio::spawn(connection);
    client
}
