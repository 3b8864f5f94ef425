# Texts: audit
