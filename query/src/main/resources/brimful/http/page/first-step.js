// The three ways to a first collection. Each leads to its field, and sends nothing yet.

import { byId } from "./dom.js";
import { on, store } from "./store.js";

const WAYS = {
  folder: () => fill(store.status?.roots?.[0] ?? ""),
  repository: () => fill(byId("example-repository").textContent),
  upload: () => byId("upload").focus(),
};

let begun = null;

export function startFirstStep() {
  byId("ways").addEventListener("click", (event) => {
    begun = event.target.closest("[data-begin]")?.dataset.begin ?? null;
    if (begun !== null) {
      location.hash = "#/collections";
    }
  });
  // Nothing on a hidden page takes the focus.
  on("view", (view) => {
    if (view === "collections" && begun !== null) {
      WAYS[begun]();
    }
    begun = null;
  });
  on("status", () => {
    const [root] = store.status.roots ?? [];
    if (root !== undefined) {
      byId("example-folder").textContent = root;
    }
  });
}

function fill(location) {
  const input = byId("add-location");
  input.value = location;
  input.focus();
  input.select();
}
