//! What the month's run would bill, contract by contract with its reasons, and the button that does it.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{Month, month_run::MonthRunStatus};
use jiff::civil::Date;
use wire::months::{MonthPreview, PreviewKind, PreviewOrder, RunOrder, RunResult};

use super::asked;
use crate::{
    api::Api,
    exports, fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{flash::Flash, form::Form},
};

/// How many lines a page shows.
const PAGE: u32 = 100;

/// A month before its run, between two runs, or after them.
#[derive(Debug, Clone)]
pub struct MonthPage {
    pub preview: MonthPreview,
    /// The run's form: `accept`, `quiet`, and the key under which it is done once.
    pub form: Form,
}

pub async fn show(api: Api, reader: Reader, Path(month): Path<String>) -> Result<Response, Problem> {
    let month = asked(&month)?;
    let order = order(&reader, reader.asked("issueOn", read::date)?);
    let (reader, preview) = api.page(reader, api.month_preview(month, &order)).await?;
    Ok(MonthPage { preview, form: Form::default() }.render(&reader).into_response())
}

pub async fn export(api: Api, reader: Reader, Path(month): Path<String>) -> Result<Response, Problem> {
    let month = asked(&month)?;
    let order = PreviewOrder { limit: None, cursor: None, ..order(&reader, reader.asked("issueOn", read::date)?) };
    exports::send(&api, &format!("/v2/months/{month}/preview/export"), &order).await
}

pub async fn run(
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
            Ok(result) => return Ok(told(&reader, &result).on(&format!("/months/{month}/runs/{}", result.id))),
            Err(refusal) => {
                let status = form.refused(refusal, |path| (path == "issueOn").then_some(path.to_owned().into()))?;
                return again(&api, reader, month, issue_on, form, status).await;
            }
        }
    }
    again(&api, reader, month, None, form, StatusCode::BAD_REQUEST).await
}

/// The lines that the address asks for: of one kind, or all that differ from last month.
fn order(reader: &Reader, issue_on: Option<Date>) -> PreviewOrder {
    let what = reader.param("what");
    PreviewOrder {
        issue_on,
        what: PreviewKind::ALL.into_iter().find(|kind| what.as_deref() == Some(kind.as_str())),
        differing: (what.as_deref() == Some("differing")).then_some(true),
        limit: Some(PAGE),
        cursor: reader.param("cursor"),
    }
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
    let order = order(&reader, issue_on);
    let (reader, preview) = api.page(reader, api.month_preview(month, &order)).await?;
    Ok((status, MonthPage { preview, form }.render(&reader)).into_response())
}

/// What the run did, and the way to the bills it made; of a long one, that it has begun.
fn told(reader: &Reader, result: &RunResult) -> Flash {
    if matches!(result.status, MonthRunStatus::Ordered | MonthRunStatus::Running) {
        return Flash::info(reader.say_with("run-ordered", &[("count", result.to_bill.into())]));
    }
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
