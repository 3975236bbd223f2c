//! Runs parts of the system until somebody says stop.

use std::{collections::BTreeSet, process, sync::Arc, time::Instant};

use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use crate::{
    application::{self, Part, Wanted},
    edge::{Caps, Edge},
    ground::{Ground, Shape},
    open_files,
    ops::{self, Readiness},
    problem::Problem,
    serve::{self, Limits},
    settings::Settings,
};

/// Files a process keeps open besides its clients' sockets: connections to Postgres, logs, the program itself.
const OTHER_FILES: usize = 128;

/// Brings `parts` up, says where they are, and takes them down again in order.
pub async fn run(
    mut settings: Settings,
    parts: BTreeSet<Part>,
    shape: Shape,
    demo: bool,
    say: impl Fn(&str) + Send + Sync,
) -> Result<(), Problem> {
    let began = Instant::now();
    let stopping = stop_signals()?;
    // First of all the port: what is cheap to find out is said before Postgres is even looked for.
    let listeners = settings.listen.bind().await?;
    let address = listeners.first().and_then(|listener| listener.local_addr().ok());
    // The port the kernel chose, when it was asked to.
    if let (Some(bare), Some(address)) = (settings.public_url.strip_suffix(":0"), address) {
        settings.public_url = format!("{bare}:{}", address.port());
    }

    let mut told = stopping.clone();
    let readiness = Readiness::ready();
    let counters = ops::start_counting();
    let starting = async {
        let ground = Ground::open(&settings, shape, &say).await?;
        let wanted = Wanted { settings: &settings, parts: &parts, demo };
        let built = application::build(&wanted, &ground, readiness.clone(), counters, stopping.clone(), &say).await?;
        Ok::<_, Problem>((ground, built))
    };
    let (ground, built) = tokio::select! {
        started = starting => started?,
        _ = told.wait_for(|stop| *stop) => return Ok(()),
    };

    let behind: Vec<_> = built.behind.into_iter().map(tokio::spawn).collect();
    greet(&settings, &built.greeting, began, &say);

    let open_files = open_files::allow_many();
    let limits = Limits {
        connections: settings.connections.min(open_files.saturating_sub(OTHER_FILES)).max(1),
        connections_per_ip: settings.connections_per_ip,
        ..Limits::default()
    };
    let caps = Caps { in_flight: settings.requests_in_flight, ..Caps::default() };
    let https = settings.public_url.starts_with("https://");
    let mut edge = Edge::new(caps, settings.proxies.clone(), https);
    if let Some(origin) = &built.pictures_from {
        edge = edge.with_pictures_from(origin);
    }
    if parts.contains(&Part::Web) {
        edge = edge.with_pages(web::problem::refusal);
    }
    let router = edge.around(built.router);
    let stop = async {
        let _ = told.wait_for(|stop| *stop).await;
        readiness.turn_off();
        say("stopping: what runs is finished first");
        tokio::time::sleep(settings.drain_delay).await;
    };
    let drained = serve::serve(router, listeners, limits, stop).await;
    if drained.cut > 0 {
        tracing::warn!("{} connections were cut because they did not end in time", drained.cut);
    }
    for task in behind {
        let _ = task.await;
    }
    ground.close().await;
    say("stopped");
    Ok(())
}

/// Turns true at the first Ctrl-C or SIGTERM; the second ends the process at once.
fn stop_signals() -> Result<watch::Receiver<bool>, Problem> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let (stop, stopping) = watch::channel(false);
    let stop = Arc::new(stop);
    tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            if stop.send_replace(true) {
                process::exit(130);
            }
        }
    });
    Ok(stopping)
}

fn greet(settings: &Settings, greeting: &[String], began: Instant, say: &impl Fn(&str)) {
    say(&format!("Spacehub is up at {} ({:.1} s)", settings.public_url, began.elapsed().as_secs_f32()));
    for line in greeting {
        say(line);
    }
}
