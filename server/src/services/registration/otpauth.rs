//! The address by which authenticator apps take a key: `otpauth://totp/Issuer:account?secret=…`.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use regain_core::secret::Secret;

/// The address. Issuer and account are parted by a colon, so neither may contain one.
pub(super) fn link(issuer: &str, account: &str, key: &Secret) -> Secret {
    let (issuer, account) = (encoded(issuer), encoded(account));
    let key = key.expose();
    let query = format!("secret={key}&issuer={issuer}&algorithm=SHA1&digits=6&period=30");
    Secret::from(format!("otpauth://totp/{issuer}:{account}?{query}"))
}

/// An address as a QR code: an `<svg>` element, dark on light with its quiet zone.
pub(super) fn picture(link: &Secret) -> Option<String> {
    let code = QrCode::with_error_correction_level(link.expose(), EcLevel::M).ok()?;
    let svg = code.render::<svg::Color<'_>>().min_dimensions(220, 220).build();
    // The renderer begins with an XML declaration, which has no place inside HTML.
    svg.find("<svg").map(|start| svg[start..].to_owned())
}

pub(super) fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.replace(':', " ").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_names_organisation_and_person() {
        let link = link("Contoso: Ltd", "ana@contoso.example", &Secret::from("JBSWY3DP"));
        assert_eq!(
            link.expose(),
            "otpauth://totp/Contoso%20%20Ltd:ana%40contoso.example?secret=JBSWY3DP&issuer=Contoso%20%20Ltd&algorithm=SHA1&digits=6&period=30"
        );
    }

    #[test]
    fn the_picture_is_an_element_without_styles() {
        let svg = picture(&Secret::from("otpauth://totp/a:b?secret=JBSWY3DP")).expect("a picture");
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
        assert!(!svg.contains("style"));
    }
}
