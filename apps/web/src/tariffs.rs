//! «Тариф»: what a unit costs from a day on, and how common meters are shared out.

use axum::{
    Router,
    extract::Form as Posted,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{Money, PropertyId, TariffId, contract::VatMode, meter::MeterKind, rights::Action, utility::ShareBy};
use futures_util::future::try_join3;
use jiff::civil::date;
use maud::{Markup, html};
use wire::{
    Paging,
    properties::PropertyView,
    tariffs::{CommonRuleView, NewCommonRule, NewTariff, TariffView},
};

use crate::{
    Site,
    api::Api,
    fmt,
    meters::views,
    page::Page,
    problem::Problem,
    read,
    reader::Reader,
    ui::{
        button::Button,
        field::terms_of,
        flash::Flash,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{Column, Opens, Row, Table},
        tabs::tabs,
    },
};

pub const HERE: &str = "/tariffs";

pub fn routes() -> Router<Site> {
    Router::new().route(HERE, get(show).post(add)).route("/tariffs/common", post(share))
}

/// Every version of every price, and the buildings' rules.
#[derive(Debug, Clone)]
pub struct TariffsPage {
    pub tariffs: Vec<TariffView>,
    pub rules: Vec<CommonRuleView>,
    pub properties: Vec<PropertyView>,
    pub form: Form,
}

async fn show(api: Api, reader: Reader) -> Result<Response, Problem> {
    page(&api, reader, Form::default(), StatusCode::OK).await
}

async fn page(api: &Api, reader: Reader, form: Form, status: StatusCode) -> Result<Response, Problem> {
    let buildings = Paging { limit: Some(100), cursor: None };
    let answer = try_join3(api.tariffs(), api.common_rules(), api.properties(&buildings));
    let (reader, (tariffs, rules, properties)) = api.page(reader, answer).await?;
    Ok((status, TariffsPage { tariffs, rules, properties: properties.items, form }.render(&reader)).into_response())
}

async fn add(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    let mut form = Form::typed(pairs);
    let kind = form.must(&reader, "kind", "field-not-a-choice", read::word::<MeterKind>);
    let valid_from = form.must(&reader, "validFrom", "field-bad-date", read::date);
    let valid_to = form.read(&reader, "validTo", "field-bad-date", read::date);
    let unit_price = form.must(&reader, "unitPrice", "field-bad-money", read::money);
    let mut fee = |name: &str| form.read(&reader, name, "field-bad-money", read::money).unwrap_or_default();
    let (base_fee, capacity_rate, support_fee) = (fee("baseFee"), fee("capacityRate"), fee("supportFee"));
    let vat_mode = form.must(&reader, "vatMode", "field-not-a-choice", read::word::<VatMode>);
    let mut status = StatusCode::BAD_REQUEST;
    if let (Some(kind), Some(valid_from), Some(unit_price), Some(vat_mode), true) =
        (kind, valid_from, unit_price, vat_mode, form.is_clean())
    {
        let new = NewTariff { kind, valid_from, valid_to, unit_price, base_fee, capacity_rate, support_fee, vat_mode };
        match api.create_tariff(&new).await {
            Ok(_) => return Ok(Flash::good(reader.say("meters-tariff-added")).on(HERE)),
            Err(refusal) => {
                let known =
                    ["kind", "validFrom", "validTo", "unitPrice", "baseFee", "capacityRate", "supportFee", "vatMode"];
                status = form.refused(refusal, |path| known.contains(&path).then(|| path.to_owned().into()))?;
            }
        }
    }
    page(&api, reader, form, status).await
}

async fn share(api: Api, reader: Reader, Posted(pairs): Posted<Vec<(String, String)>>) -> Result<Response, Problem> {
    let reader = api.know(reader).await?;
    let form = Form::typed(pairs);
    let (Some(property_id), Some(kind)) =
        (read::word::<PropertyId>(form.value("propertyId")), read::word::<MeterKind>(form.value("kind")))
    else {
        return Err(Problem::forbidden());
    };
    let share_by = read::word::<ShareBy>(form.value("shareBy"));
    api.set_common_rule(&NewCommonRule { property_id, kind, share_by }).await?;
    Ok(Flash::good(reader.say("meters-rule-set")).on(HERE))
}

impl Page for TariffsPage {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("meters-tariffs");
        let may = reader.may(Action::EditTariffs);
        let main = html! {
            (head(&[(&reader.say("menu-meters"), crate::meters::HERE)], &title, html! { (reader.say("meters-tariffs-note")) }, html! {}))
            (tabs(&title, &views(reader, HERE)))
            @if !self.tariffs.is_empty() { section class="box" { (self.list(reader)) } }
            @if may { (self.adding(reader)) }
            (self.sharing(reader, may))
        };
        frame::desk(reader, Place::Meters, &title, main, panel::closed())
    }

    fn sample() -> TariffsPage {
        let version = |kind, valid_from, valid_to, unit, base, capacity, support| TariffView {
            id: TariffId::new(),
            kind,
            valid_from,
            valid_to,
            unit_price: Money::from_mungo(unit),
            base_fee: Money::from_mungo(base),
            capacity_rate: Money::from_mungo(capacity),
            support_fee: Money::from_mungo(support),
            vat_mode: VatMode::Added,
            version: 1,
        };
        let property = crate::contracts::sample::property();
        let power = MeterKind::Electricity;
        TariffsPage {
            tariffs: vec![
                version(power, date(2026, 7, 1), None, 20_530, 200_000, 1_550_000, 2_379),
                version(power, date(2025, 1, 1), Some(date(2026, 6, 30)), 17_560, 200_000, 1_152_000, 2_379),
                version(MeterKind::Heat, date(2026, 9, 15), Some(date(2027, 5, 15)), 4_120_000, 0, 0, 0),
            ],
            rules: vec![CommonRuleView {
                property_id: property.id,
                property_name: property.name.clone(),
                kind: MeterKind::Heat,
                share_by: ShareBy::Area,
            }],
            properties: vec![property],
            form: Form::default(),
        }
    }
}

