//! Wakes the workers of other processes after a promise: one `NOTIFY` at most every 20 ms, from a connection of its
//! own and never inside the business transaction, whose commit it would make several times slower.
//!
//! A lost ring costs at most the workers' own poll of a second.

use std::{future::poll_fn, pin::pin, time::Duration};

use tokio::sync::watch;
use tokio_postgres::{AsyncMessage, Client};
use uuid::Uuid;

use crate::App;

/// The channel that processes listen on.
const CHANNEL: &str = "outbox";
/// How often others are rung at most.
const EVERY: Duration = Duration::from_millis(20);
/// How long to wait before the connection is made anew.
const PATIENCE: Duration = Duration::from_secs(1);

/// Rings for this process's promises and passes on what others ring, until `stop` turns true.
///
/// The workers run one themselves ([`crate::workers::Workers::run`]); a process that only serves requests runs this.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    let me = Uuid::now_v7().to_string();
    while !*stop.borrow() {
        tokio::select! {
            ended = serve(&app, &me) => {
                if let Err(error) = ended {
                    tracing::warn!(%error, "the bell between processes is silent, workers poll meanwhile: {error}");
                }
                tokio::select! { () = tokio::time::sleep(PATIENCE) => {}, _ = stop.changed() => {} }
            }
            _ = stop.changed() => {}
        }
    }
}

/// One connection's life.
async fn serve(app: &App, me: &str) -> Result<(), tokio_postgres::Error> {
    let address = app.pool.address();
    let (client, mut connection) = address.config.connect(address.tls.clone()).await?;
    let hear = async {
        loop {
            match poll_fn(|context| connection.poll_message(context)).await {
                Some(Ok(AsyncMessage::Notification(rung))) if rung.payload() != me => app.rung.send_replace(()),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error),
                None => return Ok(()),
            }
        }
    };
    let mut hear = pin!(hear);
    tokio::select! { ended = &mut hear => ended, ended = ring(app, &client, me) => ended }
}

async fn ring(app: &App, client: &Client, me: &str) -> Result<(), tokio_postgres::Error> {
    client.batch_execute(&format!("listen {CHANNEL}")).await?;
    // What was promised while nobody listened.
    app.rung.send_replace(());
    let mut promised = app.promised.subscribe();
    while promised.changed().await.is_ok() {
        client.execute("select pg_notify($1, $2)", &[&CHANNEL, &me]).await?;
        tokio::time::sleep(EVERY).await;
    }
    Ok(())
}
