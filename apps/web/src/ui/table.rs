//! The table of a list: sticky head and totals on a desk, cards on a phone, one link a row.

use std::borrow::Cow;

use maud::{Markup, html};

use crate::{
    exports,
    reader::Reader,
    ui::{
        icon::Icon,
        pager::{pager, pager_with},
        panel,
    },
};

/// The id of the region a filter replaces: the table, its totals and its pager.
pub const ID: &str = "list";

/// From here on columns stand closer together.
const MANY: usize = 10;

/// A column, named by the word its sort parameter uses.
#[derive(Debug, Clone)]
pub struct Column<'a> {
    key: &'a str,
    label: Cow<'a, str>,
    is_number: bool,
    is_sortable: bool,
    phone: Phone,
}

/// Where a cell stands on a phone's card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phone {
    /// At the top left, large.
    Title,
    /// At the top right.
    Corner,
    /// A line with its label.
    Line,
    Hidden,
}

impl<'a> Column<'a> {
    pub fn text(key: &'a str, label: impl Into<Cow<'a, str>>) -> Column<'a> {
        Column { key, label: label.into(), is_number: false, is_sortable: false, phone: Phone::Line }
    }

    /// Amounts, counts and areas: right-aligned, sorted from the largest.
    pub fn number(key: &'a str, label: impl Into<Cow<'a, str>>) -> Column<'a> {
        Column { is_number: true, ..Column::text(key, label) }
    }

    pub fn sortable(mut self) -> Self {
        self.is_sortable = true;
        self
    }

    /// The heading of the card on a phone.
    pub fn title(mut self) -> Self {
        self.phone = Phone::Title;
        self
    }

    /// The top right of the card on a phone: the amount, or the status.
    pub fn corner(mut self) -> Self {
        self.phone = Phone::Corner;
        self
    }

    pub fn desk_only(mut self) -> Self {
        self.phone = Phone::Hidden;
        self
    }

    fn is_desk_only(&self) -> bool {
        self.phone == Phone::Hidden
    }

    const fn place(&self) -> &'static str {
        match self.phone {
            Phone::Title => "title",
            Phone::Corner => "corner",
            Phone::Line => "line",
            Phone::Hidden => "hidden",
        }
    }
}

/// What a row's link does.
#[derive(Debug, Clone)]
pub enum Opens {
    /// The side panel of this list; `id` goes into the address as `panel`.
    Panel(String),
    /// A page of its own.
    Page(String),
    Nothing,
}

/// A row; one cell a column, and the first one holds the link.
#[derive(Debug, Clone)]
pub struct Row {
    pub opens: Opens,
    pub cells: Vec<Markup>,
}

/// A table with its caption, which is read aloud and not shown.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    pub caption: &'a str,
    pub columns: &'a [Column<'a>],
    pub rows: &'a [Row],
    /// Totals, one cell a column; an empty cell stays empty. They follow the filter, not the page.
    pub totals: Option<&'a [Markup]>,
}