impl TariffsPage {
    fn list(&self, reader: &Reader) -> Markup {
        let columns = [
            Column::text("kind", reader.say("meters-kind")).title(),
            Column::text("from", reader.say("meters-valid-from")),
            Column::text("to", reader.say("meters-valid-to")),
            Column::number("unitPrice", reader.say("meters-unit-price")).corner(),
            Column::number("baseFee", reader.say("meters-base-fee")),
            Column::number("capacityRate", reader.say("meters-capacity-rate")),
            Column::number("supportFee", reader.say("meters-support-fee")),
            Column::text("vat", reader.say("vat")),
        ];
        let some = |amount: Money| html! { @if !amount.is_zero() { (fmt::tugrug(amount)) } };
        let row = |tariff: &TariffView| Row {
            opens: Opens::Nothing,
            cells: vec![
                html! { (reader.term("meter-kind", tariff.kind.as_str())) },
                fmt::date(tariff.valid_from),
                html! { @match tariff.valid_to { Some(day) => (fmt::date(day)), None => (reader.say("meters-open")) } },
                html! { (fmt::tugrug(tariff.unit_price)) },
                some(tariff.base_fee),
                some(tariff.capacity_rate),
                some(tariff.support_fee),
                html! { (reader.term("vat-mode", tariff.vat_mode.as_str())) },
            ],
        };
        let rows: Vec<Row> = self.tariffs.iter().map(row).collect();
        let caption = reader.say("meters-tariffs");
        Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader)
    }

    fn adding(&self, reader: &Reader) -> Markup {
        let form = &self.form;
        let kinds = terms_of(reader, "meter-kind", MeterKind::ALL);
        let modes = terms_of(reader, "vat-mode", &[VatMode::Added, VatMode::Included]);
        html! {
            section class="box" {
                h2 class="box-title" { (reader.say("meters-tariff-new")) }
                p class="box-note" { (reader.say("meters-tariff-new-note")) }
                (form::post(HERE, html! {
                    (form.summary(reader))
                    div class="fields" {
                        (form.field("kind", reader.say("meters-kind")).choices(&kinds))
                        (form.field("validFrom", reader.say("meters-valid-from")).date().required())
                        (form.field("validTo", reader.say("meters-valid-to")).date())
                        (form.field("unitPrice", reader.say("meters-unit-price")).money().required())
                        (form.field("baseFee", reader.say("meters-base-fee")).money())
                        (form.field("capacityRate", reader.say("meters-capacity-rate")).money()
                            .hint(reader.say("meters-capacity-hint")))
                        (form.field("supportFee", reader.say("meters-support-fee")).money())
                        (form.field("vatMode", reader.say("vat")).choices(&modes))
                    }
                    div class="form-foot" { (Button::submit(reader.say("meters-tariff-add")).icon(Icon::Plus)) }
                }))
            }
        }
    }

    fn sharing(&self, reader: &Reader, may: bool) -> Markup {
        let columns = [
            Column::text("building", reader.say("building")).title(),
            Column::text("kind", reader.say("meters-kind")),
            Column::text("by", reader.say("meters-share-by")).corner(),
        ];
        let row = |rule: &CommonRuleView| Row {
            opens: Opens::Nothing,
            cells: vec![
                html! { (rule.property_name) },
                html! { (reader.term("meter-kind", rule.kind.as_str())) },
                html! { (reader.term("meter-share", rule.share_by.as_str())) },
            ],
        };
        let rows: Vec<Row> = self.rules.iter().map(row).collect();
        let caption = reader.say("meters-common-rules");
        let buildings: Vec<(String, String)> =
            self.properties.iter().map(|building| (building.id.to_string(), building.name.clone())).collect();
        let kinds = terms_of(reader, "meter-kind", MeterKind::ALL);
        let mut ways = vec![(String::new(), reader.say("meters-share-none").into_owned())];
        ways.extend(
            ShareBy::ALL.iter().map(|by| (by.to_string(), reader.term("meter-share", by.as_str()).into_owned())),
        );
        let form = Form::default().apart("common");
        html! {
            section class="box" {
                h2 class="box-title" { (caption) }
                p class="box-note" { (reader.say("meters-common-rules-note")) }
                @if !rows.is_empty() {
                    (Table { caption: &caption, columns: &columns, rows: &rows, totals: None }.render(reader))
                }
                @if may && !buildings.is_empty() {
                    (form::post("/tariffs/common", html! {
                        div class="fields" {
                            (form.field("propertyId", reader.say("building")).choices(&buildings))
                            (form.field("kind", reader.say("meters-kind")).choices(&kinds))
                            (form.field("shareBy", reader.say("meters-share-by")).choices(&ways))
                        }
                        div class="form-foot" { (Button::submit(reader.say("meters-rule-save")).outline().icon(Icon::Check)) }
                    }))
                }
            }
        }
    }
}
