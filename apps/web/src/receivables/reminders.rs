//! Reminders by hand: recipients, texts and cost before anything goes out; then how far each got, and the failed again.

use axum::{
    extract::{Form as Posted, Path},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{ContractId, Money, ReminderId, ReminderOrderId};
use jiff::{Timestamp, civil::date};
use maud::{Markup, html};
use wire::arrears::{
    ReminderOrder, ReminderOrderView, ReminderPassedOver, ReminderPassedOverBecause, ReminderPreview,
    ReminderRecipient, ReminderState, ReminderView,
};

use super::{HERE, may_act};
use crate::{
    api::Api,
    fmt,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        badge::{Badge, Tone},
        button::Button,
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{Column, Opens, Row, Table},
    },
};

/// What would be sent, for somebody to say yes to.
#[derive(Debug, Clone)]
pub struct ConfirmPage {
    pub preview: ReminderPreview,
    pub contracts: Vec<ContractId>,
    pub form: Form,
}

/// What was sent, and how far it got.
#[derive(Debug, Clone)]
pub struct OrderPage {
    pub order: ReminderOrderView,
}

fn wanted(pairs: Vec<(String, String)>) -> (ReminderOrder, Form) {
    let contract_ids: Vec<ContractId> =
        pairs.iter().filter(|(name, _)| name == "contract").filter_map(|(_, id)| read::word(id)).collect();
    let form = Form::typed(pairs);
    let stage = read::word(form.value("stage"));
    (ReminderOrder { contract_ids, stage }, form)
}

pub(super) async fn confirm(
    api: Api,
    reader: Reader,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (order, form) = wanted(pairs);
    if order.contract_ids.is_empty() {
        return Ok(Flash::bad(reader.say("arrears-nobody-chosen")).on(HERE));
    }
    look(api, reader, order, form, StatusCode::OK).await
}

async fn look(
    api: Api,
    reader: Reader,
    order: ReminderOrder,
    form: Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (reader, preview) = api.page(reader, api.preview_reminders(&order)).await?;
    Ok((status, ConfirmPage { preview, contracts: order.contract_ids, form }.render(&reader)).into_response())
}

pub(super) async fn send(
    api: Api,
    reader: Reader,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (order, mut form) = wanted(pairs);
    match api.order_reminders(&order, &form.key()).await {
        Ok(made) => {
            let told = Flash::good(reader.say("arrears-order-made"));
            Ok(told.on(&format!("/receivables/reminders/{}", made.id)))
        }
        Err(refusal) => {
            let status = form.refused(refusal, |_| None)?;
            look(api, reader, order, form, status).await
        }
    }
}

pub(super) async fn show(api: Api, reader: Reader, Path(id): Path<ReminderOrderId>) -> Result<Response, Problem> {
    let (reader, order) = api.page(reader, api.reminder_order(id)).await?;
    Ok(OrderPage { order }.render(&reader).into_response())
}

pub(super) async fn retry(
    api: Api,
    reader: Reader,
    Path(id): Path<ReminderOrderId>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let here = format!("/receivables/reminders/{id}");
    match api.retry_reminders(id, &Form::typed(pairs).key()).await {
        Ok(_) => Ok(Flash::good(reader.say("arrears-order-retried")).on(&here)),
        Err(refusal) if refusal.status == 409 => Ok(Flash::bad(refusal.message).on(&here)),
        Err(refusal) => Err(refusal.into()),
    }
}

fn cost(reader: &Reader, recipients: usize, parts: i64, cost: Money) -> String {
    let facts = [
        ("count", i64::try_from(recipients).unwrap_or(i64::MAX).into()),
        ("parts", parts.into()),
        ("cost", fmt::money_text(cost).into()),
    ];
    reader.say_with("arrears-remind-cost", &facts).into_owned()
}

fn stage(reader: &Reader, stage: i16) -> String {
    reader.say_with("arrears-stage-no", &[("stage", i64::from(stage).into())]).into_owned()
}

