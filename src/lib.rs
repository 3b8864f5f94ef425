//! The browser's entry: `src/boot.js` calls it, then hydrates each island of the page.

#[cfg(target_arch = "wasm32")]
mod browser {
    // The islands export themselves; naming their crate links it.
    use regain_app as _;
    use wasm_bindgen::prelude::wasm_bindgen;

    /// Prepares the page for the hydration of its islands.
    #[wasm_bindgen]
    pub fn hydrate_islands() {
        leptos::mount::hydrate_islands();
    }
}
