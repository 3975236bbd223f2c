//! What every status has: a word in the database and on the wire, and one table of what may become what.

/// The step that was asked for is not in the table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{from} may not become {to}")]
pub struct NotAllowed {
    pub from: &'static str,
    pub to: &'static str,
}

/// A closed list of words: the variant in code, `snake_case` in Postgres and JSON.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::status::UnknownWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text { $($word => Ok($name::$variant),)+ _ => Err($crate::status::UnknownWord) }
            }
        }

        #[cfg(feature = "sql")]
        impl postgres_types::ToSql for $name {
            fn to_sql(
                &self,
                ty: &postgres_types::Type,
                out: &mut postgres_types::private::BytesMut,
            ) -> Result<postgres_types::IsNull, Box<dyn std::error::Error + Sync + Send>> {
                postgres_types::ToSql::to_sql(&self.as_str(), ty, out)
            }
            fn accepts(ty: &postgres_types::Type) -> bool {
                <&str as postgres_types::ToSql>::accepts(ty)
            }
            postgres_types::to_sql_checked!();
        }

        #[cfg(feature = "sql")]
        impl<'a> postgres_types::FromSql<'a> for $name {
            fn from_sql(
                ty: &postgres_types::Type,
                raw: &'a [u8],
            ) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
                Ok(<&str as postgres_types::FromSql>::from_sql(ty, raw)?.parse()?)
            }
            fn accepts(ty: &postgres_types::Type) -> bool {
                <&str as postgres_types::FromSql>::accepts(ty)
            }
        }

        #[cfg(feature = "openapi")]
        $crate::id::schema!($name, utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .enum_values(Some([$($word),+])));
    };
}

/// The steps a status may take; `transition_to` is the only way along them.
macro_rules! life {
    ($name:ident: $($from:pat => $to:pat),+ $(,)?) => {
        impl $name {
            /// The whole life at a glance.
            pub fn may_become(self, next: $name) -> bool {
                #[allow(unused_imports)]
                use $name::*;
                match self { $($from => matches!(next, $to),)+ #[allow(unreachable_patterns)] _ => false }
            }

            /// The next status, or both names when the table does not know the step.
            pub fn transition_to(self, next: $name) -> Result<$name, $crate::NotAllowed> {
                if self.may_become(next) {
                    Ok(next)
                } else {
                    Err($crate::NotAllowed { from: self.as_str(), to: next.as_str() })
                }
            }
        }
    };
}

/// A word that is not on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a known word")]
pub struct UnknownWord;
