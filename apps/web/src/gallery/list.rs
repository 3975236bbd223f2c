//! A list with its filter, totals, pager and the side panel.

use domain::{Money, contract::ContractStatus};
use jiff::civil::date;
use maud::{Markup, html};

use crate::{
    fmt,
    page::Page,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        badge,
        button::Button,
        copy,
        empty::empty,
        facts::facts,
        filter::Filter,
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        pager::pager,
        panel,
        table::{self, Column, Opens, Row, Table},
        tabs::{Tab, tabs},
    },
};

/// Contracts as a list shows them; an empty list shows what stands there instead.
pub struct List {
    pub rows: Vec<Line>,
    pub open: Option<usize>,
}

pub struct Line {
    code: String,
    tenant: String,
    space: &'static str,
    status: ContractStatus,
    rent: Money,
    balance: Money,
}

impl Page for List {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("menu-contracts");
        let statuses: Vec<(String, String)> = ContractStatus::ALL
            .iter()
            .map(|status| (status.to_string(), reader.term("contract-status", status.as_str()).into_owned()))
            .collect();
        let actions = html! {
            (Button::link("XLSX", "/contracts.xlsx").icon(Icon::Download))
            (Button::link("Шинэ гэрээ", "/contracts/new").primary().icon(Icon::Plus))
        };
        let main = html! {
            (head(&[], &title, html! {}, actions))
            (tabs(&title, &views()))
            (Filter::new(reader)
                .search("q", "Гэрээ, түрээслэгч, талбай, утас")
                .choice("status", &reader.say("status"), "Бүх төлөв", &statuses)
                .month("month", &reader.say("month")))
            (table::region(self.list(reader)))
        };
        let asked = reader.param("panel");
        let open = self.open.or_else(|| self.rows.iter().position(|line| Some(&line.code) == asked.as_ref()));
        let panel = open.map_or_else(panel::closed, |place| panel_of(reader, &self.rows[place]));
        frame::desk(reader, Place::Contracts, &title, main, panel)
    }

    fn sample() -> List {
        let spaces = ["301", "302", "1-05", "B1-12", "512", "204А"];
        let tenants = [
            "Ундрах Өргөө ХХК",
            "Э. Сарантуяа",
            "Хан-Уул Оптик ХХК",
            "Номин Трейд ХХК",
            "Б. Отгонбаяр",
            "Төгс Дизайн Студи ХХК",
        ];
        let statuses = ContractStatus::ALL;
        let rows = (0..36_i64).zip(tenants.iter().cycle()).zip(spaces.iter().cycle()).zip(statuses.iter().cycle());
        List {
            rows: rows
                .map(|(((number, tenant), space), status)| Line {
                    code: format!("CT-2026-{:04}", number + 1),
                    tenant: (*tenant).to_owned(),
                    space,
                    status: *status,
                    rent: Money::from_tugrug(640_000 + number * 187_500),
                    balance: match number % 4 {
                        0 => Money::ZERO,
                        1 => Money::from_mungo(-4_500_050 * number),
                        _ => Money::from_tugrug(number * 312_000),
                    },
                })
                .collect(),
            open: None,
        }
    }
}

impl List {
    pub fn with_panel() -> List {
        List { open: Some(2), ..List::sample() }
    }

    pub fn empty() -> List {
        List { rows: Vec::new(), open: None }
    }

    fn list(&self, reader: &Reader) -> Markup {
        let asked = reader.param("q").unwrap_or_default().to_lowercase();
        let found: Vec<&Line> = self.rows.iter().filter(|line| line.tenant.to_lowercase().contains(&asked)).collect();
        if found.is_empty() {
            let ways = html! { (Button::link("Шүүлтүүр арилгах", "/contracts").icon(Icon::Close)) };
            return empty(Icon::Inbox, "Ийм гэрээ алга", "Шүүлтүүрээ өөрчлөх эсвэл Excel-ээс оруулж болно.", ways);
        }
        let columns = [
            Column::text("code", reader.say("contract")).sortable().title(),
            Column::text("tenant", reader.say("tenant")).sortable(),
            Column::text("space", reader.say("space")),
            Column::text("status", reader.say("status")).corner(),
            Column::text("ends", reader.say("ends-on")).sortable(),
            Column::number("rent", reader.say("monthly")).sortable(),
            Column::number("balance", reader.say("balance")).sortable(),
        ];
        let rows: Vec<Row> = found.iter().map(|line| line.row(reader)).collect();
        let sum = |of: fn(&Line) -> Money| Money::sum(found.iter().map(|line| of(line))).expect("a sample sum fits");
        let totals = [
            html! { (reader.say("total")) },
            html! { (found.len()) " гэрээ" },
            html! {},
            html! {},
            html! {},
            fmt::money(sum(|line| line.rent)),
            fmt::money(sum(|line| line.balance)),
        ];
        html! {
            (Table { caption: "Гэрээнүүд", columns: &columns, rows: &rows, totals: Some(&totals) }.render(reader))
            (pager(reader, found.len(), Some("eyJpZCI6IjM2In0")))
        }
    }
}

impl Line {
    fn row(&self, reader: &Reader) -> Row {
        Row {
            opens: Opens::Panel(self.code.clone()),
            cells: vec![
                html! { (self.code) },
                html! { (self.tenant) },
                html! { (self.space) },
                html! { (badge::contract(reader, self.status)) },
                fmt::date(date(2027, 3, 31)),
                fmt::money(self.rent),
                fmt::money(self.balance),
            ],
        }
    }
}

fn views() -> [Tab; 3] {
    let tab = |label: &str, count: &str, is_current| Tab {
        label: label.into(),
        href: "/contracts".into(),
        count: Some(count.into()),
        is_current,
    };
    [tab("Хүчинтэй", "88", true), tab("Удахгүй дуусах", "7", false), tab("Бүгд", "121", false)]
}

fn panel_of(reader: &Reader, line: &Line) -> Markup {
    let body = html! {
        (alert::alert(Kind::Warn, "Хугацаа 12 хоног хэтэрсэн", html! { p { "Сүүлийн сануулга 2026.11.20-нд илгээгдсэн." } }))
        (facts(&[
            ("Түрээслэгч", html! { (line.tenant) }),
            ("Утас", copy::copyable(reader, &fmt::phone("99110001"), "99110001")),
            ("Талбай", html! { (line.space) }),
            ("Төлөв", html! { (badge::contract(reader, line.status)) }),
            ("Сарын төлбөр", fmt::tugrug(line.rent)),
            ("Үлдэгдэл", fmt::tugrug(line.balance)),
            ("Тэмдэглэл", html! {}),
        ]))
        div class="panel-actions" {
            (Button::link("Засах", "/contracts/1/edit").icon(Icon::Pencil))
            (Button::link("Төлөлт бүртгэх", "/payments/new").primary().icon(Icon::Banknote))
        }
    };
    panel::open(reader, &line.code, "/contracts/1", body)
}
