//! A chromium without a screen, driven through chromedriver; both are gone when the story is.

use std::{
    fmt::Display,
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element, error::CmdError};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::{
    sync::{Mutex, MutexGuard},
    time::{Instant, sleep},
};
use uuid::Uuid;

const CHROMIUM: &str = "/usr/bin/chromium";
const CHROMEDRIVER: &str = "/usr/bin/chromedriver";

/// How long a story waits for what must come.
const PATIENCE: Duration = Duration::from_secs(20);
/// Between two looks.
const LOOK: Duration = Duration::from_millis(50);

/// Other tests want the processors too: one browser at a time.
static TURN: Mutex<()> = Mutex::const_new(());

/// A browser window in Mongolian.
pub struct Browser {
    pub client: Client,
    url: String,
    driver: Driver,
    _turn: MutexGuard<'static, ()>,
}

impl Browser {
    /// A fresh browser for the site at `url`.
    pub async fn new(url: &str) -> Browser {
        Browser::with(url, json!({})).await
    }

    /// One whose reader has switched scripts off.
    pub async fn without_scripts(url: &str) -> Browser {
        Browser::with(url, json!({ "profile.managed_default_content_settings.javascript": 2 })).await
    }

    async fn with(url: &str, mut preferences: Value) -> Browser {
        let turn = TURN.lock().await;
        let driver = Driver::start().await;
        preferences["intl.accept_languages"] = "mn".into();
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-features=PasswordLeakDetection",
            "--window-size=1280,900",
        ];
        // Without a --user-data-dir chromedriver makes a new one, among the other leavings.
        let options = json!({ "binary": CHROMIUM, "args": arguments, "prefs": preferences });
        let Value::Object(wanted) = json!({ "goog:chromeOptions": options }) else { unreachable!("an object") };
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let mut builder = ClientBuilder::new(connector);
        let session = builder.capabilities(wanted).connect(&driver.url()).await;
        let client = session.expect("chromium starts; what it needs comes by: sh .ci/needs");
        Browser { client, url: url.to_owned(), driver, _turn: turn }
    }

    /// Goes to a page of the site: `/contracts`.
    pub async fn open(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.url)).await.expect("a page");
    }

    /// Path and query of the page shown, decoded.
    pub async fn address(&self) -> String {
        let url = self.client.current_url().await.expect("an address");
        let asked: Vec<String> = url.query_pairs().map(|(name, value)| format!("{name}={value}")).collect();
        if asked.is_empty() { url.path().to_owned() } else { format!("{}?{}", url.path(), asked.join("&")) }
    }

    /// Waits for an element that can be seen.
    pub async fn one(&self, css: &str) -> Element {
        let seen = async || first_seen(&self.client, Locator::Css(css)).await.ok().flatten();
        self.until(css, async || seen().await.is_some()).await;
        seen().await.unwrap_or_else(|| panic!("gone again: {css}"))
    }

    pub async fn press(&self, css: &str) {
        self.pressed(Locator::Css(css), css).await;
    }

    /// Presses the button that says so.
    pub async fn button(&self, text: &str) {
        let path = format!("//button[contains(normalize-space(.), '{text}')]");
        self.pressed(Locator::XPath(&path), text).await;
    }

    /// Follows the link that says so.
    pub async fn link(&self, text: &str) {
        let path = format!("//main//a[contains(normalize-space(.), '{text}')]");
        self.pressed(Locator::XPath(&path), text).await;
    }

    /// Writes into a field in place of what stands there.
    pub async fn writes(&self, css: &str, text: &str) {
        let field = self.one(css).await;
        field.clear().await.expect("a field");
        field.send_keys(text).await.expect("a field");
    }

    /// Waits until the page says so.
    pub async fn says(&self, text: &str) {
        self.until(text, async || self.text().await.contains(text)).await;
    }

    /// Waits until the page's path and query are these.
    pub async fn stands_at(&self, address: &str) {
        self.until(address, async || self.address().await == address).await;
    }

    /// All that can be read on the page.
    pub async fn text(&self) -> String {
        let Ok(body) = self.client.find(Locator::Css("body")).await else { return String::new() };
        plain(&body.text().await.unwrap_or_default())
    }

    /// What an element says.
    pub async fn reads(&self, css: &str) -> String {
        plain(&self.one(css).await.text().await.expect("it is there"))
    }

    /// How many elements of the kind there are.
    pub async fn count(&self, css: &str) -> usize {
        self.client.find_all(Locator::Css(css)).await.expect("a selector").len()
    }

    /// What a script of the story finds out.
    pub async fn asks(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.expect("a script")
    }

    /// A window as wide as a telephone.
    pub async fn is_a_phone(&self) {
        let screen = json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true });
        self.tells_chromium("Emulation.setDeviceMetricsOverride", screen).await;
    }

    /// A telephone that has no network, or has it again; what says that nobody answers is up to the story.
    pub async fn is_offline(&self, offline: bool) {
        self.tells_chromium("Network.enable", json!({})).await;
        let speed = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.tells_chromium("Network.emulateNetworkConditions", speed).await;
    }

    /// A reader whose system is `light` or `dark`, and who sees nothing move.
    pub async fn is_set_to(&self, scheme: &str) {
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.tells_chromium("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Waits until it is so; the page as it stands is in the complaint when it never is.
    pub async fn until(&self, what: impl Display, is_so: impl AsyncFn() -> bool) {
        let patience = Instant::now() + PATIENCE;
        while !is_so().await {
            if Instant::now() > patience {
                panic!("waited in vain for: {what}\nat {}\n{}", self.address().await, self.text().await);
            }
            sleep(LOOK).await;
        }
    }

    /// Presses as soon as it can be pressed: a piece of the page may be put anew just then.
    async fn pressed(&self, locator: Locator<'_>, what: &str) {
        let press = async || match first_seen(&self.client, locator).await {
            Ok(Some(element)) => element.click().await.is_ok(),
            _ => false,
        };
        self.until(what, press).await;
    }

    async fn tells_chromium(&self, command: &str, params: Value) {
        let session = self.client.session_id().await.expect("an answer").expect("a session");
        let url = format!("{}/session/{session}/goog/cdp/execute", self.driver.url());
        let order = json!({ "cmd": command, "params": params });
        let answer = reqwest::Client::new().post(url).json(&order).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{command}: {}", answer.text().await.unwrap_or_default());
    }
}

/// Money is written with thin spaces that do not break; stories are not.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() && c != '\n' { ' ' } else { c }).collect()
}

