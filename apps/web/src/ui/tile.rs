//! A tile: one figure of the day, what it is compared with, and the list that adds up to it.

use maud::{Markup, Render, html};

use crate::ui::{badge::Tone, icon::Icon};

/// A figure that leads to the list it is the sum of.
#[derive(Debug, Clone)]
pub struct Tile {
    pub label: String,
    pub figure: Markup,
    /// A second line: a share, a count, an age.
    pub note: Option<String>,
    pub trend: Option<Trend>,
    /// One sentence that says what exactly is counted; shown on hover and focus.
    pub definition: String,
    /// The list whose rows add up to the figure.
    pub href: String,
    pub tone: Tone,
}

/// How the figure stands to the one it is compared with.
#[derive(Debug, Clone)]
pub struct Trend {
    pub text: String,
    pub rises: bool,
    /// More is not always better: of receivables it is worse.
    pub is_good: bool,
}

impl Render for Tile {
    fn render(&self) -> Markup {
        html! {
            a class="tile" href=(self.href) data-tone=(self.tone.as_str()) {
                span class="tile-label" { (self.label) }
                span class="tile-figure" { (self.figure) }
                span class="tile-foot" {
                    @if let Some(note) = &self.note { span { (note) } }
                    @if let Some(trend) = &self.trend {
                        span class="trend" data-tone=(if trend.is_good { "good" } else { "bad" }) {
                            (if trend.rises { Icon::TrendUp } else { Icon::TrendDown }) (trend.text)
                        }
                    }
                }
                span class="tile-definition" role="note" { (self.definition) }
            }
        }
    }
}

/// A tile of several figures, each with a list of its own.
#[derive(Debug, Clone)]
pub struct SplitTile {
    pub label: String,
    /// Figure, what it is under, and its list.
    pub figures: Vec<(String, String, String)>,
    pub definition: String,
}

impl Render for SplitTile {
    fn render(&self) -> Markup {
        html! {
            section class="tile tile-wide" {
                h2 class="tile-label" { (self.label) }
                ul class="tile-split" {
                    @for (figure, under, href) in &self.figures {
                        li { a href=(href) { span class="tile-figure num" { (figure) } span class="tile-under" { (under) } } }
                    }
                }
                span class="tile-definition" role="note" { (self.definition) }
            }
        }
    }
}

/// Tiles side by side, as many in a row as fit.
pub fn tiles(tiles: &[Tile]) -> Markup {
    html! { div class="tiles" { @for tile in tiles { (tile) } } }
}
