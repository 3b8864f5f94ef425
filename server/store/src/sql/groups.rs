//! SQL of [`Groups`].

use async_trait::async_trait;
use regain_core::text::{lines_key, search_key};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::paging::Bound;
use super::{Db, Tx};
use crate::{Group, GroupMember, Groups, Page, Result, User};

fn group_search_key(group: &Group) -> String {
    lines_key(&format!("{}\n{}", group.name, group.description))
}

#[async_trait]
impl Groups for Tx {
    async fn add_group(&mut self, group: &Group) -> Result<()> {
        sqlx::query(
            "INSERT INTO groups (id, name, name_key, description, created_at, search_key)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(group.id)
        .bind(&group.name)
        .bind(&group.name_key)
        .bind(&group.description)
        .bind(group.created_at)
        .bind(group_search_key(group))
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn group(&mut self, id: Uuid) -> Result<Option<Group>> {
        Ok(sqlx::query_as::<Db, Group>("SELECT * FROM groups WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn group_by_key(&mut self, name_key: &str) -> Result<Option<Group>> {
        Ok(sqlx::query_as::<Db, Group>("SELECT * FROM groups WHERE name_key = $1")
            .bind(name_key)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn update_group(&mut self, group: &Group) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE groups SET name = $2, name_key = $3, description = $4, search_key = $5 WHERE id = $1",
        )
        .bind(group.id)
        .bind(&group.name)
        .bind(&group.name_key)
        .bind(&group.description)
        .bind(group_search_key(group))
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn delete_group(&mut self, id: Uuid) -> Result<bool> {
        let done = sqlx::query("DELETE FROM groups WHERE id = $1").bind(id).execute(&mut self.0).await?;
        Ok(done.rows_affected() == 1)
    }

    async fn groups(&mut self, search: &str, page: &Page) -> Result<Vec<Group>> {
        self.list_groups(search, Bound::After(&page.after), page.limit).await
    }

    async fn groups_before(&mut self, search: &str, before: &str, limit: i64) -> Result<Vec<Group>> {
        self.list_groups(search, Bound::Before(before), limit).await
    }

    async fn add_member(&mut self, group_id: Uuid, member: GroupMember) -> Result<bool> {
        let (query, id) = match member {
            GroupMember::User(id) => {
                ("INSERT INTO group_users (group_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", id)
            }
            GroupMember::Group(id) => {
                ("INSERT INTO group_groups (group_id, member_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", id)
            }
        };
        let done = sqlx::query(query).bind(group_id).bind(id).execute(&mut self.0).await?;
        Ok(done.rows_affected() == 1)
    }

    async fn remove_member(&mut self, group_id: Uuid, member: GroupMember) -> Result<bool> {
        let (query, id) = match member {
            GroupMember::User(id) => ("DELETE FROM group_users WHERE group_id = $1 AND user_id = $2", id),
            GroupMember::Group(id) => ("DELETE FROM group_groups WHERE group_id = $1 AND member_id = $2", id),
        };
        let done = sqlx::query(query).bind(group_id).bind(id).execute(&mut self.0).await?;
        Ok(done.rows_affected() == 1)
    }

    async fn is_direct_member(&mut self, group_id: Uuid, member: GroupMember) -> Result<bool> {
        let (query, id) = match member {
            GroupMember::User(id) => ("SELECT 1 FROM group_users WHERE group_id = $1 AND user_id = $2", id),
            GroupMember::Group(id) => {
                ("SELECT 1 FROM group_groups WHERE group_id = $1 AND member_id = $2", id)
            }
        };
        Ok(sqlx::query(query).bind(group_id).bind(id).fetch_optional(&mut self.0).await?.is_some())
    }

    async fn direct_users(&mut self, group_id: Uuid, page: &Page) -> Result<Vec<User>> {
        self.list_members(group_id, Bound::After(&page.after), page.limit).await
    }

    async fn direct_users_before(&mut self, group_id: Uuid, before: &str, limit: i64) -> Result<Vec<User>> {
        self.list_members(group_id, Bound::Before(before), limit).await
    }

    async fn direct_groups(&mut self, group_id: Uuid) -> Result<Vec<Group>> {
        Ok(sqlx::query_as::<Db, Group>(
            "SELECT groups.* FROM groups JOIN group_groups ON group_groups.member_id = groups.id
             WHERE group_groups.group_id = $1 ORDER BY groups.name_key",
        )
        .bind(group_id)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn groups_of_user(&mut self, user_id: Uuid) -> Result<Vec<Group>> {
        Ok(sqlx::query_as::<Db, Group>(
            "SELECT groups.* FROM groups JOIN group_users ON group_users.group_id = groups.id
             WHERE group_users.user_id = $1 ORDER BY groups.name_key",
        )
        .bind(user_id)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn is_member(&mut self, user_id: Uuid, group_id: Uuid) -> Result<bool> {
        // UNION, not UNION ALL: a group that was seen is not followed again, so cycles end.
        let row: Option<(i64,)> = sqlx::query_as::<Db, _>(
            "WITH RECURSIVE above (id) AS (
                SELECT group_id FROM group_users WHERE user_id = $1
                UNION
                SELECT group_groups.group_id FROM group_groups JOIN above ON group_groups.member_id = above.id)
             SELECT COUNT(*) FROM above WHERE id = $2 HAVING COUNT(*) > 0",
        )
        .bind(user_id)
        .bind(group_id)
        .fetch_optional(&mut self.0)
        .await?;
        Ok(row.is_some())
    }

    async fn memberships(&mut self, user_id: Uuid, groups: &[Uuid]) -> Result<Vec<Uuid>> {
        if groups.is_empty() {
            return Ok(Vec::new());
        }
        // UNION, as above.
        let mut query = QueryBuilder::<Db>::new(
            "WITH RECURSIVE above (id) AS (
                SELECT group_id FROM group_users WHERE user_id = ",
        );
        query.push_bind(user_id).push(
            " UNION
                SELECT group_groups.group_id FROM group_groups JOIN above ON group_groups.member_id = above.id)
             SELECT id FROM above WHERE id IN (",
        );
        let mut wanted = query.separated(", ");
        for group in groups {
            wanted.push_bind(*group);
        }
        query.push(") ORDER BY id");
        let rows: Vec<(Uuid,)> = query.build_query_as().fetch_all(&mut self.0).await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    async fn count_members(&mut self, group_id: Uuid) -> Result<(i64, i64)> {
        Ok(sqlx::query_as::<Db, _>(
            "WITH RECURSIVE below (id) AS (
                SELECT id FROM groups WHERE id = $1
                UNION
                SELECT group_groups.member_id FROM group_groups JOIN below ON group_groups.group_id = below.id)
             SELECT (SELECT COUNT(DISTINCT group_users.user_id) FROM group_users JOIN below
                        ON group_users.group_id = below.id),
                    (SELECT COUNT(*) FROM group_users WHERE group_id = $1)",
        )
        .bind(group_id)
        .fetch_one(&mut self.0)
        .await?)
    }
}

impl Tx {
    async fn list_groups(&mut self, search: &str, bound: Bound<'_>, limit: i64) -> Result<Vec<Group>> {
        let search = search_key(search);
        let pattern = format!("%{}%", search.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        let mut query = QueryBuilder::<Db>::new("SELECT * FROM groups WHERE search_key LIKE ");
        query.push_bind(pattern).push(" ESCAPE '\\'");
        bound.end(&mut query, "name_key", limit);
        Ok(bound.in_order(query.build_query_as::<Group>().fetch_all(&mut self.0).await?))
    }

    async fn list_members(&mut self, group_id: Uuid, bound: Bound<'_>, limit: i64) -> Result<Vec<User>> {
        let mut query = QueryBuilder::<Db>::new(
            "SELECT users.* FROM users JOIN group_users ON group_users.user_id = users.id
             WHERE group_users.group_id = ",
        );
        query.push_bind(group_id);
        bound.end(&mut query, "users.upn_key", limit);
        Ok(bound.in_order(query.build_query_as::<User>().fetch_all(&mut self.0).await?))
    }
}
