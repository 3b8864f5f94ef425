//! `Accept-Encoding` (RFC 9110, 12.5.3).

use http::HeaderMap;
use http::header::ACCEPT_ENCODING;

/// How the bytes of an answer are coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    /// The value of `Content-Encoding`.
    pub(super) const fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }
}

/// The smallest encoding that the client takes and the server has. Weights other than zero do not matter: a client
/// that takes both is best served by the smaller one.
pub(super) fn choose(request: &HeaderMap, offered: impl Fn(Encoding) -> bool) -> Encoding {
    [Encoding::Brotli, Encoding::Gzip]
        .into_iter()
        .find(|encoding| offered(*encoding) && accepts(request, encoding.name().unwrap_or_default()))
        .unwrap_or(Encoding::Identity)
}

fn accepts(request: &HeaderMap, coding: &str) -> bool {
    let lines = request.get_all(ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|item| {
        let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
        name.trim().eq_ignore_ascii_case(coding) && !refused(parameters)
    })
}

/// Whether the parameters are a weight of zero: `q=0`, `q=0.000`.
fn refused(parameters: &str) -> bool {
    let weight = parameters.trim().strip_prefix("q=").or(parameters.trim().strip_prefix("Q="));
    weight.and_then(|weight| weight.trim().parse::<f32>().ok()).is_some_and(|weight| weight <= 0.0)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn chosen(header: &str) -> Encoding {
        let value = HeaderValue::from_str(header).expect("a header value");
        choose(&HeaderMap::from_iter([(ACCEPT_ENCODING, value)]), |_| true)
    }

    #[test]
    fn the_smallest_accepted_one_wins() {
        assert_eq!(chosen("gzip, deflate, br, zstd"), Encoding::Brotli);
        assert_eq!(chosen("GZIP;q=0.5"), Encoding::Gzip);
        assert_eq!(chosen("zstd"), Encoding::Identity);
        assert_eq!(choose(&HeaderMap::new(), |_| true), Encoding::Identity);
    }

    #[test]
    fn a_weight_of_zero_refuses() {
        assert_eq!(chosen("br;q=0, gzip"), Encoding::Gzip);
        assert_eq!(chosen("br; q=0.000, gzip;q=0.0"), Encoding::Identity);
    }

    #[test]
    fn only_whole_names_count() {
        assert_eq!(chosen("brotli, xgzip"), Encoding::Identity);
    }
}
