use std::collections::HashMap;

use super::*;

fn read(env: &[(&str, &str)], overrides: &Overrides) -> Result<Settings, SettingsError> {
    let env: HashMap<&str, &str> = env.iter().copied().collect();
    Settings::read(overrides, |name| env.get(name).map(|value| (*value).to_owned()))
}

#[test]
fn nothing_has_to_be_set() {
    let settings = read(&[], &Overrides::default()).unwrap();

    assert_eq!(settings.public_url, "http://localhost:8080");
    assert_eq!(settings.data, PathBuf::from("data"));
    assert_eq!(settings.mode, Mode::Development);
    assert!(settings.database_url.is_none() && settings.secret.is_none());
    assert_eq!(settings.sources["listen"], Source::Default);
}

#[test]
fn the_command_line_goes_before_the_environment_and_that_before_the_file() {
    let file = std::env::temp_dir().join(format!("spacehub-settings-{}.toml", std::process::id()));
    fs::write(&file, "listen = \"0.0.0.0:1\"\ndb_connections = 3\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n")
        .unwrap();
    let overrides = Overrides {
        config: Some(file.clone()),
        data: Some("/srv/spacehub".into()),
        listen: Some("localhost:3".into()),
    };

    let settings = read(&[("SPACEHUB_LISTEN", "0.0.0.0:2"), ("SPACEHUB_DB_CONNECTIONS", "")], &overrides).unwrap();

    fs::remove_file(&file).unwrap();
    assert_eq!(settings.listen.to_string(), "localhost:3");
    assert_eq!((settings.db_connections, settings.proxies.to_string()), (3, "10.0.0.0/8, ::1/128".to_owned()));
    assert_eq!((settings.sources["listen"], settings.sources["db_connections"]), (Source::CommandLine, Source::File));
}

#[test]
fn what_is_wrong_is_named_as_it_was_given_and_secrets_are_not_shown() {
    let sentence = |env: &[(&str, &str)]| read(env, &Overrides::default()).unwrap_err().to_string();

    assert_eq!(
        sentence(&[("SPACEHUB_MODE", "prod")]),
        "SPACEHUB_MODE is `prod`, but should be development or production"
    );
    assert_eq!(
        sentence(&[("SPACEHUB_CONNECTIONS", "0")]),
        "SPACEHUB_CONNECTIONS is `0`, but should be a number above 0"
    );
    assert!(sentence(&[("SPACEHUB_TRUSTED_ORIGINS", "https://a.mn/x")]).starts_with("SPACEHUB_TRUSTED_ORIGINS is"));
    let short = sentence(&[("SPACEHUB_SECRET", "hunter2")]);
    assert!(short.starts_with("SPACEHUB_SECRET should be at least 32") && !short.contains("hunter2"), "{short}");
}

#[test]
fn origins_are_a_list() {
    let origins =
        |said: &str| read(&[("SPACEHUB_TRUSTED_ORIGINS", said)], &Overrides::default()).unwrap().trusted_origins;
    assert_eq!(origins(" https://*.a.mn, spacehub://,"), ["https://*.a.mn", "spacehub://"]);
    assert!(read(&[], &Overrides::default()).unwrap().trusted_origins.is_empty());
}

#[test]
fn a_bucket_comes_with_its_key_or_not_at_all() {
    let key = [("S3_BUCKET", "spacehub"), ("S3_ACCESS_KEY_ID", "an-id"), ("S3_SECRET_ACCESS_KEY", "hunter2")];
    let bucket = read(&key, &Overrides::default()).unwrap().bucket.unwrap();
    assert_eq!((bucket.bucket.as_str(), bucket.region.as_str(), &bucket.endpoint), ("spacehub", "us-east-1", &None));
    assert!(!format!("{bucket:?}").contains("hunter2"));

    assert!(read(&[], &Overrides::default()).unwrap().bucket.is_none());
    let without = read(&key[..2], &Overrides::default()).unwrap_err().to_string();
    assert!(without.starts_with("S3_BUCKET is `spacehub`, but should be a bucket's name, with"), "{without}");
    let endpoint = [&key[..], &[("S3_ENDPOINT", "minio:9000")]].concat();
    assert!(read(&endpoint, &Overrides::default()).unwrap_err().to_string().starts_with("S3_ENDPOINT is"));
}

#[test]
fn a_file_with_an_unknown_setting_is_refused() {
    let unknown = understand(Path::new("spacehub.toml"), "lisen = 'localhost:1'").unwrap_err().to_string();
    let broken = understand(Path::new("spacehub.toml"), "listen = ").unwrap_err().to_string();

    assert!(unknown.starts_with("spacehub.toml knows no setting `lisen`"), "{unknown}");
    assert!(broken.starts_with("spacehub.toml is not TOML: ") && !broken.contains('\n'), "{broken}");
}

#[test]
fn the_table_is_in_order() {
    for (at, known) in KNOWN.iter().enumerate() {
        assert!(KNOWN[at + 1..].iter().all(|other| other.key != known.key && other.env != known.env), "{}", known.key);
    }
}
