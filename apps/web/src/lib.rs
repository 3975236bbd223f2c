//! The web app: pages over the API's typed client, whole without JavaScript.
//!
//! A page is a struct of what it shows (see [`page::Page`]); `ui` is the kit it is drawn with, `reader` knows who reads
//! it, `problem` is what is shown instead when it can't be shown. One module a slice, each with its `routes()`.

pub mod assets;
pub mod bill;
mod browser;
mod cookies;
pub mod fmt;
pub mod gallery;
pub mod page;
mod preferences;
pub mod problem;
pub mod read;
pub mod reader;
pub mod samples;
pub mod sign_in;
pub mod ui;

use std::sync::Arc;

use axum::{Router, middleware};

/// What all pages share.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Origins besides the site's own address that may post to it, such as `https://app.example.mn` behind a proxy
    /// that rewrites `Host`.
    pub origins: Arc<[String]>,
}

/// Every page of the web app, with its files, under the rules of the browser.
pub fn router(site: Site) -> Router {
    router_with(site, Router::new())
}

/// The same with more pages under the same rules; `pages` is the slices' routes.
pub fn router_with(site: Site, pages: Router<Site>) -> Router {
    pages
        .merge(preferences::routes())
        .merge(assets::routes())
        .fallback(problem::no_such_page)
        .layer(middleware::from_fn(problem::dress))
        .layer(middleware::from_fn_with_state(site.clone(), browser::guard))
        .layer(middleware::map_response(browser::headers))
        .with_state(site)
}
