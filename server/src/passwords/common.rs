//! Passwords that are guessed first: listed ones, and patterns that guessing programs try before anything else.

use zxcvbn::matching::patterns::MatchPattern;
use zxcvbn::zxcvbn;

/// A password that an attacker with a good list has within so many tries counts as common. OWASP ASVS 5, 6.2.4 asks
/// for the 3,000 most common; ten thousand tries also cover their usual variations.
const TRIES: u64 = 10_000;
/// The password of the example row in Entra's bulk-create file, in every language: whoever has the file knows it.
pub(crate) const EXAMPLE: &str = "mypassword1234";
/// No list has longer entries, and the estimator looks at no more.
const LISTED_CHARS: usize = 100;

/// Whether a whole password, normalised and in lower case, is a listed one (also with digits for letters or
/// backwards) or a bare pattern. One that merely contains a listed word is not (T150).
pub(super) fn is_common(lower: &str) -> bool {
    if lower.chars().count() > LISTED_CHARS {
        return false;
    }
    if lower == EXAMPLE {
        return true;
    }
    let estimate = zxcvbn(lower, &[]);
    let listed = matches!(estimate.sequence(), [only] if matches!(only.pattern, MatchPattern::Dictionary(_)));
    listed || estimate.guesses() < TRIES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t150_listed_values_and_their_variants_are_common() {
        for password in ["qwertyuiop", "trustno1", "p4ssw0rd", "drowssap", "iloveyou"] {
            assert!(is_common(password), "{password}");
        }
    }

    #[test]
    fn bare_patterns_are_common() {
        for password in ["aaaaaaaaaaaaaaa", "abcdefghijklmno", "123123123123123"] {
            assert!(is_common(password), "{password}");
        }
    }

    #[test]
    fn t150_a_passphrase_with_a_listed_word_in_it_is_not() {
        for password in ["correct horse battery staple", "password of the seven lakes", "vkq7 zpx9 wmt4 b"] {
            assert!(!is_common(password), "{password}");
        }
    }

    #[test]
    fn t151_other_scripts_and_long_texts_are_not() {
        assert!(!is_common("猫犬鳥魚馬牛羊豚鼠虎兎竜蛇猿鶏"));
        assert!(!is_common(&"a".repeat(101)));
    }
}
