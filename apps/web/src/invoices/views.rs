//! Views of the list: which columns it shows, and filters with their columns that are kept under a name.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{ListViewId, list_view::InvoiceColumn};
use maud::{Markup, html};
use wire::{
    invoices::InvoiceFilter,
    list_views::{InvoiceListView, NewInvoiceListView},
};

use super::asked;
use crate::{
    api::Api,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        button::Button,
        flash::Flash,
        form::{self, Form},
        icon::Icon,
        tabs::Tab,
    },
};

/// The columns that the address asks for; all of them when it says nothing.
pub(super) fn columns(reader: &Reader) -> Vec<InvoiceColumn> {
    let asked = reader.param("columns").unwrap_or_default();
    InvoiceColumn::chosen(asked.split(',').filter_map(|word| word.parse().ok()))
}

/// The list as a view shows it.
pub(super) fn href(view: &InvoiceListView) -> String {
    let mut params = params_of(&view.filter);
    if !view.columns.is_empty() {
        let columns: Vec<&str> = view.columns.iter().map(|column| column.as_str()).collect();
        params.push(("columns", columns.join(",")));
    }
    params.push(("view", view.id.to_string()));
    let query = serde_urlencoded::to_string(&params).expect("names and texts");
    format!("/invoices?{query}")
}

