//! The table of settings: name in the file, name in the environment, default, what it should be and what it does.

/// One setting.
#[derive(Debug)]
pub struct Known {
    pub key: &'static str,
    pub env: &'static str,
    pub default: Option<&'static str>,
    pub expected: &'static str,
    pub about: &'static str,
    pub is_secret: bool,
}

/// Every setting there is.
pub const KNOWN: &[Known] = &[
    plain(
        "mode",
        "SPACEHUB_MODE",
        Some("development"),
        "development or production",
        "production: no sandbox, no demo data",
    ),
    plain(
        "listen",
        "SPACEHUB_LISTEN",
        Some("localhost:8080"),
        "an address and a port, like 0.0.0.0:8080",
        "where to listen",
    ),
    plain(
        "public_url",
        "SPACEHUB_PUBLIC_URL",
        None,
        "a URL like https://app.example.mn",
        "how people reach us; default: the address listened on",
    ),
    plain(
        "trusted_origins",
        "SPACEHUB_TRUSTED_ORIGINS",
        Some(""),
        "origins like https://app.example.mn, https://*.example.mn or spacehub://, separated by commas",
        "whose pages and apps may send changes and be led to, besides public_url",
    ),
    plain(
        "api_url",
        "SPACEHUB_API_URL",
        None,
        "a URL",
        "where `spacehub web` alone finds the API; default: public_url",
    ),
    plain(
        "ebarimt_url",
        "SPACEHUB_EBARIMT_URL",
        Some("http://127.0.0.1:7080"),
        "a URL",
        "the tax office's PosAPI service, in production",
    ),
    secret("callpro_key", "SPACEHUB_CALLPRO_KEY", "the key of the SMS account", "CallPro's x-api-key, in production"),
    plain("callpro_from", "SPACEHUB_CALLPRO_FROM", None, "a number like 72000001", "the number texts come from"),
    secret(
        "smtp_url",
        "SMTP_URL",
        "a URL like smtps://user:password@mail.example.mn",
        "the server that takes letters; default: the sandbox's, in production smtp://localhost",
    ),
    plain(
        "mail_from",
        "MAIL_FROM",
        Some("Spacehub <no-reply@spacehub.example>"),
        "a sender like Spacehub <no-reply@example.mn>",
        "whose name is on letters",
    ),
    plain(
        "sandbox_smtp",
        "SPACEHUB_SANDBOX_SMTP",
        Some("127.0.0.1:2525"),
        "an address and a port",
        "where the sandbox takes letters; a free port when that one is taken",
    ),
    plain("data", "SPACEHUB_DATA", Some("data"), "a folder", "where the database, files and keys lie"),
    plain(
        "files_origin",
        "FILES_ORIGIN",
        None,
        "an origin like https://files.example.mn",
        "where files of the data folder are read, besides public_url; default: public_url itself",
    ),
    plain(
        "s3_bucket",
        "S3_BUCKET",
        None,
        "a bucket's name, with S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY set too",
        "files lie in this bucket of S3, R2, MinIO and their like; default: in the data folder",
    ),
    plain(
        "s3_endpoint",
        "S3_ENDPOINT",
        None,
        "a URL like https://<account>.r2.cloudflarestorage.com",
        "where the bucket is; default: Amazon",
    ),
    plain("s3_region", "S3_REGION", Some("us-east-1"), "a region's name", "the bucket's region; R2's is auto"),
    secret("s3_access_key_id", "S3_ACCESS_KEY_ID", "the id of an access key", "who reads and writes the bucket"),
    secret("s3_secret_access_key", "S3_SECRET_ACCESS_KEY", "the secret of that access key", "signs for the bucket"),
    secret(
        "database_url",
        "DATABASE_URL",
        "a URL like postgres://user:password@host:5432/database",
        "a Postgres somebody else runs; default: a private one in the data folder",
    ),
    secret(
        "worker_database_url",
        "SPACEHUB_WORKER_DATABASE_URL",
        "a URL like DATABASE_URL's",
        "the workers' own login; default: DATABASE_URL with the role spacehub_worker",
    ),
    secret(
        "admin_database_url",
        "SPACEHUB_ADMIN_DATABASE_URL",
        "a URL like DATABASE_URL's",
        "the login that migrates; default: DATABASE_URL",
    ),
    secret(
        "redis_url",
        "REDIS_URL",
        "a URL like redis://host:6379",
        "a Redis somebody else runs; default: a private one, or none",
    ),
    secret(
        "secret",
        "SPACEHUB_SECRET",
        "at least 32 characters, the same on every node",
        "signs sessions, seals credentials; default: made once, kept in the data folder",
    ),
    plain(
        "trusted_proxies",
        "SPACEHUB_TRUSTED_PROXIES",
        Some(""),
        "addresses and ranges like 10.0.0.0/8, separated by commas",
        "whose X-Forwarded-For is believed",
    ),
    plain(
        "db_connections",
        "SPACEHUB_DB_CONNECTIONS",
        Some("16"),
        "a number above 0",
        "connections to Postgres that requests share",
    ),
    plain(
        "db_pooler",
        "SPACEHUB_DB_POOLER",
        Some("none"),
        "none or transaction",
        "transaction: a pooler in that mode stands before Postgres (PgBouncer before 1.21), so statements have no names",
    ),
    plain("connections", "SPACEHUB_CONNECTIONS", Some("4096"), "a number above 0", "sockets open at once"),
    plain(
        "connections_per_ip",
        "SPACEHUB_CONNECTIONS_PER_IP",
        Some("100"),
        "a number above 0",
        "sockets open at once from one address, this machine's own aside",
    ),
    plain(
        "requests_in_flight",
        "SPACEHUB_REQUESTS_IN_FLIGHT",
        Some("512"),
        "a number above 0",
        "requests answered at once; more get 503",
    ),
    plain(
        "drain_delay_secs",
        "SPACEHUB_DRAIN_DELAY_SECS",
        Some("0"),
        "a number of seconds",
        "between /readyz turning 503 and the end of accepting",
    ),
    plain("log", "SPACEHUB_LOG", Some("info,tokio_postgres=warn"), "a filter like info,base=debug", "what is logged"),
    plain(
        "log_format",
        "SPACEHUB_LOG_FORMAT",
        Some("auto"),
        "auto, text or json",
        "auto: text on a terminal, JSON elsewhere",
    ),
];

/// The setting `key`, which is one of the table's.
pub(super) fn of(key: &'static str) -> &'static Known {
    KNOWN.iter().find(|known| known.key == key).expect("keys are written in the table first")
}

const fn plain(
    key: &'static str,
    env: &'static str,
    default: Option<&'static str>,
    expected: &'static str,
    about: &'static str,
) -> Known {
    Known { key, env, default, expected, about, is_secret: false }
}

const fn secret(key: &'static str, env: &'static str, expected: &'static str, about: &'static str) -> Known {
    Known { key, env, default: None, expected, about, is_secret: true }
}
