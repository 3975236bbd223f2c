//! Statements of account: the opening balance and the lines make the closing one, whatever happened in between.

use serde_json::{Value, json};

use crate::{
    books::Lease,
    exports::Sheet,
    town::{Person, Town},
};

fn amount(value: &Value) -> i64 {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{value} is no amount"))
}

/// Opening + Σ lines = closing, each line's balance on the way; gives opening and closing in tögrög.
#[track_caller]
fn holds(statement: &Value) -> (i64, i64) {
    let (opening, closing) = (amount(&statement["opening"]), amount(&statement["closing"]));
    let mut balance = opening;
    let (mut billed, mut paid) = (0, 0);
    for line in statement["lines"].as_array().expect("lines") {
        (billed, paid) = (billed + amount(&line["billed"]), paid + amount(&line["paid"]));
        balance += amount(&line["billed"]) - amount(&line["paid"]);
        assert_eq!(amount(&line["balance"]), balance, "{line}");
    }
    assert_eq!((billed, paid), (amount(&statement["billed"]), amount(&statement["paid"])), "{statement}");
    assert_eq!(balance, closing, "{statement}");
    (opening / 100, closing / 100)
}

async fn account(who: &Person<'_>, of: &str, from: &str, to: &str) -> Value {
    who.get(&format!("/v2/{of}/statement?from={from}&to={to}")).await.is(200).json()
}

async fn bill(who: &Person<'_>, contract: uuid::Uuid, tugrug: i64) -> String {
    let body = json!({ "contractId": contract, "kind": "sale", "issue": true,
                       "items": [{ "description": "Үйлчилгээ", "unitPrice": (tugrug * 100).to_string() }] });
    who.post("/v2/invoices", body).await.is(201).id()
}

#[tokio::test]
async fn an_account_ties_over_bills_payments_credit_and_reversals() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    let first = town.lease(town.altan, Lease::plain("CT-2026-0001", "Оюут Ухаан ХХК")).await;
    let second = town.lease(town.altan, Lease::plain("CT-2026-0002", "Оюут Ухаан салбар")).await;
    town.sql_batch(&format!("update contracts set tenant_id = '{}' where id = '{}'", first.tenant, second.contract))
        .await;
    let pays = async |tugrug: i64| {
        let cash = json!({ "tenantId": first.tenant, "method": "cash", "amount": (tugrug * 100).to_string() });
        nara.post("/v2/payments", cash).await.is(201).id()
    };
    bill(&nara, first.contract, 100).await; // 10-10
    town.moves_on("2026-10-20T02:00:00Z").await;
    bill(&nara, second.contract, 50).await;
    let paid = pays(130).await; // 100 on the first, 30 on the second
    town.moves_on("2026-11-05T02:00:00Z").await;
    nara.post(&format!("/v2/payments/{paid}/reversal"), json!({ "reason": "Буцсан" })).await.is(201);
    pays(400).await; // 150 on bills, 250 left over
    town.moves_on("2026-11-20T02:00:00Z").await;
    bill(&nara, first.contract, 200).await; // out of the credit
    let void = bill(&nara, second.contract, 70).await;
    let (tenant, one, two) = (
        format!("tenants/{}", first.tenant),
        format!("contracts/{}", first.contract),
        format!("contracts/{}", second.contract),
    );

    for (of, from, to, opening, closing) in [
        (&tenant, "2026-01-01", "2026-10-09", 0, 0),
        (&tenant, "2026-01-01", "2026-10-31", 0, 20),
        (&tenant, "2026-11-01", "2026-11-30", 20, 20),
        (&tenant, "2026-01-01", "2026-11-30", 0, 20),
        (&one, "2026-10-01", "2026-10-31", 0, 0),
        (&one, "2026-11-01", "2026-11-30", 0, 0),
        (&two, "2026-10-01", "2026-10-31", 0, 20),
        (&two, "2026-11-01", "2026-11-30", 20, 20),
    ] {
        let statement = account(&nara, of, from, to).await;
        assert_eq!(holds(&statement), (opening, closing), "{of} {from} {to}: {statement:#}");
    }
    // The contracts' accounts and the credit that is nobody's contract's make the tenant's.
    let whole = account(&nara, &tenant, "2026-01-01", "2026-11-30").await;
    let parts = [
        account(&nara, &one, "2026-01-01", "2026-11-30").await,
        account(&nara, &two, "2026-01-01", "2026-11-30").await,
    ];
    let credit = amount(&parts[0]["unusedCredit"]);
    assert_eq!(
        amount(&whole["closing"]),
        parts.iter().map(|part| amount(&part["closing"])).sum::<i64>() - credit,
        "{parts:#?}"
    );
    let kinds: Vec<&str> =
        whole["lines"].as_array().expect("lines").iter().map(|line| line["what"].as_str().expect("a word")).collect();
    assert_eq!(kinds, ["invoice", "invoice", "payment", "reversal", "payment", "invoice", "invoice"]);
    // A bill that is taken back was never owed.
    let open = nara.get(&format!("/v2/invoices/{void}")).await.is(200);
    assert_eq!(amount(&open.json()["paidAmount"]), 5000, "credit was put on it");
    town.books_tie().await;

    let sheet = Sheet::of(&nara.get(&format!("/v2/{tenant}/statement/export?from=2026-11-01&to=2026-11-30")).await);
    assert_eq!(sheet.lines().len(), 4);
    let at = |heading: &str| sheet.totals()[sheet.at(heading)].to_string();
    assert_eq!((at("Нэхэмжилсэн, ₮"), at("Төлсөн, ₮")), ("270".into(), "270".into()));
    let head = sheet.head();
    assert!(head.contains(&"Эхний үлдэгдэл: 20 ₮".to_owned()), "{head:?}");
    assert!(sheet.rows.iter().any(|row| row[0] == "Эцсийн үлдэгдэл: 20 ₮"), "{:?}", sheet.rows);
}

