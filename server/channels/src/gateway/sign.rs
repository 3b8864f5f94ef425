//! Signatures of gateways and for gateways.

use data_encoding::{BASE64, HEXLOWER};
use hmac::{Hmac, KeyInit as _, Mac as _};
use regain_core::secret::Secret;
use regain_core::time::{Duration, Timestamp};
use sha1::Sha1;
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// How old a signed callback may be: a copy that somebody kept is no use later.
const FRESH: Duration = Duration::from_mins(5);

/// What Twilio signs a callback with: HMAC-SHA1 over the address and the posted fields, in order of their names.
pub fn twilio_signature(secret: &Secret, url: &str, fields: &[(String, String)]) -> String {
    let mut sorted: Vec<_> = fields.iter().collect();
    sorted.sort();
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret.expose().as_bytes()) else { return String::new() };
    mac.update(url.as_bytes());
    for (name, value) in sorted {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    BASE64.encode(&mac.finalize().into_bytes())
}

/// Whether a callback to `url` was signed by who knows the secret.
pub fn verify_twilio(secret: &Secret, url: &str, fields: &[(String, String)], signature: &str) -> bool {
    same(&twilio_signature(secret, url, fields), signature)
}

/// The header `Regain-Signature` of a request at `at`: `t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>">`.
pub fn webhook_signature(secret: &Secret, at: Timestamp, body: &str) -> String {
    let seconds = at.seconds();
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()) else {
        return String::new();
    };
    mac.update(format!("{seconds}.").as_bytes());
    mac.update(body.as_bytes());
    format!("t={seconds},v1={}", HEXLOWER.encode(&mac.finalize().into_bytes()))
}

/// Whether a callback was signed within the last five minutes by who knows the secret.
pub fn verify_webhook(secret: &Secret, now: Timestamp, body: &str, signature: &str) -> bool {
    let seconds = signature.strip_prefix("t=").and_then(|rest| rest.split(',').next()?.parse::<i64>().ok());
    let Some(seconds) = seconds.filter(|seconds| seconds.abs_diff(now.seconds()) <= FRESH.as_secs()) else {
        return false;
    };
    let at = Timestamp(seconds.saturating_mul(1_000_000));
    same(&webhook_signature(secret, at, body), signature)
}

fn same(expected: &str, found: &str) -> bool {
    !expected.is_empty() && bool::from(expected.as_bytes().ct_eq(found.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> Vec<(String, String)> {
        let fields = [
            ("To", "+18005551212"),
            ("Digits", "1234"),
            ("From", "+14158675309"),
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675309"),
        ];
        fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
    }

    #[test]
    fn the_signature_is_the_one_that_the_provider_makes() {
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        let secret = Secret::from("12345");
        assert_eq!(twilio_signature(&secret, url, &fields()), "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        assert!(verify_twilio(&secret, url, &fields(), "RSOYDt4T1cUTdK1PDd93/VVr8B8="));
        assert!(!verify_twilio(&Secret::from("12346"), url, &fields(), "RSOYDt4T1cUTdK1PDd93/VVr8B8="));
        assert!(!verify_twilio(&secret, url, &fields()[1..], "RSOYDt4T1cUTdK1PDd93/VVr8B8="));
        assert!(!verify_twilio(&secret, url, &fields(), ""));
    }

    #[test]
    fn a_webhook_is_signed_over_its_time_and_body() {
        let (secret, now) = (Secret::from("key"), Timestamp(1_700_000_000_000_000));
        let signature = webhook_signature(&secret, now, "{}");
        assert!(signature.starts_with("t=1700000000,v1="));
        assert!(verify_webhook(&secret, now.plus(Duration::from_mins(4)), "{}", &signature));
        assert!(!verify_webhook(&secret, now.plus(Duration::from_mins(6)), "{}", &signature));
        assert!(!verify_webhook(&secret, now, "{ }", &signature));
        assert!(!verify_webhook(&Secret::from("other"), now, "{}", &signature));
        for nonsense in ["", "t=", "t=x,v1=", "v1=", "t=1700000000"] {
            assert!(!verify_webhook(&secret, now, "{}", nonsense), "{nonsense}");
        }
    }
}
