//! The web app: pages over the API's typed client, whole without JavaScript.
//!
//! A page is a struct of what it shows (see [`page::Page`]); `ui` is the kit it is drawn with, `reader` knows who reads
//! it, `problem` is what is shown instead when it can't be shown. One module a slice, each with its `routes()`.

pub mod account;
pub mod api;
pub mod assets;
pub mod audit;
pub mod banks;
pub mod bill;
mod browser;
pub mod buildings;
pub mod bulk;
mod clock;
pub mod contracts;
mod cookies;
pub mod deposits;
pub mod documents;
pub mod exports;
pub mod files;
pub mod fmt;
pub mod forgotten;
pub mod gallery;
mod gate;
pub mod home;
pub mod imports;
pub mod invited;
pub mod invoices;
mod matching;
mod meters;
pub mod months;
pub mod outbox;
pub mod page;
mod papers;
pub mod payments;
mod preferences;
pub mod prices;
pub mod problem;
pub mod read;
pub mod reader;
pub mod receivables;
pub mod rooms;
pub mod samples;
pub mod search;
pub mod settings;
pub mod sign_in;
pub mod sign_up;
pub mod spaces;
pub mod staff;
pub mod statements;
mod staying;
pub mod tariffs;
pub mod tenant_bill;
pub mod tenant_links;
pub mod tenants;
pub mod tie_out;
pub mod today;
pub mod ui;
pub mod vacancies;

use std::sync::Arc;

use axum::{Router, middleware};
use client::{Client, Transport};

/// What all pages share.
#[derive(Clone)]
pub struct Site {
    /// The API, asked for nobody yet; [`api::Api`] puts the reader's credentials on it.
    pub client: Client,
    /// How people reach the site from outside, no slash at the end: `https://app.example.mn`.
    pub public_url: Arc<str>,
    /// Origins besides the site's own address that may post to it, such as `https://app.example.mn` behind a proxy
    /// that rewrites `Host`.
    pub origins: Arc<[String]>,
    /// Sign-ins that the sign-in page offers; none but on a demonstration.
    pub demo: Arc<[DemoSignIn]>,
}

/// Somebody to look around as, on an installation that holds only invented people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoSignIn {
    /// Whom one would be, in the owner's own words: `Алтан Тауэр, нягтлан бодогч`.
    pub who: String,
    pub email: String,
    pub password: String,
}

impl Site {
    /// The site over that API, reached by people at `public_url`.
    pub fn new(transport: Transport, public_url: &str) -> Site {
        Site {
            client: Client::new(transport),
            public_url: public_url.into(),
            origins: [public_url.to_owned()].into(),
            demo: [].into(),
        }
    }
}

/// Every page of the web app, with its files, under the rules of the browser.
pub fn router(site: Site) -> Router {
    let slices = [
        sign_in::routes(),
        sign_up::routes(),
        forgotten::routes(),
        invited::routes(),
        account::routes(),
        home::routes(),
        today::routes(),
        months::routes(),
        meters::routes(),
        tariffs::routes(),
        banks::routes(),
        tie_out::routes(),
        invoices::routes(),
        bulk::routes(),
        payments::routes(),
        matching::routes(),
        deposits::routes(),
        receivables::routes(),
        outbox::routes(),
        tenant_bill::routes(),
        contracts::routes(),
        documents::routes(),
        imports::routes(),
        buildings::routes(),
        rooms::routes(),
        prices::routes(),
        vacancies::routes(),
        files::routes(),
        tenants::routes(),
        statements::routes(),
        tenant_links::routes(),
        search::routes(),
        settings::routes(),
        staff::routes(),
        audit::routes(),
    ];
    router_with(site, slices.into_iter().fold(Router::new(), Router::merge))
}

/// The same with more pages under the same rules; `pages` is the slices' routes.
pub fn router_with(site: Site, pages: Router<Site>) -> Router {
    pages
        .merge(preferences::routes())
        .merge(assets::routes())
        .fallback(problem::no_such_page)
        .layer(middleware::from_fn_with_state(site.clone(), staying::stay))
        .layer(middleware::from_fn_with_state(site.clone(), browser::guard))
        .layer(middleware::from_fn(problem::dress))
        .layer(middleware::map_response(browser::headers))
        .with_state(site)
}
