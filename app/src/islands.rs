//! What runs in the browser: each island only enhances server-rendered elements.