/// A filter as the address of the list says it: what [`asked`] reads.
fn params_of(filter: &InvoiceFilter) -> Vec<(&'static str, String)> {
    let late = filter.late_from.map(|from| match filter.late_to {
        Some(to) => format!("{from}-{to}"),
        None => format!("{from}-"),
    });
    let params = [
        ("q", filter.q.clone()),
        ("period", filter.period.map(|period| period.to_string())),
        ("status", filter.status.map(|status| status.to_string())),
        ("kind", filter.kind.map(|kind| kind.to_string())),
        ("open", filter.open.map(|open| open.to_string())),
        ("overdue", filter.overdue.map(|overdue| overdue.to_string())),
        ("billed", filter.billed.map(|billed| billed.to_string())),
        ("late", late),
        ("sent", filter.sent.map(|sent| sent.to_string())),
        ("min", filter.min_total.map(|least| least.to_string())),
        ("max", filter.max_total.map(|most| most.to_string())),
        ("contractId", filter.contract_id.map(|id| id.to_string())),
        ("tenantId", filter.tenant_id.map(|id| id.to_string())),
        ("propertyId", filter.property_id.map(|id| id.to_string())),
    ];
    params.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// The kept views as tabs; another's has its maker's name.
pub(super) fn tabs(reader: &Reader, views: &[InvoiceListView]) -> Vec<Tab> {
    let current = reader.param("view");
    let tab = |view: &InvoiceListView| Tab {
        label: match &view.made_by {
            Some(by) if !view.mine => format!("{} · {by}", view.name),
            _ => view.name.clone(),
        },
        href: href(view),
        count: None,
        is_current: current.as_deref() == Some(&view.id.to_string()),
    };
    views.iter().map(tab).collect()
}

/// Where columns are chosen, and what is on the screen is kept under a name.
pub(super) fn chooser(reader: &Reader, views: &[InvoiceListView], kept: &[&str]) -> Markup {
    let columns = columns(reader);
    let current = reader.param("view");
    let mine = views.iter().find(|view| view.mine && current.as_deref() == Some(&view.id.to_string()));
    let here = asked(reader).ok().map(|filter| InvoiceFilter { ids: None, cursor: None, ..filter });
    let form = Form::default();
    html! {
        details class="box fold" {
            summary class="fold-title" { (reader.say("desk-view")) }
            form method="get" action="/invoices/columns" {
                @for name in kept {
                    @if let Some(value) = reader.param(name) { input type="hidden" name=(name) value=(value); }
                }
                fieldset {
                    legend class="box-title" { (reader.say("desk-view-columns")) }
                    div class="fields" {
                        @for column in InvoiceColumn::ALL.iter().filter(|column| **column != InvoiceColumn::Code) {
                            label class="tick" {
                                input class="input" type="checkbox" name="column" value=(column.as_str()) checked[columns.contains(column)];
                                " " (label(reader, *column))
                            }
                        }
                    }
                }
                div class="form-foot" { (Button::submit(reader.say("desk-view-show")).outline().small()) }
            }
            @if let Some(filter) = &here {
                (form::post("/invoices/views", html! {
                    input type="hidden" name="filter" value=(serde_json::to_string(filter).expect("a filter is plain data"));
                    input type="hidden" name="columns" value=(reader.param("columns").unwrap_or_default());
                    @if let Some(view) = mine { input type="hidden" name="id" value=(view.id); }
                    @let name = mine.map(|view| view.name.clone()).unwrap_or_default();
                    (form.field("name", reader.say("desk-view-name")).value(&name).required().max_chars(60))
                    p {
                        label class="tick" {
                            input class="input" type="checkbox" name="shared" value="yes" checked[mine.is_some_and(|view| view.shared)];
                            " " (reader.say("desk-view-share"))
                        }
                    }
                    div class="form-foot" {
                        (Button::submit(reader.say(if mine.is_some() { "desk-view-change" } else { "desk-view-keep" })).small().icon(Icon::Check))
                    }
                }))
                @if let Some(view) = mine {
                    (form::post(&format!("/invoices/views/{}/removal", view.id), html! {
                        (Button::submit(reader.say("desk-view-remove")).ghost().small())
                    }))
                }
            }
        }
    }
}

/// A column's heading.
pub(super) fn label(reader: &Reader, column: InvoiceColumn) -> String {
    use InvoiceColumn::*;
    let key = match column {
        Code => "invoice-no",
        IssuedOn => "issued-on",
        DueOn => "due-on",
        Tenant => "tenant",
        Contract => "contract",
        Units => "space",
        Building => "building",
        Period => "month",
        Total => "amount",
        Vat => "vat",
        Paid => "paid",
        Balance => "balance",
        DaysLate => "days-late",
        Penalty => "desk-penalty",
        Status => "status",
        Sending => "desk-sending",
        Receipt => "receipt",
        Reminded => "desk-reminded",
    };
    reader.say(key).into_owned()
}

/// The ticked columns as one word of the list's address.
pub(super) async fn choose(reader: Reader) -> Redirect {
    let columns = reader.each("column").join(",");
    let link = reader.link(&[("column", ""), ("columns", &columns), ("cursor", "")]);
    Redirect::to(&link.replacen(reader.path(), "/invoices", 1))
}

/// Keeps what is on the screen; under the same view's name it is changed.
pub(super) async fn keep(
    api: Api,
    reader: Reader,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let form = Form::typed(pairs);
    let Some(filter) = serde_json::from_str(form.value("filter")).ok() else {
        return Err(Problem::of(StatusCode::BAD_REQUEST));
    };
    let columns = form.value("columns").split(',').filter_map(|word| word.parse().ok()).collect();
    let shared = !form.value("shared").is_empty();
    let new = NewInvoiceListView { name: form.value("name").trim().to_owned(), filter, columns, shared };
    let kept = match read::word::<ListViewId>(form.value("id")) {
        Some(id) => api.change_invoice_view(id, &new).await,
        None => api.make_invoice_view(&new).await,
    };
    Ok(match kept {
        Ok(view) => Flash::good(reader.say_with("desk-view-kept", &[("name", (&*view.name).into())])).on(&href(&view)),
        Err(refusal) if refusal.is(StatusCode::CONFLICT) || refusal.is(StatusCode::BAD_REQUEST) => {
            Flash::bad(Problem::from(refusal).message(&reader)).on("/invoices")
        }
        Err(refusal) => return Err(refusal.into()),
    })
}

pub(super) async fn remove(api: Api, reader: Reader, Path(id): Path<ListViewId>) -> Result<Response, Problem> {
    api.remove_invoice_view(id).await?;
    Ok(Flash::good(reader.say("desk-view-removed")).on("/invoices").into_response())
}

#[cfg(test)]
mod tests {
    use domain::{Money, Month};

    use super::*;

    #[test]
    fn a_view_s_address_is_read_as_its_filter() {
        let filter = InvoiceFilter {
            period: Month::new(2026, 10).ok(),
            late_from: Some(91),
            late_to: None,
            sent: Some(false),
            min_total: Some(Money::from_mungo(123_450_050)),
            q: Some("Оюут & Ко".into()),
            ..InvoiceFilter::default()
        };
        let query = serde_urlencoded::to_string(params_of(&filter)).expect("texts");
        let reader = Reader { address: format!("/invoices?{query}"), ..Reader::default() };
        let read = asked(&reader).unwrap_or_else(|_| panic!("it is read"));
        assert_eq!(serde_json::json!(read), serde_json::json!(filter));
    }
}
