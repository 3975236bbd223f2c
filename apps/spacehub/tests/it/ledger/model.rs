//! Money by random hands, held against a model in integers: eight clients at once on few bills, and a month of a thousand
//! steps.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use jiff::{SignedDuration, ToSpan};
use serde_json::{Value, json};

use super::{
    Let,
    books::{Replayed, balances},
    lets, ties,
};
use crate::town::{Person, Town, nothing};

/// How many clients work at once.
const CLIENTS: usize = 8;

/// Chances as they fall, the same every time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(end).expect("small")).expect("small")
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        if of.is_empty() { None } else { of.get(self.below(of.len())) }
    }
}

/// What a client asks for.
#[derive(Debug, Clone)]
enum Step {
    Bill { of: usize, draft: bool, amount: i64 },
    Issue { invoice: String },
    Void { invoice: String },
    Pay { of: usize, amount: i64, chosen: Option<(String, i64)> },
    Allocate { payment: String, chosen: Option<(String, i64)> },
    Release { payment: String, invoice: String, amount: i64 },
    Reverse { payment: String },
}

/// What was answered, in mungo, as integers.
#[derive(Debug, Default)]
struct Model {
    /// Total of every bill that is out and not taken back.
    bills: BTreeMap<String, i64>,
    drafts: Vec<String>,
    /// What of every payment that stands was put on which bill.
    payments: BTreeMap<String, (i64, BTreeMap<String, i64>)>,
    done: usize,
    refused: usize,
}

impl Model {
    /// Something that may be done to what there is.
    fn step(&self, dice: &mut Dice) -> Step {
        let (bills, payments): (Vec<_>, Vec<_>) = (self.bills.keys().collect(), self.payments.keys().collect());
        let amount = 1 + i64::try_from(dice.below(60_000)).expect("small") * 7;
        let of = dice.below(2);
        let invoice = dice.pick(&bills).map(|id| (*id).clone());
        let payment = dice.pick(&payments).map(|id| (*id).clone());
        match (dice.below(10), invoice, payment) {
            (0, ..) => Step::Bill { of, draft: true, amount },
            (1, ..) if !self.drafts.is_empty() => {
                Step::Issue { invoice: dice.pick(&self.drafts).expect("there are some").clone() }
            }
            (2, Some(invoice), _) => Step::Void { invoice },
            (3, invoice, _) => Step::Pay { of, amount, chosen: invoice.map(|id| (id, 1 + amount / 2)) },
            (4, ..) => Step::Pay { of, amount, chosen: None },
            (5, Some(invoice), Some(payment)) => Step::Allocate { payment, chosen: Some((invoice, 1 + amount / 3)) },
            (6, _, Some(payment)) => Step::Allocate { payment, chosen: None },
            (7 | 8, _, Some(payment)) => {
                let on = self.payments[&payment].1.iter().next();
                match on {
                    Some((invoice, amount)) => {
                        Step::Release { payment, invoice: invoice.clone(), amount: 1 + amount / 2 }
                    }
                    None => Step::Reverse { payment },
                }
            }
            (9, _, Some(payment)) => Step::Reverse { payment },
            _ => Step::Bill { of, draft: false, amount },
        }
    }
}

async fn ask(by: &Person<'_>, lets: &[Let], step: &Step) -> crate::town::Reply {
    let part = |(invoice, amount): &(String, i64)| json!({ "invoiceId": invoice, "amount": amount.to_string() });
    let why = json!({ "reason": "Туршилт" });
    match step {
        Step::Bill { of, draft, amount } => {
            let items = json!([{ "description": "Засвар", "unitPrice": amount.to_string() }]);
            let bill = json!({ "contractId": lets[*of].contract, "kind": "sale", "issue": !draft, "items": items });
            by.post("/v2/invoices", bill).await
        }
        Step::Issue { invoice } => by.post(&format!("/v2/invoices/{invoice}/issuance"), nothing()).await,
        Step::Void { invoice } => by.post(&format!("/v2/invoices/{invoice}/cancellation"), why).await,
        Step::Pay { of, amount, chosen } => {
            let mut new = json!({ "tenantId": lets[*of].tenant, "method": "cash", "amount": amount.to_string() });
            if let Some(chosen) = chosen {
                new["allocations"] = json!([part(chosen)]);
            }
            by.post("/v2/payments", new).await
        }
        Step::Allocate { payment, chosen } => {
            let on = chosen.as_ref().map_or(json!({}), |chosen| json!({ "allocations": [part(chosen)] }));
            by.post(&format!("/v2/payments/{payment}/allocations"), on).await
        }
        Step::Release { payment, invoice, amount } => {
            let off = json!({ "allocations": [part(&(invoice.clone(), *amount))], "reason": "Туршилт" });
            by.post(&format!("/v2/payments/{payment}/releases"), off).await
        }
        Step::Reverse { payment } => by.post(&format!("/v2/payments/{payment}/reversal"), why).await,
    }
}

