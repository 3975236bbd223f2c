//! The sandbox's own pages and doors: what there is, the receipts, the moods, the ledgers.

use std::collections::BTreeMap;

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use super::{
    Door, Mood, Provider, Sandbox, ShownReceipt,
    layout::{clock, nothing, page, tugrug},
    moods::Setting,
    negotiation::{Mistake, Sent, done, wants_json},
    part::ReceiptState,
};

pub fn router(sandbox: Sandbox) -> Router {
    Router::new()
        .route("/", get(index))
        .route("/index.json", get(index_json))
        .route("/receipts", get(receipts))
        .route("/receipts.json", get(receipts_json))
        .route("/moods", get(moods))
        .route("/moods.json", get(moods_json).put(set_moods))
        .route("/moods/{provider}", post(set_mood))
        .route("/ledger.json", get(ledger))
        .with_state(sandbox)
}

fn own_doors() -> Vec<Door> {
    let door = |method, path: &str, what, what_en| Door { method, path: format!("/sandbox{path}"), what, what_en };
    vec![
        door("GET", "", "Энэ жагсаалт", "This list; JSON when asked for with Accept"),
        door("GET", "/index.json", "Энэ жагсаалт JSON-оор", "This list as JSON"),
        door("GET", "/receipts", "Олгосон баримтууд", "Tax receipts"),
        door("GET", "/receipts.json", "Олгосон баримтууд JSON-оор", "Tax receipts as JSON"),
        door("GET", "/moods", "Үйлчилгээ бүрийн ааш", "Each provider's mood"),
        door("GET", "/moods.json", "Үйлчилгээ бүрийн ааш JSON-оор", "Each provider's mood as JSON"),
        door(
            "PUT",
            "/moods.json",
            "Аашийг солих",
            "Set moods: {\"qpay\": {\"mood\": \"slow\", \"calls\": 2, \"delayMs\": 3000}}; the rest stays; moods: \
             normal, slow, refuse, twice, die_after_effect, forget_callback",
        ),
        door("POST", "/moods/{provider}", "Нэг үйлчилгээний аашийг солих", "Set one mood, by form or JSON"),
        door("GET", "/ledger.json", "Бодитоор болсон үйлдлийн тоо", "What really happened: effects by reference"),
    ]
}

impl Sandbox {
    fn doors(&self) -> Vec<Door> {
        own_doors().into_iter().chain(self.parts.iter().flat_map(|part| part.doors())).collect()
    }

    fn feelings(&self) -> BTreeMap<Provider, Setting> {
        self.parts.iter().map(|part| (part.provider(), self.moods.get(part.provider()))).collect()
    }
}

async fn index(State(sandbox): State<Sandbox>, headers: HeaderMap) -> Response {
    let doors = sandbox.doors();
    if wants_json(&headers) {
        return Json(json!({"items": doors})).into_response();
    }
    page(
        "Туршилтын орчин",
        html! {
            p {
                "Энэ орчин гадны системүүдийг орлоно: түрээслэгчийн утас, банкны апп, татварын систем. "
                "Бодит мөнгө шилжихгүй, бодит мессеж илгээгдэхгүй."
            }
            div class="tiles" {
                a class="card" href="/sandbox/messages" { strong { "Утаснууд" } p { "Ирсэн мессеж, доторх холбоос" } }
                a class="card" href="/sandbox/mail" { strong { "Цахим шуудан" } p { "Ирсэн захидал, доторх холбоос" } }
                a class="card" href="/sandbox/qpay/invoices" { strong { "QPay" } p { "Нэхэмжлэх харах, төлөх" } }
                a class="card" href="/sandbox/receipts" { strong { "Баримтууд" } p { "eBarimt-ын олгосон баримт" } }
                a class="card" href="/sandbox/moods" { strong { "Ааш" } p { "Удаашрах, татгалзах, тасрах үеийг турших" } }
            }
            h2 { "Скриптэд зориулсан хаягууд" }
            table {
                thead { tr { th { "Арга" } th { "Хаяг" } th { "Юу хийх" } } }
                tbody {
                    @for door in &doors {
                        tr { td { code { (door.method) } } td { code { (door.path) } } td { (door.what) } }
                    }
                }
            }
        },
    )
}

async fn index_json(State(sandbox): State<Sandbox>) -> Response {
    Json(json!({"items": sandbox.doors()})).into_response()
}

async fn receipts(State(sandbox): State<Sandbox>, headers: HeaderMap) -> Response {
    let receipts = sandbox.receipts();
    if wants_json(&headers) {
        return Json(json!({"items": receipts})).into_response();
    }
    page(
        "Баримтууд",
        html! {
            @if receipts.is_empty() { (nothing("Баримт хараахан олгогдоогүй байна.")) }
            @for receipt in &receipts { (receipt_card(receipt)) }
        },
    )
}

