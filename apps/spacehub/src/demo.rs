//! The demo: two owners with their buildings, people and a year of months, made through the same doors as real ones.

mod arrears;
mod behind;
mod buildings;
mod desk;
mod history;
mod life;
mod meters;
mod names;
mod pictures;
mod plan;
mod terms;

use base::{Actor, App, Clock, workers::Workers};
use client::{Client, Transport};
use domain::{OwnerId, rights::Role};
use http::{HeaderMap, header};
use identity::{
    auth::{self, Admission, Entry, NewUser, entry::By},
    owners::{self, NewOwner},
};
use jiff::Timestamp;
use providers::{Secret, qr_payments::QrMerchant};

/// The password of everyone in the demo.
pub const PASSWORD: &str = "spacehub-demo";
/// The tenant whose telephone the demo tells people to look at.
pub const TENANT_PHONE: &str = "99110001";
/// Another tenant's, who has signed in and whom the owner does not know yet.
pub const WAITING_PHONE: &str = "99110002";
/// The taxpayer numbers of the two owners; the sandbox's tax daemon knows them.
pub const TINS: [(&str, &str, &str); 2] =
    [("37900846788", "6123457", "Алтан Тауэр ХХК"), ("61200064714", "6234561", "Мөнгөн Плаза ХХК")];

/// Who can sign in, for the greeting and the sign-in page.
pub const SIGN_INS: [(&str, &str); 5] = [
    ("director@altan.example", "Алтан Тауэр ХХК – захирал"),
    ("accountant@altan.example", "Алтан Тауэр ХХК – нягтлан бодогч"),
    ("employee@altan.example", "Алтан Тауэр ХХК – ажилтан"),
    ("director@mungun.example", "Мөнгөн Плаза ХХК – захирал"),
    ("admin@spacehub.example", "Платформын ажилтан"),
];

/// What went wrong, in words for the one who started it.
pub type Failure = crate::problem::Problem;

/// The account that both owners have at the sandbox's QPay.
fn qpay_of_the_sandbox(name: &str) -> QrMerchant {
    QrMerchant { username: name.into(), password: Secret::new("123456"), invoice_code: format!("{name}_INVOICE") }
}

/// Whether there are owners already; the demo is only made where there are none.
///
/// # Errors
/// When a demo was begun and cut off: half a year of history can't be taken up again.
pub async fn is_needed(app: &App) -> Result<bool, Failure> {
    if behind::was_cut_off(app, TINS.map(|(_, register_no, _)| register_no)).await? {
        return Err(Failure::new(
            "the demo data was cut off while it was being made: remove the data folder and start again, or start with --empty",
        ));
    }
    Ok(behind::count_owners(app).await? == 0)
}

/// Whether this is a demo: its people are invented and their password is known.
pub async fn is_there(app: &App) -> Result<bool, Failure> {
    Ok(behind::count_demo_owners(app).await? > 0)
}

/// Makes the demo as of `now`. `app` and `workshop` are the real ones; the clock they are used with here is our own.
pub async fn fill(
    app: &App,
    workshop: &App,
    now: Timestamp,
    say: &(dyn Fn(&str) + Send + Sync),
) -> Result<(), Failure> {
    let clock = Clock::held(now);
    // A year of a few people's work passes in seconds.
    let (app, workshop) = (app.at_the_time_of(clock.clone()).roomy(), workshop.at_the_time_of(clock.clone()));
    let workers = Workers::new(workshop, &crate::api::slices());
    let (router, _) = crate::api::api(app.clone());
    let world = World { app, workers, clock, client: Client::new(Transport::InProcess(router)), now };
    let [altan, mungun] = world.owners().await?;
    history::altan(&world, altan, say).await?;
    history::mungun(&world, mungun, say).await?;
    behind::tenant_signs_in(&world.app, "Батын Эрдэнэ", TENANT_PHONE, &[altan, mungun], true).await?;
    behind::tenant_signs_in(&world.app, "Доржийн Сүрэн", WAITING_PHONE, &[altan], false).await?;
    pictures::add(&world.signed_in("director@altan.example").await?, altan).await?;
    world.workers.drain().await?;
    behind::declare_invented(&world.app, &[altan, mungun]).await?;
    Ok(())
}

/// What the demo is made with.
struct World {
    app: App,
    workers: Workers,
    clock: Clock,
    client: Client,
    now: Timestamp,
}

impl World {
    async fn owners(&self) -> Result<[OwnerId; 2], Failure> {
        let [altan, mungun] = TINS.map(|(tin, register_no, name)| NewOwner {
            name,
            register_no,
            tin: Some(tin),
            vat_payer: true,
            demo: false,
        });
        let owners = [owners::register(&self.app, altan).await?, owners::register(&self.app, mungun).await?];
        let [altan, mungun] = owners;
        let people = [
            ("Цэрэнгийн Дулмаа", "director@altan.example", Role::OwnerDirector, Some(altan)),
            ("Ганболдын Нарантуяа", "accountant@altan.example", Role::OwnerAccountant, Some(altan)),
            ("Төмөрийн Батзориг", "employee@altan.example", Role::Employee, Some(altan)),
            ("Жамсрангийн Сараа", "director@mungun.example", Role::OwnerDirector, Some(mungun)),
            ("Платформын ажилтан", "admin@spacehub.example", Role::Admin, None),
        ];
        let platform = Actor::platform(&self.app);
        for (name, email, role, owner) in people {
            auth::register(&platform, NewUser { name, email, password: PASSWORD, role, owner }).await?;
        }
        Ok(owners)
    }

    /// The API as that person asks it, at this moment of the clock.
    async fn signed_in(&self, email: &str) -> Result<Client, Failure> {
        let mut headers = HeaderMap::new();
        let how = Entry { by: By::Password, remember: true, headers: &headers };
        let admission = auth::sign_in(&Actor::platform(&self.app), email, PASSWORD, how).await?;
        let opened = admission.and_then(Admission::opened);
        let token = opened.ok_or_else(|| Failure::new("the demo's own people can't sign in"))?.token;
        headers.insert(header::AUTHORIZATION, format!("Bearer {token}").parse()?);
        Ok(self.client.with_headers(headers))
    }
}
