//! What this process does, put together: the areas' slices, the pages, the operators' doors, the outside world.

use std::collections::BTreeSet;

use axum::Router;
use base::{App, Clock, kv::Kv, pool::Pool, workers::Workers};
use billing::Providers;
use client::Transport;
use futures_util::future::BoxFuture;
use metrics_exporter_prometheus::PrometheusHandle;
use providers::{
    Secret,
    ebarimt::simulator::Party,
    sandbox::{self, Sandbox},
};
use store::Store;
use tokio::{net::TcpListener, sync::watch};
use web::{DemoSignIn, Site};

use crate::{
    api, demo, docs,
    ground::Ground,
    ops::{self, Readiness},
    problem::Problem,
    settings::{Mode, Pooler, Settings},
};

/// A part that can run alone or with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Part {
    Api,
    Web,
    Workers,
    Sandbox,
}

/// What is served, what runs behind it, and what is said once it does.
pub struct Application {
    pub router: Router,
    pub behind: Vec<BoxFuture<'static, ()>>,
    /// Lines printed below the address: the demo sign-ins.
    pub greeting: Vec<String>,
    /// Where pages may show pictures from, besides their own origin.
    pub pictures_from: Option<String>,
}

/// What is asked of this process.
pub struct Wanted<'a> {
    pub settings: &'a Settings,
    pub parts: &'a BTreeSet<Part>,
    /// Fill a database without owners with the demo.
    pub demo: bool,
}

/// Builds the parts asked for; `stop` turns true when they are to come to their end.
pub async fn build(
    wanted: &Wanted<'_>,
    ground: &Ground,
    readiness: Readiness,
    counters: PrometheusHandle,
    stop: watch::Receiver<bool>,
    say: &(dyn Fn(&str) + Send + Sync),
) -> Result<Application, Problem> {
    let Wanted { parts, .. } = wanted;
    let mut settings = wanted.settings.clone();
    let letters = match parts.contains(&Part::Sandbox) {
        true => Some(take_letters(&mut settings).await?),
        false => None,
    };
    let settings = &settings;
    let (app, workshop) = process(settings, ground).await?;
    if wanted.demo && demo::is_needed(&app).await? {
        demo::fill(&app, &workshop, app.clock.now(), say).await?;
    }
    let shown = settings.mode == Mode::Development && demo::is_there(&app).await?;

    let pictures_from = Some(app.part::<Store>().origin()).filter(|origin| *origin != settings.public_url);
    let mut router = ops::routes(readiness, Some(app.pool.clone()), counters);
    let (doors, _) = api::api(app);
    if parts.contains(&Part::Web) {
        let transport = match parts.contains(&Part::Api) {
            true => Transport::InProcess(doors.clone()),
            false => Transport::Http { base_url: settings.api_url.clone(), client: reqwest::Client::new() },
        };
        router = router.merge(web::router(site(transport, settings, shown)));
    }
    if parts.contains(&Part::Api) {
        router = router.merge(doors).merge(docs::routes());
    }
    let mut behind: Vec<BoxFuture<'static, ()>> = Vec::new();
    if let Some(listener) = letters {
        let (sandbox, mut stop) = (outside_world(settings), stop.clone());
        router = router.merge(sandbox.router());
        behind.push(Box::pin(async move {
            tokio::select! {
                () = sandbox.mail.serve(listener) => {}
                _ = stop.wait_for(|stop| *stop) => {}
            }
        }));
    }
    if parts.contains(&Part::Workers) {
        let workers = Workers::new(workshop, &api::slices());
        behind.push(Box::pin(async move { workers.run(stop).await }));
    } else if parts.contains(&Part::Api) {
        // What is promised here is kept in another process, which is rung through Postgres.
        behind.push(Box::pin(async move { base::bell::run(workshop, stop).await }));
    }
    Ok(Application { router, behind, greeting: greeting(settings, shown), pictures_from })
}

/// Opens the sandbox's post office and, unless there is another one, has letters sent to it.
async fn take_letters(settings: &mut Settings) -> Result<TcpListener, Problem> {
    let wanted = TcpListener::bind(settings.sandbox_smtp).await;
    let listener = match wanted {
        Ok(listener) => listener,
        // Another Spacehub on this machine has it.
        Err(_) => TcpListener::bind((settings.sandbox_smtp.ip(), 0)).await?,
    };
    if !settings.smtp_is_given {
        settings.outside.mail.url = Secret::new(format!("smtp://{}", listener.local_addr()?));
    }
    Ok(listener)
}

/// The process as requests see it and as workers see it.
pub async fn process(settings: &Settings, ground: &Ground) -> Result<(App, App), Problem> {
    let connect = match settings.db_pooler {
        Pooler::None => Pool::new,
        Pooler::Transaction => Pool::behind_a_pooler,
    };
    let pool = connect(&ground.urls.app, settings.db_connections)?;
    let kv = match &ground.redis_url {
        Some(url) => Kv::redis(url)?,
        None => Kv::in_process(),
    };
    let app = App::new(pool, Clock::System, ground.key.clone(), kv, settings.public_url.clone());
    let app = settings.trusted_origins.iter().fold(app, |app, origin| app.trusting(origin));
    let app = app.with(providers_of(settings)?).with(store_of(settings, ground)?);
    let workshop = app.through(connect(&ground.urls.worker, settings.db_connections)?);
    Ok((app, workshop))
}

/// The production clients, against the sandbox where nothing real may be called.
fn providers_of(settings: &Settings) -> Result<Providers, Problem> {
    match settings.mode {
        Mode::Development => Ok(Providers::sandbox(&settings.public_url)?.mailing(&settings.outside.mail)?),
        Mode::Production => Ok(Providers::real(&settings.outside)?),
    }
}

/// Where files lie: the bucket, or a folder beside the database.
fn store_of(settings: &Settings, ground: &Ground) -> Result<Store, Problem> {
    match &settings.bucket {
        Some(bucket) => Ok(Store::in_bucket(bucket)?),
        None => {
            let origin = settings.files_origin.as_ref().unwrap_or(&settings.public_url);
            Ok(Store::in_folder(&ground.data.join("files"), origin, ground.key.clone())?)
        }
    }
}

fn site(transport: Transport, settings: &Settings, demo_is_there: bool) -> Site {
    let mut site = Site::new(transport, &settings.public_url);
    if demo_is_there {
        let sign_in = |(email, who): (&str, &str)| DemoSignIn {
            who: who.to_owned(),
            email: email.to_owned(),
            password: demo::PASSWORD.to_owned(),
        };
        site.demo = demo::SIGN_INS.map(sign_in).into();
    }
    site
}

/// Every provider's simulator; the tax daemon knows the demo's owners.
pub fn outside_world(settings: &Settings) -> Sandbox {
    let parties = demo::TINS.map(|(tin, register_no, name)| Party::merchant(tin, register_no, name));
    Sandbox::new(sandbox::Settings::demo(&settings.public_url, parties.to_vec()))
}

fn greeting(settings: &Settings, demo_is_there: bool) -> Vec<String> {
    if !demo_is_there {
        return Vec::new();
    }
    let mut lines = vec!["demo sign-ins, password spacehub-demo:".to_owned()];
    lines.extend(demo::SIGN_INS.iter().map(|(email, who)| format!("  {email:<28} {who}")));
    lines.push(format!("  the tenant's phone {}: {}/sandbox", demo::TENANT_PHONE, settings.public_url));
    lines
}