impl Page for ConfirmPage {
    fn render(&self, reader: &Reader) -> Markup {
        let (title, list) = (reader.say("arrears-remind"), reader.say("menu-receivables"));
        let preview = &self.preview;
        let mut stages = vec![(String::new(), reader.say("arrears-remind-stage-own").into_owned())];
        stages.extend((1..=3i16).map(|number| (number.to_string(), stage(reader, number))));
        let contracts = html! {
            @for contract in &self.contracts { input type="hidden" name="contract" value=(contract); }
        };
        let main = html! {
            (head(&[(&list, HERE)], &title, html! { (reader.say("arrears-remind-note")) }, html! {}))
            section class="box" {
                (self.form.summary(reader))
                (form::post("/receivables/reminders", html! {
                    (contracts)
                    div class="fields" { (self.form.field("stage", reader.say("arrears-remind-stage")).choices(&stages)) }
                    div class="form-foot" { (Button::submit(reader.say("arrears-remind-show")).outline()) }
                }))
            }
            @if preview.recipients.is_empty() {
                (alert::alert(Kind::Info, &reader.say("arrears-remind-nobody"), html! {}))
            } @else {
                (recipients(reader, &preview.recipients))
                (form::post("/receivables/reminders/sending", html! {
                    (self.form.once())
                    (contracts)
                    input type="hidden" name="stage" value=(self.form.value("stage"));
                    p { strong { (cost(reader, preview.recipients.len(), preview.parts, preview.cost)) } }
                    div class="form-foot" {
                        (Button::link(reader.say("arrears-remind-back"), HERE))
                        (Button::submit(reader.say("arrears-remind-send")).icon(Icon::Message))
                    }
                }))
            }
            @if !preview.passed_over.is_empty() {
                section class="box" {
                    h2 class="box-title" { (reader.say("arrears-remind-passed")) }
                    (passed_over(reader, &preview.passed_over))
                }
            }
        };
        frame::desk(reader, Place::Receivables, &title, main, panel::closed())
    }

    fn sample() -> ConfirmPage {
        let text =
            "Алтан Тауэр: 301 талбайн 1 500 000 ₮ төлбөрийн хугацаа 21 хоног хэтэрсэн байна. https://spacehub.mn/i/…";
        ConfirmPage {
            preview: ReminderPreview {
                recipients: vec![ReminderRecipient {
                    contract_id: ContractId::new(),
                    contract_code: "CT-2026-0042".into(),
                    tenant_name: "Номин Трейд ХХК".into(),
                    phone: "88010000".into(),
                    stage: 1,
                    amount: Money::from_tugrug(1_500_000),
                    days_late: 21,
                    invoice_ids: Vec::new(),
                    text: text.into(),
                    parts: 2,
                }],
                passed_over: vec![ReminderPassedOver {
                    contract_id: ContractId::new(),
                    contract_code: "CT-2026-0007".into(),
                    tenant_name: "Оюут Ухаан ХХК".into(),
                    because: ReminderPassedOverBecause::Promised,
                }],
                parts: 2,
                cost: Money::from_tugrug(110),
            },
            contracts: vec![ContractId::new()],
            form: Form::default().with("key", "sample"),
        }
    }
}

fn recipients(reader: &Reader, recipients: &[ReminderRecipient]) -> Markup {
    let columns = [
        Column::text("tenant", reader.say("tenant")).title(),
        Column::text("contract", reader.say("contract")),
        Column::text("phone", reader.say("arrears-phone")),
        Column::text("stage", reader.say("arrears-stage")).corner(),
        Column::number("late", reader.say("days-late")),
        Column::number("amount", reader.say("amount")),
        Column::text("text", reader.say("arrears-remind-text")),
        Column::number("parts", reader.say("arrears-remind-parts")),
    ];
    let row = |one: &ReminderRecipient| Row {
        opens: Opens::Nothing,
        cells: vec![
            html! { (one.tenant_name) },
            html! { (one.contract_code) },
            html! { span class="num" { (one.phone) } },
            html! { (stage(reader, one.stage)) },
            html! { span class="num" { (one.days_late) } },
            fmt::money(one.amount),
            html! { (one.text) },
            html! { span class="num" { (one.parts) } },
        ],
    };
    let rows: Vec<Row> = recipients.iter().map(row).collect();
    let caption = reader.say("arrears-remind");
    Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader)
}

fn passed_over(reader: &Reader, passed: &[ReminderPassedOver]) -> Markup {
    let columns = [
        Column::text("tenant", reader.say("tenant")).title(),
        Column::text("contract", reader.say("contract")),
        Column::text("because", reader.say("arrears-remind-because")),
    ];
    let row = |one: &ReminderPassedOver| Row {
        opens: Opens::Page(format!("/receivables/lines?contractId={}", one.contract_id)),
        cells: vec![
            html! { (one.tenant_name) },
            html! { (one.contract_code) },
            html! { (reader.term("reminder-because", one.because.as_str())) },
        ],
    };
    let rows: Vec<Row> = passed.iter().map(row).collect();
    let caption = reader.say("arrears-remind-passed");
    Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader)
}

