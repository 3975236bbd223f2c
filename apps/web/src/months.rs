//! «Сар»: what the month's run would bill, contract by contract with its reasons, and the button that does it.

mod draw;
pub(crate) mod sample;

use axum::{
    Router,
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::Month;
use jiff::civil::Date;
use wire::months::{MonthPreview, PreviewKind, PreviewLine, PreviewOrder, RunOrder, RunResult};

use crate::{
    Site,
    api::Api,
    fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{flash::Flash, form::Form},
};

pub fn routes() -> Router<Site> {
    Router::new().route("/months", get(current)).route("/months/{month}", get(show).post(run))
}

/// A month before its run, between two runs, or after them.
#[derive(Debug, Clone)]
pub struct MonthPage {
    pub preview: MonthPreview,
    /// The run's form: `accept`, `quiet`, and the key under which it is done once.
    pub form: Form,
}

impl MonthPage {
    /// What the run would bill: neither billed already, nor ended, nor laid aside.
    pub fn to_bill(&self) -> impl Iterator<Item = &PreviewLine> {
        let billable = |what| matches!(what, PreviewKind::New | PreviewKind::Changed | PreviewKind::Same);
        self.preview.lines.iter().filter(move |line| line.invoice_id.is_none() && billable(line.what))
    }
}

/// Leads to the month it is at the API's clock.
async fn current(api: Api) -> Result<Redirect, Problem> {
    let month = api.today().await?.month;
    Ok(Redirect::to(&format!("/months/{month}")))
}

async fn show(api: Api, reader: Reader, Path(month): Path<String>) -> Result<Response, Problem> {
    let month = asked(&month)?;
    let order = PreviewOrder { issue_on: reader.asked("issueOn", read::date)? };
    let (reader, preview) = api.page(reader, api.month_preview(month, &order)).await?;
    Ok(MonthPage { preview, form: Form::default() }.render(&reader).into_response())
}

async fn run(
    api: Api,
    reader: Reader,
    Path(month): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let month = asked(&month)?;
    let mut form = Form::typed(pairs);
    let issue_on = form.read(&reader, "issueOn", "field-bad-date", read::date);
    let order = RunOrder {
        issue_on,
        accept_difference: form.value("accept") == "yes",
        send: Some(form.value("quiet") != "yes"),
    };
    if form.is_clean() {
        match api.run_month(month, &order, &form.key()).await {
            Ok(result) => return Ok(told(&reader, &result).on(&format!("/months/{month}"))),
            Err(refusal) => {
                let status = form.refused(refusal, |path| (path == "issueOn").then_some(path.to_owned().into()))?;
                return again(&api, reader, month, issue_on, form, status).await;
            }
        }
    }
    again(&api, reader, month, None, form, StatusCode::BAD_REQUEST).await
}

/// The page come back with what is wrong; what was ticked stays so.
async fn again(
    api: &Api,
    reader: Reader,
    month: Month,
    issue_on: Option<Date>,
    form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let order = PreviewOrder { issue_on };
    let (reader, preview) = api.page(reader, api.month_preview(month, &order)).await?;
    Ok((status, MonthPage { preview, form }.render(&reader)).into_response())
}

/// What the run did, and the way to the bills it made.
fn told(reader: &Reader, result: &RunResult) -> Flash {
    if result.created == 0 {
        let (existing, parked) = (result.existing.into(), result.parked.into());
        return Flash::info(reader.say_with("month-nothing-new", &[("existing", existing), ("parked", parked)]));
    }
    let text = reader.say_with(
        "month-made",
        &[
            ("count", result.created.into()),
            ("first", result.first_code.clone().unwrap_or_default().into()),
            ("last", result.last_code.clone().unwrap_or_default().into()),
            ("total", fmt::money_text(result.total).into()),
        ],
    );
    let bills = format!("/invoices?period={}&billed=true", result.month);
    Flash::good(text).link(reader.say("month-see-bills"), bills)
}

fn asked(month: &str) -> Result<Month, Problem> {
    read::month(month).ok_or_else(|| Problem::not_found("thing-page"))
}

#[cfg(test)]
mod tests;
