// Starts the islands: the parts of a page that run in the browser. Loaded as a module, so it runs when the document
// is complete, and waits until the browser is idle. A page without islands loads no WebAssembly at all.
//
// The bundle puts it at the end of the module that wasm-bindgen writes, in a block of its own: one request less than two
// modules, and importing the module by its own address costs none.
//
// The order is the one that Leptos expects. An island is hydrated before the elements in it; children that it got
// from the server stand in <leptos-children>, whose owner put a callback on that element, to be called before each
// island in them, so that the island finds the contexts of its owner.

{
  async function hydrate(node, islands, owner) {
    let childrenOwner = owner;
    if (node.localName === "leptos-island") {
      const island = islands[node.dataset.component];
      if (island) {
        owner?.();
        await island(node);
      } else {
        console.warn(`There is no island ${node.dataset.component}.`);
      }
    } else if (node.localName === "leptos-children") {
      childrenOwner = node.$$on_hydrate;
    }
    for (const child of node.children) {
      await hydrate(child, islands, childrenOwner);
    }
  }

  async function start() {
    if (document.querySelector("leptos-island")) {
      const islands = await import(import.meta.url);
      await islands.default({ module_or_path: "./regain.wasm" });
      islands.hydrate_islands();
      await hydrate(document.body, islands, undefined);
    }
    document.documentElement.dataset.hydrated = "";
  }

  const idle = window.requestIdleCallback ?? ((callback) => setTimeout(callback));
  idle(start);
}
