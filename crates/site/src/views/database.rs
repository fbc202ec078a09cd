//! The database in which views are counted: a row for each article and hour, and nothing of any
//! reader.

use crate::views::encryption;
use editorial::content::views::Count;
use model::Moment;
use postgres::Client;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How long a database may take to answer a connection, and to let go of what another writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// A statement for each kind of database: all of them are the same but for the names of types.
const TABLE: &str = "CREATE TABLE IF NOT EXISTS portal_views (article TEXT NOT NULL, hour BIGINT NOT NULL, \
                     views BIGINT NOT NULL, PRIMARY KEY (article, hour))";
const ADD: &str = "INSERT INTO portal_views (article, hour, views) VALUES ($1, $2, $3) \
                   ON CONFLICT (article, hour) DO UPDATE SET views = portal_views.views + excluded.views";
const SUMS: &str = "SELECT article, CAST(SUM(views) AS BIGINT), \
                    CAST(SUM(CASE WHEN hour >= $1 THEN views ELSE 0 END) AS BIGINT) \
                    FROM portal_views GROUP BY article";
/// The views of each day in Viet Nam, by the number of days since 1970 there.
const DAYS: &str =
    "SELECT (hour + 7) / 24, CAST(SUM(views) AS BIGINT) FROM portal_views GROUP BY 1 ORDER BY 1";

/// Where a database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A file of `SQLite`.
    File(PathBuf),
    /// A server with `PostgreSQL`, by its address.
    Server(String),
}

/// A database that is open.
pub(crate) enum Database {
    /// A file.
    Sqlite(Connection),
    /// A server.
    Postgres(Client),
}

/// The views of an article in an hour since 1970.
pub(crate) type Row = ((String, i64), i64);

impl Place {
    /// The place that a person names: an address that begins with `postgres://` or
    /// `postgresql://`, or else a file.
    pub(crate) fn named(text: &str) -> Self {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Self::Server(text.to_owned())
        } else {
            Self::File(PathBuf::from(text))
        }
    }

    /// Opens the database. Where it has no table yet, it gets one.
    ///
    /// # Errors
    /// Where it cannot be reached or written; never with the address, which may hold a password.
    pub(crate) fn open(&self) -> Result<Database, String> {
        match self {
            Self::File(file) => {
                if let Some(folder) = file.parent() {
                    fs::create_dir_all(folder).map_err(said)?;
                }
                let connection = Connection::open(file).map_err(said)?;
                connection.busy_timeout(PATIENCE).map_err(said)?;
                // A count may be lost in a power cut, but the file is never damaged.
                connection
                    .pragma_update(None, "journal_mode", "WAL")
                    .and_then(|()| connection.pragma_update(None, "synchronous", "NORMAL"))
                    .and_then(|()| connection.execute(TABLE, ()))
                    .map_err(said)?;
                Ok(Database::Sqlite(connection))
            }
            Self::Server(address) => {
                let mut config: postgres::Config = address.parse().map_err(said_by_server)?;
                config.connect_timeout(PATIENCE).tcp_user_timeout(PATIENCE);
                config.ssl_mode(encryption::mode(&config, address));
                let tls = encryption::connector()?;
                let client = config.connect(tls).map_err(said_by_server);
                let mut client = client.map_err(encryption::explained)?;
                // Several servers may begin at once, so the table may be there by now.
                let made = client.batch_execute(TABLE);
                made.or_else(|_| client.batch_execute(TABLE))
                    .map_err(said_by_server)?;
                Ok(Database::Postgres(client))
            }
        }
    }
}

impl Database {
    /// Adds views, all of them or none.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub(crate) fn add(&mut self, rows: &[Row]) -> Result<(), String> {
        match self {
            Self::Sqlite(connection) => {
                let change = connection.transaction().map_err(said)?;
                for ((article, hour), views) in rows {
                    change.execute(ADD, (article, hour, views)).map_err(said)?;
                }
                change.commit().map_err(said)
            }
            Self::Postgres(client) => {
                let mut change = client.transaction().map_err(said_by_server)?;
                for ((article, hour), views) in rows {
                    change
                        .execute(ADD, &[article, hour, views])
                        .map_err(said_by_server)?;
                }
                change.commit().map_err(said_by_server)
            }
        }
    }

    /// The views of each article by `section/slug`, all of them and those since an hour.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub(crate) fn counts(&mut self, since: i64) -> Result<BTreeMap<String, Count>, String> {
        let count = |article: String, total: i64, recent: i64| {
            let count = |views: i64| u64::try_from(views).unwrap_or_default();
            let (total, recent) = (count(total), count(recent));
            (article, Count { total, recent })
        };
        match self {
            Self::Sqlite(connection) => {
                let mut asked = connection.prepare(SUMS).map_err(said)?;
                let rows = asked
                    .query_map((since,), |row| {
                        Ok(count(row.get(0)?, row.get(1)?, row.get(2)?))
                    })
                    .map_err(said)?;
                rows.collect::<Result<_, _>>().map_err(said)
            }
            Self::Postgres(client) => {
                let rows = client.query(SUMS, &[&since]).map_err(said_by_server)?;
                let rows = rows.iter();
                Ok(rows
                    .map(|row| count(row.get(0), row.get(1), row.get(2)))
                    .collect())
            }
        }
    }

    /// How many views there were in all at the end of each month; see [`totals`].
    ///
    /// # Errors
    /// Where they cannot be read.
    pub(crate) fn totals(&mut self) -> Result<BTreeMap<String, u64>, String> {
        let days: Vec<(i64, i64)> = match self {
            Self::Sqlite(connection) => {
                let mut asked = connection.prepare(DAYS).map_err(said)?;
                let rows = asked
                    .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))
                    .map_err(said)?;
                rows.collect::<Result<_, _>>().map_err(said)?
            }
            Self::Postgres(client) => {
                let rows = client.query(DAYS, &[]).map_err(said_by_server)?;
                rows.iter().map(|row| (row.get(0), row.get(1))).collect()
            }
        };
        Ok(totals(days.into_iter()))
    }
}