/// Everything there is, as the API tells it.
async fn look(by: &Person<'_>) -> Model {
    let mut model = Model::default();
    for row in all(by, "/v2/invoices?kind=sale").await {
        let id = row["id"].as_str().expect("an id").to_owned();
        match row["status"].as_str() {
            Some("draft") => model.drafts.push(id),
            Some("void") => {}
            _ => drop(model.bills.insert(id, mungo(&row["total"]))),
        }
    }
    for row in all(by, "/v2/payments").await {
        if row["status"] == "recorded" && row["reversesId"].is_null() {
            let mut on: BTreeMap<String, i64> = BTreeMap::new();
            for part in row["allocations"].as_array().expect("a list") {
                *on.entry(part["invoiceId"].as_str().expect("an id").to_owned()).or_default() += mungo(&part["amount"]);
            }
            on.retain(|_, amount| *amount != 0);
            model.payments.insert(row["id"].as_str().expect("an id").to_owned(), (mungo(&row["amount"]), on));
        }
    }
    model
}

async fn all(by: &Person<'_>, path: &str) -> Vec<Value> {
    let (mut rows, mut cursor) = (Vec::new(), String::new());
    loop {
        let mark = if path.contains('?') { '&' } else { '?' };
        let page = by.get(&format!("{path}{mark}limit=100{cursor}")).await.is(200).json();
        rows.extend(page["items"].as_array().expect("a list").iter().cloned());
        match page["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return rows,
        }
    }
}

fn mungo(amount: &Value) -> i64 {
    amount.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("an amount: {amount}"))
}

/// A good answer is taken into the model as the one thing that was asked for; nothing else may have changed.
fn apply(model: &mut Model, step: &Step, reply: &Value) {
    let id = || reply["id"].as_str().expect("an id").to_owned();
    match step {
        Step::Bill { draft: true, .. } => model.drafts.push(id()),
        Step::Bill { amount, .. } => drop(model.bills.insert(id(), *amount)),
        Step::Issue { invoice } => {
            model.drafts.retain(|draft| draft != invoice);
            model.bills.insert(invoice.clone(), mungo(&reply["total"]));
        }
        Step::Void { invoice } => drop(model.bills.remove(invoice)),
        Step::Pay { amount, .. } => drop(model.payments.insert(id(), (*amount, BTreeMap::new()))),
        Step::Reverse { payment } => drop(model.payments.remove(payment)),
        Step::Allocate { .. } | Step::Release { .. } => {}
    }
}

/// What must hold whoever did what: V1 to V5 and the sums of the model.
async fn holds(town: &Town, by: &Person<'_>, model: &Model) -> Vec<String> {
    let mut wrong = Vec::new();
    let seen = look(by).await;
    if seen.bills != model.bills {
        wrong.push(format!("bills: {:?} instead of {:?}", seen.bills, model.bills));
    }
    let amounts = |of: &Model| of.payments.iter().map(|(id, (amount, _))| (id.clone(), *amount)).collect::<Vec<_>>();
    if amounts(&seen) != amounts(model) {
        wrong.push(format!("payments: {:?} instead of {:?}", amounts(&seen), amounts(model)));
    }
    for (id, (amount, on)) in &seen.payments {
        let allocated: i64 = on.values().sum();
        if allocated > *amount || on.values().any(|part| *part < 0) {
            wrong.push(format!("V2: payment {id} of {amount} is put on {on:?}"));
        }
    }
    let mut open = 0;
    for row in all(by, "/v2/invoices?kind=sale&billed=true").await {
        let id = row["id"].as_str().expect("an id");
        let paid: i64 = seen.payments.values().filter_map(|(_, on)| on.get(id)).sum();
        let (total, balance) = (mungo(&row["total"]), mungo(&row["balance"]));
        if balance != total - paid || paid < 0 || paid > total || mungo(&row["paidAmount"]) != paid {
            wrong.push(format!("V3: {row} is paid with {paid}"));
        }
        let status = if paid >= total {
            "paid"
        } else if paid > 0 {
            "partially_paid"
        } else {
            "issued"
        };
        let late = row["dueOn"].as_str() < Some(town.clock.today().to_string().as_str()) && paid < total;
        if row["status"] != if late { "overdue" } else { status } && !(late && row["status"] == status) {
            wrong.push(format!("V4: {row} ought to be {status}"));
        }
        open += balance;
    }
    let credit: i64 = seen.payments.values().map(|(amount, on)| amount - on.values().sum::<i64>()).sum();
    let posted = balances(town).await;
    if (posted["receivable"], posted["tenant_credit"]) != (open, -credit) || posted.values().sum::<i64>() != 0 {
        wrong.push(format!("V1, V5: {open} open and {credit} credit, by the ledger {posted:?}"));
    }
    wrong
}

