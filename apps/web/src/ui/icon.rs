//! The icons in use, from Lucide (licences/lucide.txt), drawn inline in the colour of the text around them.

use maud::{Markup, PreEscaped, Render, html};

macro_rules! icons {
    ($($name:ident = $file:literal,)+) => {
        /// An icon. A new one is a line here and a run of `assets/build.sh`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Icon { $($name),+ }

        impl Icon {
            pub const ALL: &'static [Icon] = &[$(Icon::$name),+];

            const fn shapes(self) -> &'static str {
                match self {
                    $(Icon::$name => include_str!(concat!("../../assets/dist/icons/", $file, ".svg"))),+
                }
            }
        }
    };
}

icons! {
    ArrowDown = "arrow-down",
    ArrowUp = "arrow-up",
    Banknote = "banknote",
    Building = "building-2",
    Calendar = "calendar-days",
    Camera = "camera",
    Chart = "chart-column",
    Check = "check",
    ChevronDown = "chevron-down",
    ChevronLeft = "chevron-left",
    ChevronRight = "chevron-right",
    CircleCheck = "circle-check",
    CircleX = "circle-x",
    Clock = "clock",
    Close = "x",
    Contract = "file-text",
    Copy = "copy",
    Download = "download",
    ExternalLink = "external-link",
    Gauge = "gauge",
    Hand = "hand-coins",
    House = "house",
    Import = "file-up",
    Inbox = "inbox",
    Info = "info",
    Invoice = "receipt-text",
    Landmark = "landmark",
    Languages = "languages",
    Lock = "lock",
    Menu = "menu",
    Message = "message-square",
    Monitor = "monitor",
    Moon = "moon",
    Pencil = "pencil",
    Phone = "phone",
    Play = "play",
    Plus = "plus",
    Printer = "printer",
    QrCode = "qr-code",
    Receipt = "ticket-check",
    Refresh = "refresh-cw",
    Search = "search",
    Send = "send",
    Settings = "settings",
    SignOut = "log-out",
    Sun = "sun",
    Sunrise = "sunrise",
    Tag = "tag",
    Trash = "trash-2",
    TrendDown = "trending-down",
    TrendUp = "trending-up",
    Upload = "upload",
    User = "user",
    Users = "users",
    Vacant = "square-dashed",
    Warning = "triangle-alert",
}

/// Always decoration: the words beside it, or the label of its button, say what it means.
impl Render for Icon {
    fn render(&self) -> Markup {
        html! {
            svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
                stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false" {
                (PreEscaped(self.shapes()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_only_shapes() {
        for icon in Icon::ALL {
            assert!(icon.shapes().starts_with('<') && !icon.shapes().contains("<svg"), "{icon:?}");
            assert!(!icon.shapes().contains("style"), "{icon:?}");
        }
    }
}
