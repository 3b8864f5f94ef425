//! User names and passwords in addresses. Some signs mean something else there, and then another host is asked, or none:
//! that is told before anything is, by the setting's name and without the secret.

use anyhow::ensure;

/// Refuses an address whose user name or password holds such a sign as it is.
pub(super) fn check(key: &str, url: &str) -> anyhow::Result<()> {
    ensure!(
        !is_broken(url),
        "{key}: the user name or password holds a sign that means something else in a URL; write %2F for /, %3F for ?, \
         %23 for #, and likewise %25 for %, %40 for @, %3A for :"
    );
    Ok(())
}

/// Whether an `@` stands where none belongs: what it belongs to was cut off in the middle.
fn is_broken(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else { return false };
    let (authority, after) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (path, query) = after.split_once('?').unwrap_or((after, ""));
    let mut names = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default());
    // The beginning of a password looks like a port that is none.
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let is_port = |(_, port): (&str, &str)| port.bytes().all(|byte| byte.is_ascii_digit());
    let is_host = host.starts_with('[') || host.split_once(':').is_none_or(is_port);
    path.contains('@') || names.any(|name| name.contains('@')) || after.contains('@') && !is_host
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_mean_something_else_are_explained_and_the_secret_is_not_told() {
        for secret in ["se/cret", "se?cret", "se#cret", "1/cret", "12?cret", "s@e/cret", "s?e=cret"] {
            for url in [
                format!("postgres://regain:{secret}@db.example:5432/regain"),
                format!("smtps://a:{secret}@mail.example"),
            ] {
                let told = check("REGAIN_X_URL", &url).expect_err(&url).to_string();
                assert!(told.starts_with("REGAIN_X_URL: ") && told.contains("%23 for #"), "{told}");
                assert!(!told.contains(secret) && !told.contains("cret"), "{told}");
            }
        }
    }

    #[test]
    fn what_is_written_right_passes() {
        for url in [
            "sqlite:/var/lib/regain/regain.db",
            "postgres://db.example/regain",
            "postgres://regain@db.example/regain",
            "postgres://regain:se%2Fcret%25%40@db.example:5432/regain?sslmode=require",
            "postgres://db.example:5432/regain?user=a@b",
            "postgres://[::1]:5432/regain?host=/run/postgresql",
            "postgres:///regain?host=/run/postgresql&user=regain",
            "smtp://mail.example:587?tls=required",
            "postgres://db.example:5432/regain?user=a@b&password=c@d",
            "smtps://user:a-b_c.d!$&'()*+,;=~:@100%[]@mail.example:465",
        ] {
            assert!(check("REGAIN_X_URL", url).is_ok(), "{url}");
        }
    }
}
