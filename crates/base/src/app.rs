//! What one running process has: its way to Postgres, its clock, its key, its key-value store.

use std::{any::Any, any::TypeId, collections::HashMap, fmt, ops::Deref, sync::Arc};

use tokio::sync::watch;

use crate::{clock::Clock, codes::Codes, kv::Kv, limits::Limits, pool::Pool, secrets::ServerKey};

/// Shared by every request and job of a process; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// The parts of an [`App`].
pub struct Parts {
    pub pool: Pool,
    pub clock: Clock,
    pub key: ServerKey,
    pub kv: Kv,
    pub limits: Limits,
    pub codes: Codes,
    /// How people reach the web app from outside: `http://localhost:8080`, no slash at the end.
    pub public_url: String,
    /// Origins whose pages may send changes with a cookie; the public one is always among them.
    pub trusted_origins: Vec<String>,
    /// Changed by a commit that promised something, so that a worker in this process starts at once.
    pub(crate) promised: watch::Sender<()>,
    /// Changed when another process has promised something.
    pub(crate) rung: watch::Sender<()>,
    others: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
}

impl App {
    pub fn new(pool: Pool, clock: Clock, key: ServerKey, kv: Kv, public_url: impl Into<String>) -> App {
        let public_url = public_url.into();
        App(Arc::new(Parts {
            pool,
            clock,
            key,
            limits: Limits::new(&kv),
            codes: Codes::new(&kv),
            kv,
            trusted_origins: vec![public_url.clone()],
            public_url,
            promised: watch::Sender::new(()),
            rung: watch::Sender::new(()),
            others: HashMap::new(),
        }))
    }

    /// Adds what only some crates know the type of (the providers); before the app is shared.
    pub fn with<T: Any + Send + Sync>(mut self, part: T) -> App {
        let parts = Arc::get_mut(&mut self.0).expect("parts are added before the app is shared");
        parts.others.insert(TypeId::of::<T>(), Arc::new(part));
        self
    }

    /// Counts against limits that nobody reaches; before the app is shared.
    pub fn roomy(mut self) -> App {
        let parts = Arc::get_mut(&mut self.0).expect("limits are widened before the app is shared");
        parts.limits = Limits::roomy(&parts.kv);
        self
    }

    /// Trusts another origin's pages; before the app is shared.
    pub fn trusting(mut self, origin: impl Into<String>) -> App {
        let parts = Arc::get_mut(&mut self.0).expect("origins are added before the app is shared");
        parts.trusted_origins.push(origin.into());
        self
    }

    /// The same process seen through another pool: the workers' own.
    pub fn through(&self, pool: Pool) -> App {
        self.changed(pool, self.clock.clone())
    }

    /// The same process at another time: how the demo lives through a year that has passed.
    pub fn at_the_time_of(&self, clock: Clock) -> App {
        self.changed(self.pool.clone(), clock)
    }

    fn changed(&self, pool: Pool, clock: Clock) -> App {
        App(Arc::new(Parts {
            pool,
            clock,
            key: self.key.clone(),
            kv: self.kv.clone(),
            limits: self.limits.clone(),
            codes: self.codes.clone(),
            public_url: self.public_url.clone(),
            trusted_origins: self.trusted_origins.clone(),
            promised: self.promised.clone(),
            rung: self.rung.clone(),
            others: self.others.clone(),
        }))
    }

    /// People reach us by https.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The part of that type.
    ///
    /// # Panics
    /// When the process was built without it, which the first start shows.
    pub fn part<T: Any + Send + Sync>(&self) -> Arc<T> {
        let part = self.others.get(&TypeId::of::<T>()).cloned();
        let part = part.unwrap_or_else(|| panic!("the app was built without {}", std::any::type_name::<T>()));
        part.downcast().expect("parts are kept by their type")
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("public_url", &self.public_url).finish_non_exhaustive()
    }
}
