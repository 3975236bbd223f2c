//! A day's figures: tiles, the chart, a short table.

use domain::{Money, Month, contract::ContractStatus};
use jiff::civil::date;
use maud::{Markup, html};

use crate::{
    fmt,
    page::Page,
    reader::Reader,
    ui::{
        badge::{self, Tone},
        button::Button,
        chart::{self, MonthBar},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        table::{Column, Opens, Row, Table},
        tile::{Tile, Trend, tiles},
    },
};

pub struct Desk {
    tiles: Vec<Tile>,
    months: Vec<MonthBar>,
}

impl Page for Desk {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("menu-today");
        let actions = html! { (Button::link("Сарын ажил", "/month").icon(Icon::Calendar)) };
        let main = html! {
            (head(&[], &title, html! { (fmt::date(date(2026, 11, 22))) " · Алтан Тауэр" }, actions))
            (tiles(&self.tiles))
            div class="beside" {
                section class="box" { (chart::billed_and_collected(reader, "Нэхэмжилсэн ба төлсөн", &self.months)) }
                section class="box" {
                    h2 class="box-title" { "Дуусах гэрээ" }
                    (ending(reader))
                }
            }
        };
        frame::desk(reader, Place::Today, &title, main, panel::closed())
    }

    fn sample() -> Desk {
        let billed = [88, 91, 90, 94, 96, 97, 99, 102, 101, 104, 108, 112];
        let collected = [88, 90, 90, 92, 96, 95, 97, 100, 96, 99, 101, 64];
        let first = Month::new(2025, 12).expect("a month");
        let months = std::iter::successors(Some(first), |month| Some(month.next()));
        Desk {
            tiles: sample_tiles(),
            months: months
                .zip(billed)
                .zip(collected)
                .map(|((month, billed), collected)| MonthBar {
                    month,
                    billed: Money::from_tugrug(billed * 1_100_000),
                    collected: Money::from_tugrug(collected * 1_100_000),
                    href: format!("/invoices?month={month}"),
                })
                .collect(),
        }
    }
}

fn sample_tiles() -> Vec<Tile> {
    let tile = |label: &str, figure, note: &str, definition: &str, tone| Tile {
        label: label.into(),
        figure,
        note: Some(note.into()),
        trend: None,
        definition: definition.into(),
        href: "/invoices".into(),
        tone,
    };
    let trend = |text: &str, rises, is_good| Some(Trend { text: text.into(), rises, is_good });
    let money = |tugrug| fmt::tugrug(Money::from_tugrug(tugrug));
    let count = |text: &'static str| html! { span class="num" { (text) } };
    vec![
        Tile {
            trend: trend("+3.7%", true, true),
            ..tile(
                "Энэ сард нэхэмжилсэн",
                money(123_200_000),
                "88 нэхэмжлэл",
                "Энэ сард илгээсэн нэхэмжлэлийн нийт дүн, НӨАТ орсон.",
                Tone::Sky,
            )
        },
        tile("Төлсөн", money(70_400_000), "57%", "Энэ сарын нэхэмжлэлд хуваарилсан төлөлт.", Tone::Good),
        Tile {
            trend: trend("+12%", true, false),
            ..tile(
                "Нийт авлага",
                money(96_845_300),
                "104 нэхэмжлэл",
                "Илгээсэн бүх нэхэмжлэлийн төлөгдөөгүй үлдэгдэл.",
                Tone::Faint,
            )
        },
        tile("Хугацаа хэтэрсэн", money(18_420_000), "11 түрээслэгч", "Төлөх хугацаа нь өнгөрсөн үлдэгдэл.", Tone::Bad),
        tile(
            "Эзэлхүүн",
            count("91.4%"),
            "4 120 м²-аас 3 766",
            "Түрээслэгдсэн талбайн эзлэх хувь, талбайн хэмжээгээр.",
            Tone::Faint,
        ),
        tile(
            "60 хоногт дуусах гэрээ",
            count("7"),
            "3 нь 30 хоногт",
            "Дуусах өдөр нь ойрын 60 хоногт байгаа хүчинтэй гэрээ.",
            Tone::Warn,
        ),
    ]
}

fn ending(reader: &Reader) -> Markup {
    let columns = [
        Column::text("code", reader.say("contract")).title(),
        Column::text("tenant", reader.say("tenant")),
        Column::text("ends", reader.say("ends-on")).corner(),
    ];
    let row = |code: &str, tenant: &str, ends| Row {
        opens: Opens::Page(format!("/contracts/{code}")),
        cells: vec![html! { (code) }, html! { (tenant) }, fmt::date(ends)],
    };
    let rows = [
        row("CT-2025-0007", "Номин Трейд ХХК", date(2026, 11, 30)),
        row("CT-2024-0031", "Э. Сарантуяа", date(2026, 12, 14)),
        row("CT-2025-0019", "Төгс Дизайн ХХК", date(2026, 12, 31)),
        row("CT-2023-0102", "Хан-Уул Оптик ХХК", date(2027, 1, 10)),
    ];
    html! {
        (Table { caption: "Дуусах гэрээ", columns: &columns, rows: &rows, totals: None }.render(reader))
        p class="box-foot" { (badge::contract(reader, ContractStatus::Active)) " " (badge::contract(reader, ContractStatus::GracePeriod)) }
    }
}