impl Page for OrderPage {
    fn render(&self, reader: &Reader) -> Markup {
        let (title, list) = (reader.say("arrears-order"), reader.say("menu-receivables"));
        let order = &self.order;
        let here = format!("/receivables/reminders/{}", order.id);
        let note = html! {
            (fmt::date(order.on_day)) " · "
            @if order.by_hand { (order.made_by.as_deref().unwrap_or_default()) } @else { (reader.say("arrears-order-by-clock")) }
        };
        let progress = [
            ("sent", order.sent.into()),
            ("waiting", order.waiting.into()),
            ("failed", order.failed.into()),
            ("skipped", order.skipped.into()),
        ];
        let spent = [("parts", order.parts.into()), ("cost", fmt::money_text(order.cost).into())];
        let actions = html! { (Button::link(reader.say("arrears-order-again"), here.as_str())) };
        let retries = order.reminders.iter().any(|one| one.state == ReminderState::Failed) && may_act(reader);
        let main = html! {
            (head(&[(&list, HERE)], &title, note, actions))
            section class="box" {
                p { strong { (reader.say_with("arrears-order-progress", &progress)) } }
                p class="hint" { (reader.say_with("arrears-order-cost", &spent)) }
                @if retries {
                    (form::post(&format!("{here}/retry"), html! {
                        (Form::default().once())
                        div class="form-foot" { (Button::submit(reader.say("arrears-order-retry")).icon(Icon::Message)) }
                    }))
                }
            }
            (self.reminders(reader))
        };
        frame::desk(reader, Place::Receivables, &title, main, panel::closed())
    }

    fn sample() -> OrderPage {
        let reminder = |state, because: Option<&str>| ReminderView {
            id: ReminderId::new(),
            contract_id: ContractId::new(),
            contract_code: "CT-2026-0042".into(),
            tenant_name: "Номин Трейд ХХК".into(),
            phone: Some("88010000".into()),
            stage: 1,
            state,
            because: because.map(str::to_owned),
            amount: Some(Money::from_tugrug(1_500_000)),
            text: Some("Алтан Тауэр: 301 талбайн 1 500 000 ₮ …".into()),
            parts: Some(2),
            sent_on: Some(date(2026, 11, 22)),
        };
        OrderPage {
            order: ReminderOrderView {
                id: ReminderOrderId::new(),
                on_day: date(2026, 11, 22),
                by_hand: true,
                made_by: Some("Г. Нарантуяа".into()),
                waiting: 1,
                sent: 1,
                failed: 1,
                skipped: 1,
                parts: 2,
                cost: Money::from_tugrug(110),
                reminders: vec![
                    reminder(ReminderState::Sent, None),
                    reminder(ReminderState::Waiting, None),
                    reminder(ReminderState::Failed, Some("401: blocked")),
                    reminder(ReminderState::Skipped, Some("promised")),
                ],
                created_at: Timestamp::UNIX_EPOCH,
            },
        }
    }
}

impl OrderPage {
    fn reminders(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("tenant", reader.say("tenant")).title(),
            Column::text("contract", reader.say("contract")),
            Column::text("phone", reader.say("arrears-phone")),
            Column::text("stage", reader.say("arrears-stage")),
            Column::text("state", reader.say("arrears-state")).corner(),
            Column::text("because", reader.say("arrears-remind-because")),
            Column::number("amount", reader.say("amount")),
            Column::text("text", reader.say("arrears-remind-text")).desk_only(),
            Column::number("parts", reader.say("arrears-remind-parts")).desk_only(),
        ];
        let rows: Vec<Row> = self.order.reminders.iter().map(|one| reminder(reader, one)).collect();
        let caption = reader.say("arrears-order");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader)
    }
}

fn reminder(reader: &Reader, one: &ReminderView) -> Row {
    let tone = match one.state {
        ReminderState::Waiting => Tone::Sky,
        ReminderState::Sent => Tone::Good,
        ReminderState::Failed => Tone::Bad,
        ReminderState::Unknown => Tone::Warn,
        ReminderState::Skipped => Tone::Faint,
    };
    let because = match (&one.because, one.state) {
        (Some(because), ReminderState::Skipped) => reader.term("reminder-because", because).into_owned(),
        (Some(because), ReminderState::Failed | ReminderState::Unknown) => because.clone(),
        _ => String::new(),
    };
    Row {
        opens: Opens::Page(format!("/receivables/lines?contractId={}", one.contract_id)),
        cells: vec![
            html! { (one.tenant_name) },
            html! { (one.contract_code) },
            html! { span class="num" { (one.phone.as_deref().unwrap_or_default()) } },
            html! { (stage(reader, one.stage)) },
            html! { (Badge::new(tone, reader.term("reminder-state", one.state.as_str()))) },
            html! { (because) },
            html! { @if let Some(amount) = one.amount { (fmt::money(amount)) } },
            html! { (one.text.as_deref().unwrap_or_default()) },
            html! { @if let Some(parts) = one.parts { span class="num" { (parts) } } },
        ],
    }
}