async fn first_seen(client: &Client, locator: Locator<'_>) -> Result<Option<Element>, CmdError> {
    for element in client.find_all(locator).await? {
        if element.is_displayed().await? {
            return Ok(Some(element));
        }
    }
    Ok(None)
}

/// chromedriver on a port of its own.
struct Driver {
    process: Child,
    port: u16,
    /// Where it and its browsers leave their files.
    leavings: PathBuf,
}

impl Driver {
    async fn start() -> Driver {
        for program in [CHROMIUM, CHROMEDRIVER] {
            assert!(std::path::Path::new(program).exists(), "{program} is missing, run: sh .ci/needs");
        }
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = free.local_addr().expect("it is bound").port();
        drop(free);
        let mut command = Command::new(CHROMEDRIVER);
        let leavings = std::env::temp_dir().join(format!("spacehub-browser-{}", Uuid::now_v7().simple()));
        std::fs::create_dir(&leavings).expect("a place for temporary files");
        command.env("TMPDIR", &leavings);
        command.arg(format!("--port={port}")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let driver = Driver { process: command.spawn().expect("chromedriver starts"), port, leavings };
        let patience = Instant::now() + PATIENCE;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(Instant::now() < patience, "chromedriver does not listen");
            sleep(LOOK).await;
        }
        driver
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Asks it to end, which ends its browsers.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut line = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        line.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(line, "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port)?;
        line.read_to_end(&mut Vec::new()).map(|_| ())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // In a story that fails too, so nothing here may panic.
        if self.shut_down().is_ok() {
            for _ in 0..100 {
                if matches!(self.process.try_wait(), Ok(Some(_))) {
                    break;
                }
                std::thread::sleep(LOOK);
            }
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.leavings);
    }
}
