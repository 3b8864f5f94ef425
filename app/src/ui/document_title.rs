//! The document's title.

use super::escaped::escaped;

/// The text of `<title>`. Leptos writes it into the page as it is, and it holds names that people typed: what would end
/// the element or begin an entity is escaped here.
pub(super) fn document_title(page: &str, organization: &str) -> String {
    escaped(&format!("{page} – {organization}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_end_the_title() {
        let title = document_title("</title><b>R&D", "Contoso");
        assert_eq!(title, "&lt;/title>&lt;b>R&amp;D – Contoso");
    }
}
