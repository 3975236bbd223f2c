//! Against a Postgres of these tests' own that takes nothing but TLS, with a certificate from an authority of theirs.

use std::{
    fs,
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use crate::{Address, Binaries, account::Account};

/// A server on a port of its own; gone when dropped, with its folder.
struct Server {
    process: Child,
    folder: PathBuf,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Server {
    async fn start() -> Server {
        let folder = std::env::temp_dir().join(format!("spacehub-tls-{}", crate::folder::random_name().unwrap()));
        fs::create_dir(&folder).unwrap();
        let account = Account::for_servers().unwrap();
        let (ours, theirs) = (authority("ours"), authority("theirs"));
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(["localhost".to_owned()]).unwrap().signed_by(&key, &ours).unwrap();
        for (name, text) in [
            ("ours.pem", ours.pem()),
            ("theirs.pem", theirs.pem()),
            ("server.crt", certificate.pem()),
            ("server.key", key.serialize_pem()),
            ("hba.conf", "hostssl all all 127.0.0.1/32 trust\n".to_owned()),
        ] {
            fs::write(folder.join(name), text).unwrap();
            account.give(&folder.join(name)).unwrap();
        }
        account.give(&folder).unwrap();
        let programs = Binaries::find(None, &|_| ()).unwrap().folder;
        let data = folder.join("data");
        let mut initdb = Command::new(programs.join("initdb"));
        initdb.args(["--no-sync", "-A", "trust", "-U", "postgres", "-D"]).arg(&data).current_dir(&folder);
        assert!(account.dress(&mut initdb).stdout(Stdio::null()).status().unwrap().success());
        Command::new("chmod").arg("600").arg(folder.join("server.key")).status().unwrap();

        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let at = |name: &str| folder.join(name).display().to_string();
        let settings = [
            "listen_addresses=127.0.0.1".to_owned(),
            format!("unix_socket_directories={}", folder.display()),
            "ssl=on".to_owned(),
            format!("ssl_cert_file={}", at("server.crt")),
            format!("ssl_key_file={}", at("server.key")),
            format!("hba_file={}", at("hba.conf")),
            "fsync=off".to_owned(),
        ];
        let mut postgres = Command::new(programs.join("postgres"));
        postgres.arg("-D").arg(&data).args(["-p", &port.to_string()]).current_dir(&folder);
        for setting in &settings {
            postgres.args(["-c", setting]);
        }
        let process = account.dress(&mut postgres).stderr(Stdio::null()).spawn().unwrap();
        let server = Server { process, folder, port };
        let began = Instant::now();
        while server.who("sslmode=require").await.is_err() {
            assert!(began.elapsed() < Duration::from_secs(60), "it does not start");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        server
    }

    /// Whether the connection that such an address makes is encrypted; else why there is none.
    async fn who(&self, tls: &str) -> Result<bool, String> {
        let tls = tls.replace("FOLDER", &self.folder.display().to_string());
        let (host, tls) = tls.split_once(' ').map_or(("localhost", tls.as_str()), |(host, tls)| (host, tls));
        let url = format!(
            "host={host} hostaddr=127.0.0.1 port={} user=postgres dbname=postgres {}",
            self.port,
            tls.replace('&', " ")
        );
        let said = |error: &dyn std::error::Error| {
            let mut text = error.to_string();
            let mut cause = error.source();
            while let Some(deeper) = cause {
                text = format!("{text}: {deeper}");
                cause = deeper.source();
            }
            text
        };
        let client =
            Address::parse(&url).map_err(|error| said(&error))?.connect().await.map_err(|error| said(&error))?;
        let row = client.query_one("select ssl from pg_stat_ssl where pid = pg_backend_pid()", &[]).await;
        Ok(row.map_err(|error| said(&error))?.get(0))
    }
}

fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

#[tokio::test]
async fn a_server_is_believed_as_far_as_the_address_says() {
    let server = Server::start().await;

    for private in [
        "sslmode=prefer",
        "sslmode=require",
        "sslmode=require&sslrootcert=FOLDER/ours.pem",
        "sslmode=verify-full&sslrootcert=FOLDER/ours.pem",
    ] {
        assert_eq!(server.who(private).await, Ok(true), "{private}");
    }
    for (pretended, why) in [
        ("sslmode=disable", "no pg_hba.conf entry"),
        ("sslmode=verify-full", "UnknownIssuer"),
        ("sslmode=verify-full&sslrootcert=FOLDER/theirs.pem", "UnknownIssuer"),
        ("elsewhere.test sslmode=verify-full&sslrootcert=FOLDER/ours.pem", "not valid for name"),
    ] {
        let refused = server.who(pretended).await.unwrap_err();
        assert!(refused.contains(why), "{pretended}: {refused}");
    }
}