#[tokio::test]
async fn eight_clients_at_once_leave_what_the_model_says() {
    let town = Town::new().await;
    let people = [town.director().await, town.accountant().await];
    let of = [lets(&people[0], "301").await, lets(&people[0], "302").await];
    let mut dice = Dice(15);
    let (mut model, mut steps, mut violations) = (Model::default(), 0, Vec::new());

    for _ in 0..40 {
        let round: Vec<Step> = (0..CLIENTS).map(|_| model.step(&mut dice)).collect();
        let asked = round.iter().enumerate().map(|(n, step)| ask(&people[n % 2], &of, step));
        let replies = join_all(asked).await;
        for (step, reply) in round.iter().zip(&replies) {
            steps += 1;
            match reply.status.as_u16() {
                200 | 201 => {
                    model.done += 1;
                    apply(&mut model, step, &reply.json());
                }
                // Refused by the state of things: taken meanwhile, too much, of the other tenant, gone.
                404 | 409 => model.refused += 1,
                other => violations.push(format!("{step:?}: {other} {}", reply.text())),
            }
        }
        violations.extend(holds(&town, &people[0], &model).await);
        model.payments = look(&people[0]).await.payments;
        assert!(violations.is_empty(), "{}", violations.join("\n"));
    }

    let replayed = Replayed::of(&town).await;
    println!(
        "R15: {steps} steps by {CLIENTS} clients at once, {} done, {} refused, violations {}; R16: {} entries replayed, {} differences",
        model.done,
        model.refused,
        violations.len(),
        replayed.entries,
        replayed.differences.len(),
    );
    assert!(model.done > steps / 3, "only {} of {steps} steps were possible", model.done);
    assert_eq!(replayed.differences, Vec::<String>::new());
    ties(people[0].get("/v2/months/2026-10/tie-out").await);
}

#[tokio::test]
async fn a_month_of_a_thousand_random_steps_ties() {
    let town = Town::new().await;
    let mut dulmaa = town.director().await;
    let of = [lets(&dulmaa, "301").await, lets(&dulmaa, "302").await];
    let mut dice = Dice(16);
    let (mut model, mut done, mut refused) = (Model::default(), 0, 0);

    for step in 0..1_000 {
        if step % 20 == 0 {
            // Three weeks of October, then November.
            town.clock.move_to(town.clock.now() + SignedDuration::from_hours(15));
            if step % 200 == 0 {
                // Nobody stays signed in that long.
                dulmaa = town.director().await;
            }
            model = look(&dulmaa).await;
        }
        let asked = model.step(&mut dice);
        let reply = ask(&dulmaa, &of, &asked).await;
        match reply.status.as_u16() {
            200 | 201 => {
                done += 1;
                apply(&mut model, &asked, &reply.json());
            }
            404 | 409 => refused += 1,
            _ => panic!("{asked:?}: {}", reply.text()),
        }
    }

    let last = domain::Month::of(town.clock.today());
    let mut month = domain::Month::of(town.clock.today().saturating_sub(2.months()));
    let mut months = 0;
    while month <= last {
        ties(dulmaa.get(&format!("/v2/months/{month}/tie-out")).await);
        (month, months) = (month.next(), months + 1);
    }
    dulmaa.post("/v2/months/2026-10/lock", nothing()).await.is(201);
    let replayed = Replayed::of(&town).await;
    assert_eq!(replayed.differences, Vec::<String>::new());
    println!(
        "tie-out after 1000 random steps ({done} done, {refused} refused): all differences zero in {months} months; \
         {} entries replayed, 0 differences",
        replayed.entries
    );
}
