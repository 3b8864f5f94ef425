//! SQL of [`People`].

use std::collections::HashSet;

use async_trait::async_trait;
use regain_core::text::search_key;
use regain_core::time::Timestamp;
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::paging::Bound;
use super::{Db, Tx};
use crate::{Error, Page, Password, People, Result, User, UserFilter};

/// How many rows one statement inserts: enough that the way to the database no longer counts.
const ROWS: usize = 100;

#[async_trait]
impl People for Tx {
    async fn add_user(&mut self, user: &User) -> Result<()> {
        // A refused insert would end the whole transaction on PostgreSQL, and with it the rest of an import.
        let done = sqlx::query(
            "INSERT INTO users (id, upn, upn_key, display_name, name_key, given_name, surname, surname_key, mail,
                mobile_phone, office_phone, alternate_email, directory, locale, blocked, created_at, registered_at,
                confirmed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
             ON CONFLICT (upn_key) DO NOTHING",
        )
        .bind(user.id)
        .bind(&user.upn)
        .bind(&user.upn_key)
        .bind(&user.display_name)
        .bind(&user.name_key)
        .bind(&user.given_name)
        .bind(&user.surname)
        .bind(&user.surname_key)
        .bind(&user.mail)
        .bind(&user.mobile_phone)
        .bind(&user.office_phone)
        .bind(&user.alternate_email)
        .bind(&user.directory)
        .bind(&user.locale)
        .bind(user.blocked)
        .bind(user.created_at)
        .bind(user.registered_at)
        .bind(user.confirmed_at)
        .execute(&mut self.0)
        .await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(Error::Conflict) }
    }

    async fn add_users(&mut self, users: &[(User, Password)]) -> Result<Vec<Uuid>> {
        let mut made = Vec::with_capacity(users.len());
        for some in users.chunks(ROWS) {
            let mut insert = QueryBuilder::<Db>::new(
                "INSERT INTO users (id, upn, upn_key, display_name, name_key, given_name, surname, surname_key, mail,
                    mobile_phone, office_phone, alternate_email, directory, locale, blocked, created_at,
                    registered_at, confirmed_at) ",
            );
            insert.push_values(some, |mut row, (user, _)| {
                row.push_bind(user.id)
                    .push_bind(&user.upn)
                    .push_bind(&user.upn_key)
                    .push_bind(&user.display_name)
                    .push_bind(&user.name_key)
                    .push_bind(&user.given_name)
                    .push_bind(&user.surname)
                    .push_bind(&user.surname_key)
                    .push_bind(&user.mail)
                    .push_bind(&user.mobile_phone)
                    .push_bind(&user.office_phone)
                    .push_bind(&user.alternate_email)
                    .push_bind(&user.directory)
                    .push_bind(&user.locale)
                    .push_bind(user.blocked)
                    .push_bind(user.created_at)
                    .push_bind(user.registered_at)
                    .push_bind(user.confirmed_at);
            });
            insert.push(" ON CONFLICT (upn_key) DO NOTHING RETURNING id");
            let ids: Vec<(Uuid,)> = insert.build_query_as().fetch_all(&mut self.0).await?;
            let ids: HashSet<Uuid> = ids.into_iter().map(|(id,)| id).collect();
            let new: Vec<&Password> = some
                .iter()
                .filter(|(user, _)| ids.contains(&user.id))
                .map(|(_, password)| password)
                .collect();
            if new.is_empty() {
                continue;
            }
            let mut insert = QueryBuilder::<Db>::new(
                "INSERT INTO passwords (user_id, verifier, temporary, imported, set_at) ",
            );
            insert.push_values(&new, |mut row, password| {
                row.push_bind(password.user_id)
                    .push_bind(&password.verifier)
                    .push_bind(password.temporary)
                    .push_bind(password.imported)
                    .push_bind(password.set_at);
            });
            insert.build().execute(&mut self.0).await?;
            made.extend(new.iter().map(|password| password.user_id));
        }
        Ok(made)
    }

    async fn user(&mut self, id: Uuid) -> Result<Option<User>> {
        Ok(sqlx::query_as::<Db, User>("SELECT * FROM users WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn user_by_key(&mut self, upn_key: &str) -> Result<Option<User>> {
        Ok(sqlx::query_as::<Db, User>("SELECT * FROM users WHERE upn_key = $1")
            .bind(upn_key)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn update_user(&mut self, user: &User) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE users SET upn = $2, upn_key = $3, display_name = $4, name_key = $5, given_name = $6, surname = $7,
                surname_key = $8, mail = $9, mobile_phone = $10, office_phone = $11, alternate_email = $12,
                directory = $13, locale = $14, blocked = $15, registered_at = $16, confirmed_at = $17
             WHERE id = $1",
        )
        .bind(user.id)
        .bind(&user.upn)
        .bind(&user.upn_key)
        .bind(&user.display_name)
        .bind(&user.name_key)
        .bind(&user.given_name)
        .bind(&user.surname)
        .bind(&user.surname_key)
        .bind(&user.mail)
        .bind(&user.mobile_phone)
        .bind(&user.office_phone)
        .bind(&user.alternate_email)
        .bind(&user.directory)
        .bind(&user.locale)
        .bind(user.blocked)
        .bind(user.registered_at)
        .bind(user.confirmed_at)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn delete_user(&mut self, id: Uuid) -> Result<bool> {
        let done = sqlx::query("DELETE FROM users WHERE id = $1").bind(id).execute(&mut self.0).await?;
        Ok(done.rows_affected() == 1)
    }

    async fn users(&mut self, filter: &UserFilter, page: &Page) -> Result<Vec<User>> {
        self.list(filter, Bound::After(&page.after), page.limit).await
    }

    async fn users_before(&mut self, filter: &UserFilter, before: &str, limit: i64) -> Result<Vec<User>> {
        self.list(filter, Bound::Before(before), limit).await
    }

    async fn count_users(&mut self, filter: &UserFilter, most: i64) -> Result<i64> {
        let mut query = QueryBuilder::<Db>::new("SELECT COUNT(*) FROM (SELECT 1 FROM users WHERE 1 = 1");
        matching(&mut query, filter);
        query.push(" LIMIT ").push_bind(most).push(") AS matching");
        let (count,): (i64,) = query.build_query_as().fetch_one(&mut self.0).await?;
        Ok(count)
    }

    async fn password(&mut self, user_id: Uuid) -> Result<Option<Password>> {
        Ok(sqlx::query_as::<Db, Password>("SELECT * FROM passwords WHERE user_id = $1")
            .bind(user_id)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn set_password(&mut self, password: &Password) -> Result<()> {
        sqlx::query(
            "INSERT INTO passwords (user_id, verifier, temporary, imported, set_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (user_id) DO UPDATE SET verifier = excluded.verifier, temporary = excluded.temporary,
                imported = excluded.imported, set_at = excluded.set_at",
        )
        .bind(password.user_id)
        .bind(&password.verifier)
        .bind(password.temporary)
        .bind(password.imported)
        .bind(password.set_at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn forget_password(&mut self, user_id: Uuid, since: Timestamp) -> Result<bool> {
        let done = sqlx::query("DELETE FROM passwords WHERE user_id = $1 AND set_at >= $2 AND NOT temporary")
            .bind(user_id)
            .bind(since)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn upgrade_password(&mut self, user_id: Uuid, old: &str, new: &Password) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE passwords SET verifier = $3, imported = $4 WHERE user_id = $1 AND verifier = $2",
        )
        .bind(user_id)
        .bind(old)
        .bind(&new.verifier)
        .bind(new.imported)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn expire_password(&mut self, user_id: Uuid, set_at: Timestamp) -> Result<bool> {
        let done = sqlx::query("UPDATE passwords SET temporary = $3 WHERE user_id = $1 AND set_at = $2")
            .bind(user_id)
            .bind(set_at)
            .bind(true)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn password_never_expires(&mut self, user_id: Uuid) -> Result<bool> {
        let row: Option<(bool,)> =
            sqlx::query_as::<Db, _>("SELECT never_expires FROM passwords WHERE user_id = $1")
                .bind(user_id)
                .fetch_optional(&mut self.0)
                .await?;
        Ok(row.is_some_and(|(never,)| never))
    }

    async fn set_password_never_expires(&mut self, user_id: Uuid, never: bool) -> Result<bool> {
        let done = sqlx::query("UPDATE passwords SET never_expires = $2 WHERE user_id = $1")
            .bind(user_id)
            .bind(never)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn imported_passwords(&mut self, limit: i64) -> Result<Vec<Password>> {
        Ok(sqlx::query_as::<Db, Password>("SELECT * FROM passwords WHERE imported ORDER BY user_id LIMIT $1")
            .bind(limit)
            .fetch_all(&mut self.0)
            .await?)
    }

    async fn roles(&mut self, user_id: Uuid) -> Result<Vec<String>> {
        let rows: Vec<(String,)> =
            sqlx::query_as::<Db, _>("SELECT role FROM roles WHERE user_id = $1 ORDER BY role")
                .bind(user_id)
                .fetch_all(&mut self.0)
                .await?;
        Ok(rows.into_iter().map(|(role,)| role).collect())
    }

    async fn grant_role(&mut self, user_id: Uuid, role: &str) -> Result<bool> {
        let done = sqlx::query("INSERT INTO roles (user_id, role) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(user_id)
            .bind(role)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn revoke_role(&mut self, user_id: Uuid, role: &str) -> Result<bool> {
        let done = sqlx::query("DELETE FROM roles WHERE user_id = $1 AND role = $2")
            .bind(user_id)
            .bind(role)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn role_holders(&mut self, role: &str, limit: i64) -> Result<Vec<User>> {
        Ok(sqlx::query_as::<Db, User>(
            "SELECT users.* FROM users JOIN roles ON roles.user_id = users.id
             WHERE roles.role = $1 AND NOT users.blocked ORDER BY users.upn_key LIMIT $2",
        )
        .bind(role)
        .bind(limit)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn role_assignments(&mut self) -> Result<Vec<(String, String, String)>> {
        Ok(sqlx::query_as::<Db, _>(
            "SELECT roles.role, users.upn, users.display_name FROM roles JOIN users ON users.id = roles.user_id
             ORDER BY roles.role, users.upn_key",
        )
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn knows_place(&mut self, user_id: Uuid, place: &str, since: Timestamp) -> Result<bool> {
        let row: Option<(i64,)> = sqlx::query_as::<Db, _>(
            "SELECT seen_at FROM known_places WHERE user_id = $1 AND place = $2 AND seen_at >= $3",
        )
        .bind(user_id)
        .bind(place)
        .bind(since)
        .fetch_optional(&mut self.0)
        .await?;
        Ok(row.is_some())
    }

    async fn remember_place(&mut self, user_id: Uuid, place: &str, at: Timestamp) -> Result<()> {
        sqlx::query(
            "INSERT INTO known_places (user_id, place, seen_at) VALUES ($1, $2, $3)
             ON CONFLICT (user_id, place) DO UPDATE SET seen_at = excluded.seen_at",
        )
        .bind(user_id)
        .bind(place)
        .bind(at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn sweep_places(&mut self, before: Timestamp) -> Result<u64> {
        let done = sqlx::query("DELETE FROM known_places WHERE seen_at < $1")
            .bind(before)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected())
    }
}

/// Up to how many matches of a search are looked up by their ids. More are so many that a page is soon full when the
/// list is read in its order.
const FEW: i64 = 500;

impl Tx {
    async fn list(&mut self, filter: &UserFilter, bound: Bound<'_>, limit: i64) -> Result<Vec<User>> {
        let few = self.few(filter).await?;
        let mut query = QueryBuilder::<Db>::new("SELECT * FROM users WHERE 1 = 1");
        if let Some(ids) = &few {
            if ids.is_empty() {
                return Ok(Vec::new());
            }
            query.push(" AND id IN (");
            let mut list = query.separated(", ");
            for id in ids {
                list.push_bind(*id);
            }
            query.push(")");
        }
        matching(&mut query, filter);
        bound.end(&mut query, "upn_key", limit);
        Ok(bound.in_order(query.build_query_as::<User>().fetch_all(&mut self.0).await?))
    }

    /// The ids among which all matches are, if they are few; every index gives up after [`FEW`].
    async fn few(&mut self, filter: &UserFilter) -> Result<Option<Vec<Uuid>>> {
        let (low, high) = range(&filter.search);
        let ids: Vec<(Uuid,)> = if !low.is_empty() {
            sqlx::query_as::<Db, _>(
                "SELECT id FROM (SELECT id FROM users WHERE upn_key >= $1 AND upn_key < $2 LIMIT $3) AS upns
                 UNION SELECT id FROM (SELECT id FROM users WHERE name_key >= $1 AND name_key < $2 LIMIT $3) AS names
                 UNION SELECT id FROM (SELECT id FROM users WHERE surname_key >= $1 AND surname_key < $2 LIMIT $3)
                    AS surnames",
            )
            .bind(low)
            .bind(high)
            .bind(FEW + 1)
            .fetch_all(&mut self.0)
            .await?
        } else if filter.administrators {
            sqlx::query_as::<Db, _>("SELECT DISTINCT user_id FROM roles LIMIT $1")
                .bind(FEW + 1)
                .fetch_all(&mut self.0)
                .await?
        } else {
            return Ok(None);
        };
        let are_few = i64::try_from(ids.len()).is_ok_and(|count| count <= FEW);
        Ok(are_few.then(|| ids.into_iter().map(|(id,)| id).collect()))
    }
}

/// The conditions of a filter, only those that it sets: an index counts for nothing under one that may not hold.
fn matching(query: &mut QueryBuilder<Db>, filter: &UserFilter) {
    let (low, high) = range(&filter.search);
    if !low.is_empty() {
        query.push(" AND (");
        for (column, or) in [("upn_key", " OR "), ("name_key", " OR "), ("surname_key", ")")] {
            query.push("(").push(column).push(" >= ").push_bind(low.clone());
            query.push(" AND ").push(column).push(" < ").push_bind(high.clone()).push(")").push(or);
        }
    }
    if filter.administrators {
        query.push(" AND EXISTS (SELECT 1 FROM roles WHERE roles.user_id = users.id)");
    }
    if filter.blocked {
        query.push(" AND blocked");
    }
}

/// The half-open range of keys that begin with `search`.
fn range(search: &str) -> (String, String) {
    let low = search_key(search);
    let high = format!("{low}\u{10ffff}");
    (low, high)
}
