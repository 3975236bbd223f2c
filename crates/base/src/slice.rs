//! A slice of the system as the binary sees it: doors, jobs and clockwork under one name.

use utoipa_axum::router::OpenApiRouter;

use crate::{App, Job, cron::Cron, outbox::Kind};

/// What one slice brings.
pub struct Slice {
    pub name: &'static str,
    pub routes: OpenApiRouter<App>,
    pub jobs: Vec<Kind>,
    pub crons: Vec<Cron>,
}

impl Slice {
    pub fn new(name: &'static str) -> Slice {
        Slice { name, routes: OpenApiRouter::new(), jobs: Vec::new(), crons: Vec::new() }
    }

    /// The slice's doors under `/v2` (or `/api/auth`), described for the OpenAPI document.
    pub fn routes(mut self, routes: OpenApiRouter<App>) -> Slice {
        self.routes = self.routes.merge(routes);
        self
    }

    /// What happens later.
    pub fn job<J: Job>(mut self) -> Slice {
        self.jobs.push(Kind::of::<J>());
        self
    }

    /// What happens by the clock.
    pub fn cron(mut self, cron: Cron) -> Slice {
        self.crons.push(cron);
        self
    }
}
