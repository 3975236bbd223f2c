//! Serves every sample page, with the real assets and headers, to look at while building the kit:
//! `cargo run -p web --example samples -- 127.0.0.1:8099`, then `/samples/kit-desk` and so on.

use axum::{
    Router,
    extract::Path,
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use client::Transport;
use maud::html;
use web::{
    Site,
    problem::Problem,
    reader::Reader,
    samples,
    ui::{flash::Flash, frame},
};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8099".into());
    let pages = Router::new()
        .route("/samples", get(contents))
        .route("/samples/{name}", get(sample))
        .route("/i/sample", get(async || Redirect::to("/samples/bill-paid")))
        .route("/sign-out", post(async || Redirect::to("/samples/sign-in")))
        .route("/flash", get(flash))
        .route("/broken", get(async || Problem::of(StatusCode::INTERNAL_SERVER_ERROR)));
    let no_api = Transport::InProcess(Router::new());
    let router = web::router_with(Site::new(no_api, &format!("http://{address}")), pages);
    let listener = tokio::net::TcpListener::bind(&address).await?;
    println!("http://{address}/samples");
    axum::serve(listener, router).await
}

async fn contents(reader: Reader) -> Response {
    let list =
        html! { h1 { "Samples" } @for (name, _) in samples::all() { p { a href={ "/samples/" (name) } { (name) } } } };
    frame::plain(&reader, "Samples", list).into_response()
}

async fn sample(reader: Reader, Path(name): Path<String>) -> Result<Response, Problem> {
    let page = samples::all().into_iter().find(|(known, _)| *known == name).ok_or(Problem::not_found("thing-page"))?.1;
    let flash = reader.flash.clone();
    Ok(page.render(&Reader { flash, ..samples::signed_in(reader) }).into_response())
}

async fn flash(reader: Reader) -> Response {
    let told = Flash::good(reader.say("saved"));
    let headers: [(&str, HeaderValue); 1] = [("set-cookie", told.set())];
    (headers, Redirect::to("/samples/kit-list")).into_response()
}
