// The window as a file, for a model that Brimful is not connected to.

import { post } from "./api.js";
import { busy, element } from "./dom.js";

export function downloadButton({ collection, question, model, budget }) {
  const problem = element("p", { class: "problem", role: "alert", hidden: true });
  const button = element(
    "button",
    { type: "button", "data-test": "download-window" },
    "Download as text",
  );
  button.addEventListener("click", () =>
    busy(button, problem, async () => {
      const packed = await post("/v1/pack", { collection, question, model, budget, format: "xml" });
      const url = URL.createObjectURL(new Blob([packed.prompt], { type: "text/plain" }));
      element("a", { href: url, download: `${collection}-window.txt` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    }),
  );
  return element("div", {}, button, problem);
}
