//! The content of a push message (RFC 8291): readable to the browser that subscribed, and to nobody on the way.

use aes_gcm::aead::Aead as _;
use aes_gcm::{Aes128Gcm, KeyInit as _, Nonce};
use hkdf::Hkdf;
use p256::{PublicKey, SecretKey};
use regain_core::entropy::Entropy;
use sha2::Sha256;

use super::{PushTo, draw_key};

/// Push services take 4,096 bytes, overhead included.
const MOST: usize = 3_000;
const RECORD: u32 = 4_096;
/// Marks the last record.
const LAST: u8 = 2;

/// Encrypts with a fresh key and salt. `None` for keys that are none, and for too much content.
pub(super) fn encrypt(content: &[u8], to: &PushTo, entropy: &dyn Entropy) -> Option<Vec<u8>> {
    let mut salt = [0; 16];
    entropy.fill(&mut salt);
    encrypt_with(content, to, &draw_key(entropy), &salt)
}

fn encrypt_with(content: &[u8], to: &PushTo, key: &SecretKey, salt: &[u8; 16]) -> Option<Vec<u8>> {
    if content.len() > MOST || to.auth.len() != 16 {
        return None;
    }
    let theirs = PublicKey::from_sec1_bytes(&to.key).ok()?;
    let ours = key.public_key().to_sec1_bytes();
    let shared = key.diffie_hellman(&theirs);
    let info = [b"WebPush: info\0".as_slice(), &theirs.to_sec1_bytes(), &ours].concat();
    let input: [u8; 32] = expand(&to.auth, shared.raw_secret_bytes(), &info)?;
    let content_key: [u8; 16] = expand(salt, &input, b"Content-Encoding: aes128gcm\0")?;
    let nonce: [u8; 12] = expand(salt, &input, b"Content-Encoding: nonce\0")?;
    let record = [content, &[LAST]].concat();
    let cipher = Aes128Gcm::new_from_slice(&content_key).ok()?;
    let sealed = cipher.encrypt(&Nonce::from(nonce), record.as_slice()).ok()?;
    let id_len = u8::try_from(ours.len()).ok()?;
    Some([salt.as_slice(), &RECORD.to_be_bytes(), &[id_len], &ours, &sealed].concat())
}

fn expand<const N: usize>(salt: &[u8], input: &[u8], info: &[u8]) -> Option<[u8; N]> {
    let mut output = [0; N];
    Hkdf::<Sha256>::new(Some(salt), input).expand(info, &mut output).ok()?;
    Some(output)
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64URL_NOPAD;

    use super::*;

    fn decoded(text: &str) -> Vec<u8> {
        BASE64URL_NOPAD.decode(text.as_bytes()).expect("base64url")
    }

    /// RFC 8291, section 5.
    #[test]
    fn the_example_of_the_standard_comes_out() {
        let to = PushTo {
            endpoint: "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV".to_owned(),
            key: decoded(
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            ),
            auth: decoded("BTBZMqHH6r4Tts7J_aSIgg"),
        };
        assert!(to.is_sound());
        let key =
            SecretKey::from_slice(&decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")).expect("a key");
        let salt = decoded("DGv6ra1nlYgDCS1FRnbzlw").try_into().expect("16 bytes");
        let body =
            encrypt_with(b"When I grow up, I want to be a watermelon", &to, &key, &salt).expect("a body");
        assert_eq!(
            BASE64URL_NOPAD.encode(&body),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8w\
             EqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn keys_that_are_none_are_refused() {
        let entropy = regain_core::entropy::SeededEntropy::new(1);
        let to =
            PushTo { endpoint: "https://push.example.net/".to_owned(), key: vec![4; 65], auth: vec![0; 16] };
        assert!(!to.is_sound());
        assert!(encrypt(b"hello", &to, &entropy).is_none());
    }
}
