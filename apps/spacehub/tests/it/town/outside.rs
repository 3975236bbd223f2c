//! The world outside the town: the sandbox's providers over real HTTP, and a town that they can call back.

use std::time::Duration;

use axum::Router;
use base::{Actor, Clock, clock};
use billing::{Providers, qpay_accounts};
use domain::OwnerId;
use jiff::{SignedDuration, Timestamp};
use providers::{
    Secret,
    ebarimt::simulator::Party,
    mail::{self, simulator::Received},
    qpay::simulator::Invoice,
    qr_payments::QrMerchant,
    sandbox::{Mood, Part, Provider, Sandbox, Settings, moods::Setting},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use uuid::Uuid;

use super::{Limited, Person, Reply, Town};

/// Everything the town's providers are, to be looked at and put into moods.
pub struct Outside {
    pub sandbox: Sandbox,
}

/// Who rents, put straight into the tables.
pub struct Tenant<'a> {
    /// `person` or `company`.
    pub kind: &'a str,
    pub name: &'a str,
    pub register_no: Option<&'a str>,
    pub phone: Option<&'a str>,
}

impl Default for Tenant<'_> {
    fn default() -> Self {
        Tenant { kind: "person", name: "Бат-Эрдэнэ", register_no: None, phone: Some("99110001") }
    }
}

impl Town {
    /// Today at ten in the morning in Ulaanbaatar, with providers that answer: they live by the real clock.
    pub async fn with_outside() -> (Town, Outside) {
        let today = clock::business_day(Timestamp::now()).at(10, 0, 0, 0);
        let ten = clock::ulaanbaatar().to_timestamp(today).expect("a fixed offset has every moment");
        Town::among_providers(Clock::held(ten), |_| Router::new()).await
    }

    /// With providers that answer, all of it on one port; `beside` is what else is served there.
    pub async fn among_providers(clock: Clock, beside: impl FnOnce(&Town) -> Router) -> (Town, Outside) {
        Town::among_providers_under(Limited::Roomy, clock, beside).await
    }

