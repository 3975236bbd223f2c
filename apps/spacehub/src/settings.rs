//! Settings: the environment first, then `spacehub.toml`, then a default that works; what is wrong is said by name.

mod known;

use std::{
    collections::HashMap,
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

pub use billing::Outside;
pub use known::{KNOWN, Known};
use providers::mail;
use store::BucketSettings;

use crate::{edge::Proxies, listen::Listen};

/// Everything that can be set, read and checked.
#[derive(Debug, Clone)]
pub struct Settings {
    pub mode: Mode,
    pub listen: Listen,
    /// How people reach us: `https://app.example.mn`, no slash at the end.
    pub public_url: String,
    /// Whose pages may send changes besides our own.
    pub trusted_origins: Vec<String>,
    /// Where web pages find the API when it runs in another process.
    pub api_url: String,
    /// Who is called outside, in production.
    pub outside: Outside,
    /// A post office of our own, instead of the sandbox's or this machine's.
    pub smtp_is_given: bool,
    /// Where the sandbox takes letters.
    pub sandbox_smtp: SocketAddr,
    /// Where the database, files and keys of this Spacehub lie.
    pub data: PathBuf,
    /// Where files are read when they have an origin of their own.
    pub files_origin: Option<String>,
    /// Where files lie, unless in the data folder.
    pub bucket: Option<BucketSettings>,
    pub database_url: Option<Secret>,
    pub worker_database_url: Option<Secret>,
    pub admin_database_url: Option<Secret>,
    pub redis_url: Option<Secret>,
    /// Signs sessions and seals credentials; none: one is made and kept in the data folder.
    pub secret: Option<Secret>,
    pub proxies: Proxies,
    /// How many connections to Postgres requests may share.
    pub db_connections: usize,
    pub db_pooler: Pooler,
    pub connections: usize,
    pub connections_per_ip: usize,
    pub requests_in_flight: usize,
    /// Between "no longer ready" and the end of accepting, so that a balancer notices.
    pub drain_delay: Duration,
    pub log: String,
    pub log_format: LogFormat,
    /// Where each setting came from, for `doctor`.
    pub sources: HashMap<&'static str, Source>,
}

/// What the machine is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Demo data, the sandbox, a private Postgres.
    Development,
    Production,
}

/// What stands between us and Postgres.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pooler {
    /// Nothing, or something that follows the names of statements.
    None,
    /// A pooler that gives every transaction another connection.
    Transaction,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// Text on a terminal, JSON elsewhere.
    Auto,
    Text,
    Json,
}

/// Where a setting came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Default,
    File,
    Environment,
    CommandLine,
}

/// A value that must not be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What is wrong with the settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("{name} is `{value}`, but should be {expected}")]
    Wrong { name: String, value: String, expected: &'static str },
    #[error("{name} should be {expected}")]
    WrongSecret { name: String, expected: &'static str },
    #[error("{file} knows no setting `{key}`; `spacehub doctor` lists them all")]
    Unknown { file: PathBuf, key: String },
    #[error("{file} cannot be read: {source}")]
    Closed { file: PathBuf, source: io::Error },
    #[error("{file} is not TOML: {why}")]
    NotToml { file: PathBuf, why: String },
}

/// What the command line says about settings.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    pub config: Option<PathBuf>,
    pub data: Option<PathBuf>,
    pub listen: Option<String>,
}

impl Settings {
    /// Reads the settings of this process.
    pub fn load(overrides: &Overrides) -> Result<Settings, SettingsError> {
        Settings::read(overrides, |name| std::env::var(name).ok())
    }