#[tokio::test]
async fn an_account_is_read_by_those_who_read_bills_and_payments_and_by_the_tenant_alone_of_its_own() {
    let town = Town::new().await;
    let (dulmaa, nara, bat, saraa) =
        (town.director().await, town.accountant().await, town.employee().await, town.neighbour().await);
    let own = town.lets_to(town.altan, "301", "88112233").await;
    let other = town.lease(town.altan, Lease::plain("CT-2026-0700", "Өөр ХХК")).await;
    let gana = town.linked_tenant(&dulmaa, "Ц. Ганаа", "88112233").await;
    bill(&nara, own.contract, 90).await;
    bill(&nara, other.contract, 80).await;

    for path in [format!("/v2/contracts/{}/statement", own.contract), format!("/v2/tenants/{}/statement", own.tenant)] {
        for who in [&dulmaa, &nara, &gana] {
            who.get(&path)
                .await
                .is(200)
                .shows("/closing", "9000")
                .shows("/from", "2026-01-01")
                .shows("/to", "2026-10-10");
        }
        bat.get(&path).await.refuses(403, "FORBIDDEN");
        saraa.get(&path).await.refuses(404, "NOT_FOUND");
        town.nobody().get(&path).await.refuses(401, "UNAUTHORIZED");
        nara.get(&format!("{path}?from=2026-11-02&to=2026-11-01")).await.refuses(400, "VALIDATION_ERROR");
        nara.get(&format!("{path}?from=2000-01-01&to=2026-11-01")).await.refuses(400, "VALIDATION_ERROR");
        gana.get(&format!("{path}/export")).await.is(200);
        saraa.get(&format!("{path}/export")).await.refuses(404, "NOT_FOUND");
    }
    gana.get(&format!("/v2/contracts/{}/statement", other.contract)).await.refuses(404, "NOT_FOUND");
    gana.get(&format!("/v2/tenants/{}/statement", other.tenant)).await.refuses(404, "NOT_FOUND");
}