/// How many views there were in all at the end of each month (`2026-11`), and none at the end of the month
/// before the first one. `days` are days since 1970 with their views, the earliest first.
fn totals(days: impl Iterator<Item = (i64, i64)>) -> BTreeMap<String, u64> {
    let mut totals = BTreeMap::new();
    let mut all = 0_u64;
    for (day, views) in days {
        let Moment { year, month, .. } = Moment::from_minutes(day.saturating_mul(24 * 60), 0);
        if totals.is_empty() {
            let (year, month) = if month == 1 {
                (year.saturating_sub(1), 12)
            } else {
                (year, month - 1)
            };
            totals.insert(format!("{year:04}-{month:02}"), 0);
        }
        all = all.saturating_add(u64::try_from(views).unwrap_or_default());
        totals.insert(format!("{year:04}-{month:02}"), all);
    }
    totals
}

/// The present hour since 1970.
pub(crate) fn hour() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_secs() / 3_600).unwrap_or(i64::MAX)
}

/// The first hour of the last days.
pub(crate) fn first_hour(days: u16) -> i64 {
    hour() - 24 * i64::from(days) + 1
}

fn said(error: impl Display) -> String {
    error.to_string()
}

/// What a server says, with its reason: its own words are only “db error”.
fn said_by_server(error: postgres::Error) -> String {
    match (error.as_db_error(), std::error::Error::source(&error)) {
        (Some(reason), _) => reason.message().to_owned(),
        (None, Some(source)) => format!("{error}: {source}"),
        (None, None) => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_of_an_hour_are_one_row_and_old_ones_count_in_the_total_alone() {
        let place = tempfile::tempdir().unwrap();
        let file = Place::File(place.path().join("views.sqlite"));
        let row = |article: &str, hour, views| ((article.to_owned(), hour), views);
        let mut database = file.open().unwrap();
        database
            .add(&[row("port/a", 100, 3), row("port/a", 200, 1)])
            .unwrap();
        let mut another = file.open().unwrap();
        another
            .add(&[row("port/a", 200, 4), row("port/b", 100, 2)])
            .unwrap();
        let counts = database.counts(150).unwrap();
        let of = |total, recent| Count { total, recent };
        assert_eq!(counts["port/a"], of(8, 5));
        assert_eq!(counts["port/b"], of(2, 0));
        assert_eq!(database.totals().unwrap().len(), 2);
        let Database::Sqlite(connection) = database else {
            panic!("a file")
        };
        let rows = connection.query_row("SELECT COUNT(*) FROM portal_views", (), |row| {
            row.get::<_, i64>(0)
        });
        assert_eq!(rows, Ok(3));
        assert!(Place::File(place.path().to_path_buf()).open().is_err());
    }

    #[test]
    fn a_month_ends_in_viet_nam_and_has_all_views_until_then() {
        let place = tempfile::tempdir().unwrap();
        let mut database = Place::File(place.path().join("views.sqlite"))
            .open()
            .unwrap();
        let hour = |moment: &str| Moment::new(moment).unwrap().minutes() / 60;
        let row = |moment: &str, views| (("port/a".to_owned(), hour(moment)), views);
        assert_eq!(database.totals().unwrap(), BTreeMap::new());
        database
            .add(&[
                row("2025-12-31T23:00+07:00", 1),
                row("2026-01-01T00:00+07:00", 2),
                row("2026-03-05T12:00+07:00", 4),
            ])
            .unwrap();
        let totals = [
            ("2025-11", 0),
            ("2025-12", 1),
            ("2026-01", 3),
            ("2026-03", 7),
        ];
        let totals = totals.map(|(month, all)| (month.to_owned(), all));
        assert_eq!(database.totals().unwrap(), BTreeMap::from(totals));
    }
}