    /// Reads the settings with `env` as the environment.
    pub fn read(overrides: &Overrides, env: impl Fn(&str) -> Option<String>) -> Result<Settings, SettingsError> {
        let given = Given::gather(overrides, env)?;
        let listen: Listen = given.read("listen")?;
        let public_url = given.maybe("public_url").unwrap_or_else(|| listen.url());
        if !public_url.starts_with("http://") && !public_url.starts_with("https://") {
            return Err(given.wrong("public_url"));
        }
        let secret = given.maybe("secret").map(Secret);
        if secret.as_ref().is_some_and(|secret| secret.0.chars().count() < 32) {
            return Err(given.wrong("secret"));
        }
        let mode: Mode = given.read("mode")?;
        let post_office = match mode {
            Mode::Development => mail::Settings::SANDBOX,
            Mode::Production => "smtp://localhost",
        };
        let smtp_url = given.maybe("smtp_url");
        Ok(Settings {
            mode,
            smtp_is_given: smtp_url.is_some(),
            sandbox_smtp: given.read("sandbox_smtp")?,
            api_url: given.maybe("api_url").unwrap_or_else(|| public_url.clone()).trim_end_matches('/').to_owned(),
            outside: Outside {
                ebarimt_url: given.maybe("ebarimt_url").unwrap_or_default(),
                callpro_key: given.maybe("callpro_key").unwrap_or_default(),
                callpro_from: given.maybe("callpro_from").unwrap_or_default(),
                mail: mail::Settings {
                    url: providers::Secret::new(smtp_url.unwrap_or_else(|| post_office.to_owned())),
                    from: given.maybe("mail_from").unwrap_or_default(),
                },
            },
            public_url: public_url.trim_end_matches('/').to_owned(),
            trusted_origins: given.origins("trusted_origins")?,
            data: given.read("data")?,
            files_origin: given.origins("files_origin")?.into_iter().next(),
            bucket: given.bucket()?,
            database_url: given.maybe("database_url").map(Secret),
            worker_database_url: given.maybe("worker_database_url").map(Secret),
            admin_database_url: given.maybe("admin_database_url").map(Secret),
            redis_url: given.maybe("redis_url").map(Secret),
            secret,
            proxies: given.read("trusted_proxies")?,
            db_connections: given.positive("db_connections")?,
            db_pooler: given.read("db_pooler")?,
            connections: given.positive("connections")?,
            connections_per_ip: given.positive("connections_per_ip")?,
            requests_in_flight: given.positive("requests_in_flight")?,
            drain_delay: Duration::from_secs(given.read("drain_delay_secs")?),
            log: given.read("log")?,
            log_format: given.read("log_format")?,
            listen,
            sources: given.sources(),
        })
    }
}

/// What was given, by whom, before it is understood.
struct Given {
    values: HashMap<&'static str, (String, Source)>,
}

impl Given {
    fn gather(overrides: &Overrides, env: impl Fn(&str) -> Option<String>) -> Result<Given, SettingsError> {
        let mut values = HashMap::new();
        for (key, value) in from_file(overrides, &env)? {
            values.insert(key, (value, Source::File));
        }
        for known in KNOWN {
            // An empty variable is how a shell or a compose file says "not set".
            if let Some(value) = env(known.env).filter(|value| !value.is_empty()) {
                values.insert(known.key, (value, Source::Environment));
            }
        }
        let data = overrides.data.as_ref().map(|data| data.display().to_string());
        for (key, value) in [("data", data), ("listen", overrides.listen.clone())] {
            if let Some(value) = value {
                values.insert(key, (value, Source::CommandLine));
            }
        }
        Ok(Given { values })
    }

    fn maybe(&self, key: &'static str) -> Option<String> {
        let given = self.values.get(key).map(|(value, _)| value.clone());
        given.or_else(|| known::of(key).default.map(str::to_owned))
    }

    fn read<T: FromStr>(&self, key: &'static str) -> Result<T, SettingsError> {
        self.maybe(key).unwrap_or_default().parse().map_err(|_| self.wrong(key))
    }

    fn positive(&self, key: &'static str) -> Result<usize, SettingsError> {
        self.read(key).and_then(|number| if number == 0 { Err(self.wrong(key)) } else { Ok(number) })
    }

    fn origins(&self, key: &'static str) -> Result<Vec<String>, SettingsError> {
        let said = self.maybe(key).unwrap_or_default();
        let origins: Vec<String> = said.split(',').map(|o| o.trim().to_owned()).filter(|o| !o.is_empty()).collect();
        // A scheme alone, or a scheme and a host with nothing behind it.
        let is_origin = |origin: &String| match origin.split_once("://") {
            None | Some(("", _) | ("http" | "https", "")) => false,
            Some((_, host)) => !host.contains(['/', '?', '#', '@']),
        };
        if origins.iter().all(is_origin) { Ok(origins) } else { Err(self.wrong(key)) }
    }