    /// The same under these limits.
    pub async fn among_providers_under(
        limited: Limited,
        clock: Clock,
        beside: impl FnOnce(&Town) -> Router,
    ) -> (Town, Outside) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let parties = vec![
            Party::merchant("51123450001", "5112345", "Алтан Тауэр ХХК"),
            Party::merchant("62234560001", "6223456", "Мөнгөн Плаза ХХК"),
            Party::company("20754230001", "2075423", "Номин Трейд ХХК"),
        ];
        let mut settings = Settings::demo(&url, parties);
        settings.qpay.callback_retries = vec![Duration::from_millis(20)];
        let sandbox = Sandbox::new(settings);
        let post_office = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let smtp_url = format!("smtp://{}", post_office.local_addr().expect("it is bound"));
        tokio::spawn(sandbox.mail.clone().serve(post_office));
        let mail = mail::Settings { url: Secret::new(smtp_url), ..mail::Settings::default() };
        let providers = Providers::sandbox(&url).and_then(|all| all.mailing(&mail)).expect("an address");
        let town = Town::under(limited, &url, clock, providers).await;
        let router = sandbox.router().merge(town.router.clone()).merge(beside(&town));
        tokio::spawn(async move { axum::serve(listener, router).await });
        for (owner, name) in [(town.altan, "ALTAN_TOWER"), (town.mungun, "MUNGUN_PLAZA")] {
            let account = QrMerchant {
                username: name.into(),
                password: Secret::new("123456"),
                invoice_code: format!("{name}_INVOICE"),
            };
            let owner = Actor::system(&town.app, owner);
            owner.transact(async |tx| qpay_accounts::set(tx, &account).await).await.expect("is kept");
        }
        (town, Outside { sandbox })
    }

    /// The town's clock goes on.
    pub fn passes(&self, time: SignedDuration) {
        self.clock.move_to(self.clock.now() + time);
    }

    /// A contract in force over one room, its tenant and its building; the contract's id.
    pub async fn lets(&self, owner: OwnerId, unit: &str, tenant: Tenant<'_>) -> Uuid {
        let [property, room, who, contract] = [(); 4].map(|()| Uuid::now_v7());
        let text = |value: Option<&str>| value.map_or("null".to_owned(), |value| format!("'{value}'"));
        let (kind, name) = (tenant.kind, tenant.name);
        let (register_no, phone) = (text(tenant.register_no), text(tenant.phone));
        for sql in [
            format!("insert into properties (id, owner_id, name) values ('{property}', '{owner}', 'Барилга {unit}')"),
            format!(
                "insert into rooms (id, owner_id, property_id, unit_no, unit_key, kind, area_m2)
                 values ('{room}', '{owner}', '{property}', '{unit}', '{unit}', 'office', 50)"
            ),
            format!(
                "insert into tenants (id, owner_id, kind, name, register_no, phone)
                 values ('{who}', '{owner}', '{kind}', '{name}', {register_no}, {phone})"
            ),
            format!(
                "insert into contracts (id, owner_id, code, property_id, tenant_id, tenant_name_snapshot, units, starts_on, status)
                 values ('{contract}', '{owner}', 'CT-{unit}', '{property}', '{who}', '{name}', '{unit}', '2026-01-01', 'active')"
            ),
            format!(
                "insert into contract_rooms (id, owner_id, contract_id, room_id, during)
                 values (gen_random_uuid(), '{owner}', '{contract}', '{room}', daterange('2026-01-01', null))"
            ),
        ] {
            self.sql(&sql).await;
        }
        contract
    }

    /// Every promise was kept: nothing waits and nothing was laid aside.
    pub async fn keeps_its_word(&self) {
        let left = self.sql("select kind, status, last_error from outbox where status <> 'done'").await;
        let left: Vec<(String, String, Option<String>)> = left.iter().map(|r| (r.get(0), r.get(1), r.get(2))).collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

impl Outside {
    /// The provider's mood for the next call that feels it.
    pub fn feels_once(&self, provider: Provider, mood: Mood) {
        self.sandbox.moods().set(provider, Setting::next(mood, 1));
    }

    /// Waits until QPay has called back so often for its newest invoice and was answered.
    pub async fn has_called_back(&self, times: usize) -> Invoice {
        for _ in 0..500 {
            let invoice = self.sandbox.qpay.invoices().into_iter().next().expect("QPay has an invoice");
            if invoice.callbacks.iter().filter(|callback| callback.heard).count() >= times {
                return invoice;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("QPay did not get through: {:?}", self.sandbox.qpay.invoices());
    }

    /// The newest letter to an address.
    #[track_caller]
    pub fn letter_to(&self, address: &str) -> Received {
        let letters = self.sandbox.mail.letters_to(address);
        letters.into_iter().next().unwrap_or_else(|| panic!("nobody wrote to {address}"))
    }

    /// The link in the newest letter to an address, from the server's root.
    #[track_caller]
    pub fn link_to(&self, address: &str) -> String {
        let letter = self.letter_to(address);
        let link = letter.links().first().map(|link| (*link).to_owned()).expect("a letter with a link");
        let path = link.splitn(4, '/').nth(3).expect("a link has a path");
        format!("/{path}")
    }

    /// How often each reference had its effect at a provider.
    pub fn effects(&self, provider: Provider) -> Vec<u32> {
        let ledger = match provider {
            Provider::Qpay => self.sandbox.qpay.ledger(),
            Provider::Sms => self.sandbox.sms.ledger(),
            Provider::Mail => self.sandbox.mail.ledger(),
            Provider::Banks => Part::ledger(&self.sandbox.banks),
            Provider::Ebarimt => self.sandbox.ebarimt.effects().into_iter().collect(),
        };
        ledger.all().into_values().collect()
    }
}

impl Person<'_> {
    /// Issues a one-off bill over so many tögrög, VAT inside; the path of its link, below `/v2/links/`.
    pub async fn bills(&self, contract: Uuid, tugrug: i64) -> Bill {
        let items = json!([{ "description": "Засварын ажил", "unitPrice": (tugrug * 100).to_string() }]);
        self.bills_for(contract, items).await
    }

    pub async fn bills_for(&self, contract: Uuid, items: Value) -> Bill {
        let body = json!({ "contractId": contract, "kind": "sale", "items": items, "issue": true });
        let invoice = self.post("/v2/invoices", body).await.is(201);
        let url = invoice.json()["linkUrl"].as_str().expect("an issued bill has a link").to_owned();
        let token = url.rsplit('/').next().expect("a last part").to_owned();
        Bill { id: invoice.id(), url, link: format!("/v2/links/{token}"), token }
    }

    /// Takes cash for a bill.
    pub async fn takes_cash(&self, town: &Town, bill: &Bill, tugrug: i64) -> Reply {
        let tenant = town.sql(&format!("select tenant_id::text from invoices where id = '{}'", bill.id)).await;
        let tenant: String = tenant[0].get(0);
        let amount = (tugrug * 100).to_string();
        let body = json!({ "tenantId": tenant, "method": "cash", "amount": amount,
                           "allocations": [{ "invoiceId": bill.id, "amount": amount }] });
        self.post("/v2/payments", body).await.is(201)
    }

    /// Clicks on "pay" on a bill's page.
    pub async fn asks_for_qr(&self, bill: &Bill) -> Reply {
        self.post(&format!("{}/payment-intents", bill.link), json!({ "provider": "qpay" })).await
    }
}

/// An issued bill.
pub struct Bill {
    pub id: String,
    /// As it stands in the SMS.
    pub url: String,
    /// The link's door in the API.
    pub link: String,
    pub token: String,
}
