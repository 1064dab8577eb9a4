// Files for this computer: the window, for a model that Brimful is not connected to.

import { post } from "./api.js";
import { busy, element } from "./dom.js";

/// Gives a file to whoever looks at the page.
export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function downloadButton({ replaces, ...request }) {
  const problem = element("p", { class: "problem", role: "alert", hidden: true });
  const button = element(
    "button",
    { type: "button", "data-test": "download-window" },
    "Download as text",
  );
  button.addEventListener("click", () =>
    busy(button, problem, async () => {
      const packed = await post("/v1/pack", { ...request, format: "xml" });
      save(new Blob([packed.prompt], { type: "text/plain" }), `${request.collection}-window.txt`);
    }),
  );
  return element("div", {}, button, problem);
}