impl Table<'_> {
    pub fn render(&self, reader: &Reader) -> Markup {
        let open = reader.param("panel");
        html! {
            div class="rows" role="region" aria-label=(self.caption) tabindex="0" {
                table class="table" role="table" data-rows data-dense[self.columns.len() > MANY] {
                    caption class="sr-only" { (self.caption) }
                    thead role="rowgroup" {
                        tr role="row" { @for column in self.columns { (heading(reader, column)) } }
                    }
                    tbody role="rowgroup" {
                        @for row in self.rows { (self.row(reader, row, open.as_deref())) }
                    }
                    @if let Some(totals) = self.totals {
                        tfoot role="rowgroup" {
                            tr role="row" {
                                @for (column, total) in self.columns.iter().zip(totals) {
                                    td role="cell" class=[column.is_number.then_some("number")] data-label=(column.label)
                                        data-wide[column.is_desk_only()] data-empty[total.0.is_empty()] { (total) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The table with the way to its next page below; `next` is the cursor the API gave.
    pub fn paged(&self, reader: &Reader, next: Option<&str>) -> Markup {
        html! { (self.render(reader)) (pager(reader, self.rows.len(), next)) }
    }

    /// The same with the way to take the whole list along as an Excel file: the page `path` answers it.
    pub fn paged_with_export(&self, reader: &Reader, next: Option<&str>, path: &str) -> Markup {
        html! { (self.render(reader)) (pager_with(reader, self.rows.len(), next, exports::link(reader, path))) }
    }

    fn row(&self, reader: &Reader, row: &Row, open: Option<&str>) -> Markup {
        let is_open = matches!(&row.opens, Opens::Panel(id) if open == Some(id));
        html! {
            tr role="row" data-state=[is_open.then_some("selected")] {
                @for (place, (column, cell)) in self.columns.iter().zip(&row.cells).enumerate() {
                    td role="cell" class=[column.is_number.then_some("number")] data-label=(column.label)
                        data-place=(column.place()) data-wide[column.is_desk_only()] data-empty[cell.0.is_empty()] {
                        @if place == 0 { (link(reader, &row.opens, cell, is_open)) } @else { (cell) }
                    }
                }
            }
        }
    }
}

fn link(reader: &Reader, opens: &Opens, cell: &Markup, is_open: bool) -> Markup {
    let current = is_open.then_some("true");
    match opens {
        Opens::Nothing => cell.clone(),
        Opens::Page(href) => html! { a class="row-link" href=(href) { (cell) } },
        Opens::Panel(id) => {
            let (href, target) = (panel::href(reader, id), format!("#{}", panel::ID));
            html! {
                a class="row-link" href=(href) hx-get=(href) hx-target=(target) hx-select=(target) hx-swap="outerHTML"
                    hx-replace-url="true" aria-current=[current] { (cell) }
            }
        }
    }
}

fn heading(reader: &Reader, column: &Column<'_>) -> Markup {
    let sort = reader.param("sort").unwrap_or_default();
    let (sorted, falls) = (sort.trim_start_matches('-') == column.key, sort.starts_with('-'));
    // A first press sorts texts from А and amounts from the largest; the next one turns it round.
    let next = match (sorted, falls, column.is_number) {
        (true, true, _) | (false, _, false) => column.key.to_owned(),
        (true, false, _) | (false, _, true) => format!("-{}", column.key),
    };
    let direction = sorted.then_some(if falls { "descending" } else { "ascending" });
    html! {
        th role="columnheader" scope="col" class=[column.is_number.then_some("number")]
            data-wide[column.is_desk_only()] aria-sort=[direction] {
            @if column.is_sortable {
                a class="sort" href=(reader.link(&[("sort", &next), ("cursor", "")])) {
                    (column.label)
                    @if sorted { @if falls { (Icon::ArrowDown) } @else { (Icon::ArrowUp) } }
                }
            } @else { (column.label) }
        }
    }
}

/// The region a filter replaces; put the table, its pager, or what stands there when nothing was found, inside.
pub fn region(inside: Markup) -> Markup {
    html! { section id=(ID) class="list" { (inside) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(address: &str) -> String {
        let reader = Reader { address: address.to_owned(), ..Reader::default() };
        let columns = [Column::text("code", "Гэрээ").sortable().title(), Column::number("rent", "Түрээс").sortable()];
        let rows = [Row { opens: Opens::Panel("7".into()), cells: vec![html! { "CT-1" }, html! { "5" }] }];
        Table { caption: "Гэрээнүүд", columns: &columns, rows: &rows, totals: None }.render(&reader).0
    }

    #[test]
    fn a_heading_sorts_and_a_second_press_turns_it_round() {
        let fresh = shown("/contracts?q=a&cursor=x");
        assert!(fresh.contains(r#"href="/contracts?q=a&amp;sort=code""#), "{fresh}");
        assert!(fresh.contains(r#"href="/contracts?q=a&amp;sort=-rent""#), "{fresh}");
        let falling = shown("/contracts?sort=-rent");
        assert!(falling.contains(r#"aria-sort="descending""#) && falling.contains("sort=rent\""), "{falling}");
    }

    #[test]
    fn the_row_in_the_panel_is_marked() {
        assert!(shown("/contracts?panel=7").contains(r#"data-state="selected""#));
        assert!(!shown("/contracts?panel=8").contains("data-state"));
    }
}
