//! What a device calls itself, in a few words: its browser and its system.

/// `Chrome · Windows`; `None` when it says nothing we know.
pub fn name(agent: &str) -> Option<String> {
    // Most say whom they resemble as well, so the particular stands before the general.
    let browser = first(
        agent,
        &[
            ("EdgA/", "Edge"),
            ("Edg/", "Edge"),
            ("OPR/", "Opera"),
            ("SamsungBrowser/", "Samsung Internet"),
            ("YaBrowser/", "Yandex"),
            ("Firefox/", "Firefox"),
            ("FxiOS/", "Firefox"),
            ("CriOS/", "Chrome"),
            ("Spacehub/", "Spacehub"),
            ("okhttp/", "Spacehub"),
            ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
            ("curl/", "curl"),
        ],
    );
    let system = first(
        agent,
        &[
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Android", "Android"),
            ("CrOS", "ChromeOS"),
            ("Windows", "Windows"),
            ("Mac OS X", "macOS"),
            ("Linux", "Linux"),
        ],
    );
    let known: Vec<&str> = [browser, system].into_iter().flatten().collect();
    (!known.is_empty()).then(|| known.join(" · "))
}

/// Whether it is carried about.
pub fn is_phone(agent: &str) -> bool {
    ["iPhone", "Android", "Mobile"].iter().any(|sign| agent.contains(sign))
}

fn first(agent: &str, signs: &[(&str, &'static str)]) -> Option<&'static str> {
    signs.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_known_by_what_they_say() {
        for (agent, known) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36",
                Some("Chrome · Windows"),
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0",
                Some("Edge · Windows"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1",
                Some("Safari · iPhone"),
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", Some("Firefox · Linux")),
            (
                "Mozilla/5.0 (Linux; Android 14; SM-A546) AppleWebKit/537.36 SamsungBrowser/26.0 Chrome/122 Mobile Safari/537.36",
                Some("Samsung Internet · Android"),
            ),
            ("something", None),
            ("", None),
        ] {
            assert_eq!(name(agent).as_deref(), known, "{agent}");
        }
        assert!(is_phone("(iPhone; CPU") && !is_phone("(X11; Linux x86_64)"));
    }
}