    /// The bucket with all that it takes to use it; none when none is named.
    fn bucket(&self) -> Result<Option<BucketSettings>, SettingsError> {
        let Some(bucket) = self.maybe("s3_bucket") else { return Ok(None) };
        let (Some(access_key_id), Some(secret_access_key)) =
            (self.maybe("s3_access_key_id"), self.maybe("s3_secret_access_key"))
        else {
            return Err(self.wrong("s3_bucket"));
        };
        let endpoint = self.maybe("s3_endpoint").map(|endpoint| endpoint.trim_end_matches('/').to_owned());
        if endpoint.as_ref().is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
            return Err(self.wrong("s3_endpoint"));
        }
        let region = self.maybe("s3_region").unwrap_or_default();
        Ok(Some(BucketSettings { bucket, endpoint, region, access_key_id, secret_access_key }))
    }

    /// The sentence for a value that cannot be understood, naming it the way it was given.
    fn wrong(&self, key: &'static str) -> SettingsError {
        let known = known::of(key);
        let name = match self.values.get(key).map(|(_, source)| *source) {
            Some(Source::CommandLine) => format!("--{key}"),
            Some(Source::File) => format!("`{key}` in spacehub.toml"),
            _ => known.env.to_owned(),
        };
        match known.is_secret {
            true => SettingsError::WrongSecret { name, expected: known.expected },
            false => {
                SettingsError::Wrong { name, value: self.maybe(key).unwrap_or_default(), expected: known.expected }
            }
        }
    }

    fn sources(&self) -> HashMap<&'static str, Source> {
        let source = |known: &Known| self.values.get(known.key).map_or(Source::Default, |(_, source)| *source);
        KNOWN.iter().map(|known| (known.key, source(known))).collect()
    }
}

/// The settings in the file, when there is one.
fn from_file(
    overrides: &Overrides,
    env: &impl Fn(&str) -> Option<String>,
) -> Result<Vec<(&'static str, String)>, SettingsError> {
    let named = overrides.config.clone().or_else(|| env("SPACEHUB_CONFIG").map(PathBuf::from));
    let file = named.clone().unwrap_or_else(|| PathBuf::from("spacehub.toml"));
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound && named.is_none() => return Ok(Vec::new()),
        Err(source) => return Err(SettingsError::Closed { file, source }),
    };
    understand(&file, &text)
}

fn understand(file: &Path, text: &str) -> Result<Vec<(&'static str, String)>, SettingsError> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| SettingsError::NotToml {
        file: file.to_owned(),
        why: error.message().to_owned(),
    })?;
    let one = |(key, value): (String, toml::Value)| {
        let known = KNOWN.iter().find(|known| known.key == key);
        let known = known.ok_or_else(|| SettingsError::Unknown { file: file.to_owned(), key })?;
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Array(words) => {
                words.iter().map(|word| word.as_str().unwrap_or_default()).collect::<Vec<_>>().join(",")
            }
            toml::Value::Integer(number) => number.to_string(),
            _ => {
                let name = format!("`{}` in {}", known.key, file.display());
                return Err(SettingsError::WrongSecret { name, expected: known.expected });
            }
        };
        Ok((known.key, text))
    };
    table.into_iter().map(one).collect()
}

impl Secret {
    /// The value itself, for the one who needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl FromStr for Mode {
    type Err = ();

    fn from_str(text: &str) -> Result<Mode, ()> {
        match text {
            "development" => Ok(Mode::Development),
            "production" => Ok(Mode::Production),
            _ => Err(()),
        }
    }
}

impl FromStr for Pooler {
    type Err = ();

    fn from_str(text: &str) -> Result<Pooler, ()> {
        match text {
            "none" => Ok(Pooler::None),
            "transaction" => Ok(Pooler::Transaction),
            _ => Err(()),
        }
    }
}

impl FromStr for LogFormat {
    type Err = ();

    fn from_str(text: &str) -> Result<LogFormat, ()> {
        match text {
            "auto" => Ok(LogFormat::Auto),
            "text" => Ok(LogFormat::Text),
            "json" => Ok(LogFormat::Json),
            _ => Err(()),
        }
    }
}

#[cfg(test)]
mod tests;
