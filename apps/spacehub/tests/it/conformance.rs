//! The official better-auth client, driven by Node against a server with all its providers: every call of the wire's
//! document. The client is fetched by npm beside its scripts (`tests/conformance`), and is no part of the product.

use std::{path::PathBuf, process::Stdio, time::Duration};

use axum::Router;
use base::Clock;
use serde_json::json;
use tokio::{process::Command, sync::watch};

use crate::town::{PASSWORD, Town};

/// Of the client; as in `package.json`.
const VERSION: &str = "1.7.25";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_official_client_can_make_every_call() {
    let folder = official_client().await;
    let (town, _outside) = Town::among_providers(Clock::System, |_| Router::new()).await;
    let dulmaa = town.director().await;
    let (stop, stopping) = watch::channel(false);
    let workers = town.workers.clone();
    let working = tokio::spawn(async move { workers.run(stopping).await });
    let people = json!({
        "director": { "email": dulmaa.email, "password": PASSWORD },
        "organization": { "id": town.altan, "slug": "5112345", "name": "Алтан Тауэр ХХК" },
        "foreign": { "id": town.mungun, "slug": "6223456" },
    });

    let run = Command::new("node")
        .arg("run.mjs")
        .current_dir(folder)
        .env("BASE_URL", &town.app.public_url)
        .env("PEOPLE", people.to_string())
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let run = tokio::time::timeout(Duration::from_secs(300), run).await.expect("it ends").expect("node runs");
    stop.send(true).expect("the workers listen");
    working.await.expect("the workers stop");

    let (said, complained) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    println!("{said}{complained}");
    assert!(run.status.success(), "{said}{complained}");
    let last = said.lines().last().unwrap_or_default();
    let (calls, green) = last.split_once(" calls, ").expect("the last line counts");
    assert_eq!(Some(calls), green.strip_suffix(" green"), "{last}");
    assert!(calls.parse::<u32>().is_ok_and(|calls| calls >= 70), "{last}");
}

/// The folder with the scripts and the client in it, fetched when it is not there.
async fn official_client() -> PathBuf {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance"));
    let installed = folder.join("node_modules/better-auth/package.json");
    let is_there = std::fs::read_to_string(installed)
        .is_ok_and(|package| package.contains(&format!("\"version\": \"{VERSION}\"")));
    if !is_there {
        let fetched = Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(&folder)
            .stdin(Stdio::null())
            .output()
            .await;
        let why = match fetched {
            Ok(output) if output.status.success() => None,
            Ok(output) => String::from_utf8_lossy(&output.stderr).lines().next().map(str::to_owned),
            Err(error) => Some(error.to_string()),
        };
        assert!(why.is_none(), "npm cannot fetch the official client: {}", why.unwrap_or_default());
    }
    folder
}