fn receipt_card(receipt: &ShownReceipt) -> Markup {
    html! {
        article class="card" {
            p class="amount" { (tugrug(receipt.total)) }
            @match receipt.state {
                ReceiptState::Valid => {}
                ReceiptState::Returned => { p class="bad" { "Буцаагдсан" } }
                ReceiptState::Corrected => { p class="bad" { "Залруулагдсан" } }
            }
            @if !receipt.lines.is_empty() {
                ul { @for line in &receipt.lines { li { (line.name) " · " (tugrug(line.amount)) } } }
            }
            dl {
                dt { "ДДТД" } dd { code { (receipt.id) } }
                dt { "Төрөл" } dd { (receipt.kind) }
                dt { "НӨАТ" } dd { (tugrug(receipt.vat)) }
                dt { "Борлуулагчийн ТТД" } dd { (receipt.merchant_tin) }
                @if let Some(tin) = &receipt.customer_tin { dt { "Худалдан авагчийн ТТД" } dd { (tin) } }
                @if let Some(lottery) = &receipt.lottery { dt { "Сугалаа" } dd { code { (lottery) } } }
                @if let Some(reference) = &receipt.reference { dt { "Манай дугаар" } dd { code { (reference) } } }
                @if let Some(at) = receipt.issued_at { dt { "Огноо" } dd { (clock(at)) } }
            }
        }
    }
}

async fn receipts_json(State(sandbox): State<Sandbox>) -> Response {
    Json(json!({"items": sandbox.receipts()})).into_response()
}

async fn moods(State(sandbox): State<Sandbox>, headers: HeaderMap) -> Response {
    let feelings = sandbox.feelings();
    if wants_json(&headers) {
        return Json(feelings).into_response();
    }
    page(
        "Ааш",
        html! {
            p { "Гадны системийн доголдлыг турших: сонгосон ааш заасан тооны дуудлагад, эсвэл солих хүртэл үйлчилнэ." }
            @for (provider, setting) in &feelings { (mood_form(*provider, setting)) }
        },
    )
}

fn mood_form(provider: Provider, setting: &Setting) -> Markup {
    let name = provider.as_str();
    html! {
        form class="card" method="post" action={ "/sandbox/moods/" (name) } {
            h2 { (title(provider)) }
            label for={ (name) "-mood" } { "Ааш" }
            select id={ (name) "-mood" } name="mood" {
                @for mood in Mood::ALL {
                    option value=(mood.as_str()) selected[mood == setting.mood] { (words(mood)) }
                }
            }
            label for={ (name) "-calls" } { "Хэдэн дуудлагад (хоосон бол солих хүртэл)" }
            input id={ (name) "-calls" } name="calls" type="number" min="1" value=[setting.calls];
            label for={ (name) "-delay" } { "Удаан үед хүлээх хугацаа, мс" }
            input id={ (name) "-delay" } name="delayMs" type="number" min="0" value=(setting.delay_ms);
            button { "Хадгалах" }
        }
    }
}

async fn moods_json(State(sandbox): State<Sandbox>) -> Json<BTreeMap<Provider, Setting>> {
    Json(sandbox.feelings())
}

async fn set_moods(State(sandbox): State<Sandbox>, Sent(wanted): Sent<BTreeMap<Provider, Setting>>) -> Response {
    for (provider, setting) in wanted {
        sandbox.moods.set(provider, setting);
    }
    Json(sandbox.feelings()).into_response()
}

/// A mood as a form sends it: every field a text, empty ones left out.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct MoodForm {
    mood: Mood,
    calls: Option<Typed>,
    delay_ms: Option<Typed>,
}

/// A number, or the text of one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Typed {
    Number(u64),
    Text(String),
}

impl Typed {
    fn number(self) -> Result<Option<u64>, std::num::ParseIntError> {
        match self {
            Typed::Number(number) => Ok(Some(number)),
            Typed::Text(text) if text.trim().is_empty() => Ok(None),
            Typed::Text(text) => text.trim().parse().map(Some),
        }
    }
}

impl MoodForm {
    fn setting(self) -> Option<Setting> {
        let number = |typed: Option<Typed>| typed.map_or(Ok(None), Typed::number).ok();
        let calls = match number(self.calls)? {
            Some(calls) => Some(u32::try_from(calls).ok()?),
            None => None,
        };
        let usual = Setting::from(self.mood);
        Some(Setting { calls, delay_ms: number(self.delay_ms)?.unwrap_or(usual.delay_ms), ..usual })
    }
}

async fn set_mood(
    State(sandbox): State<Sandbox>,
    headers: HeaderMap,
    Path(provider): Path<Provider>,
    Sent(form): Sent<MoodForm>,
) -> Response {
    let Some(setting) = form.setting() else {
        let mistake = Mistake { error: "calls, delayMs: тоо оруулна уу".into() };
        return (StatusCode::BAD_REQUEST, Json(mistake)).into_response();
    };
    sandbox.moods.set(provider, setting);
    done(&headers, sandbox.moods.get(provider), "/sandbox/moods")
}

async fn ledger(State(sandbox): State<Sandbox>) -> Response {
    let ledgers: BTreeMap<Provider, BTreeMap<String, u32>> =
        sandbox.parts.iter().map(|part| (part.provider(), part.ledger().all())).collect();
    Json(ledgers).into_response()
}

fn title(provider: Provider) -> &'static str {
    match provider {
        Provider::Qpay => "QPay",
        Provider::Ebarimt => "eBarimt",
        Provider::Sms => "SMS",
        Provider::Mail => "Цахим шуудан",
        Provider::Banks => "Банк",
    }
}

fn words(mood: Mood) -> &'static str {
    match mood {
        Mood::Normal => "Хэвийн",
        Mood::Slow => "Удаан хариулна",
        Mood::Refuse => "Татгалзана",
        Mood::Twice => "Хоёр удаа мэдэгдэнэ",
        Mood::DieAfterEffect => "Хийчхээд хариу өгөлгүй тасарна",
        Mood::ForgetCallback => "Эргэж мэдэгдэхээ мартана",
    }
}
