//! What a database holds, for tests that look for what must not be there.

use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, SqliteConnection};

/// Runs a statement behind the store's back, if the database lets it.
pub async fn try_statement(url: &str, statement: &str) -> sqlx::Result<()> {
    let statement = AssertSqlSafe(statement.to_owned());
    if url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(url).await?;
        sqlx::query(statement).execute(&mut connection).await.map(|_| ())
    } else {
        let mut connection = PgConnection::connect(url).await?;
        sqlx::query(statement).execute(&mut connection).await.map(|_| ())
    }
}

/// Every table and all that stands in it, as text.
pub async fn content(url: &str) -> Vec<(String, String)> {
    if url.starts_with("sqlite:") { content_of_file(url).await } else { content_of_server(url).await }
}

async fn content_of_file(url: &str) -> Vec<(String, String)> {
    let mut connection = SqliteConnection::connect(url).await.unwrap();
    let names = "SELECT name FROM sqlite_master WHERE type = 'table'";
    let names: Vec<String> = sqlx::query_scalar(names).fetch_all(&mut connection).await.unwrap();
    let mut tables = Vec::new();
    for name in names {
        let rows = sqlx::query(AssertSqlSafe(format!("SELECT * FROM \"{name}\"")));
        let rows = rows.fetch_all(&mut connection).await.unwrap();
        let cells = rows.iter().flat_map(|row| (0..row.len()).map(move |column| cell(row, column)));
        tables.push((name, cells.collect::<Vec<_>>().join("\n")));
    }
    connection.close().await.unwrap();
    tables
}

/// SQLite gives any value as bytes.
fn cell(row: &SqliteRow, column: usize) -> String {
    let bytes: Option<Vec<u8>> = row.try_get_unchecked(column).unwrap();
    String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
}

async fn content_of_server(url: &str) -> Vec<(String, String)> {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let names = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'";
    let names: Vec<String> = sqlx::query_scalar(names).fetch_all(&mut connection).await.unwrap();
    let mut tables = Vec::new();
    for name in names {
        let rows = format!("SELECT replace(t::text, '\"\"', '\"') FROM \"{name}\" t");
        let rows: Vec<String> =
            sqlx::query_scalar(AssertSqlSafe(rows)).fetch_all(&mut connection).await.unwrap();
        tables.push((name, rows.join("\n")));
    }
    connection.close().await.unwrap();
    tables
}

/// The one number that a query gives.
pub async fn number(url: &str, query: &str) -> i64 {
    let query = AssertSqlSafe(query.to_owned());
    if url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(url).await.unwrap();
        sqlx::query_scalar(query).fetch_one(&mut connection).await.unwrap()
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::query_scalar(query).fetch_one(&mut connection).await.unwrap()
    }
}

/// How many rows all tables hold together.
pub async fn rows(url: &str) -> i64 {
    let mut all = 0;
    if url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(url).await.unwrap();
        let names = "SELECT name FROM sqlite_master WHERE type = 'table'";
        let names: Vec<String> = sqlx::query_scalar(names).fetch_all(&mut connection).await.unwrap();
        for name in names {
            let count = AssertSqlSafe(format!("SELECT COUNT(*) FROM \"{name}\""));
            all += sqlx::query_scalar::<_, i64>(count).fetch_one(&mut connection).await.unwrap();
        }
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        let names = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'";
        let names: Vec<String> = sqlx::query_scalar(names).fetch_all(&mut connection).await.unwrap();
        for name in names {
            let count = AssertSqlSafe(format!("SELECT COUNT(*) FROM \"{name}\""));
            all += sqlx::query_scalar::<_, i64>(count).fetch_one(&mut connection).await.unwrap();
        }
    }
    all
}
