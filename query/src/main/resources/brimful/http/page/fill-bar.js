// How full the window is, by top folder; its legend leads into the folders.

import { element } from "./dom.js";
import { compact, number, share } from "./format.js";
import { within } from "./treemap.js";

export function fillBar(receipt, top, children, zoom) {
  const budget = Math.max(receipt.budget_tokens, receipt.prompt_tokens);
  const folders = children.filter((child) => child.hue > 0);
  const rest = children.filter((child) => child.hue === 0);
  const restTokens = rest.reduce((sum, child) => sum + child.tokens, 0);
  const parts = [
    ...folders.map((folder) => ({
      name: within(top, folder),
      tokens: folder.tokens,
      class: `hue-${folder.hue}`,
      folder,
    })),
    { name: folders.length > 0 ? "the rest" : "documents", tokens: restTokens, class: "hue-0" },
    {
      name: "elsewhere",
      tokens: receipt.prompt_tokens - receipt.frame_tokens - top.tokens,
      class: "elsewhere",
    },
    { name: "instructions, question and markup", tokens: receipt.frame_tokens, class: "frame" },
    { name: "free", tokens: budget - receipt.prompt_tokens, class: "free" },
  ].filter((part) => part.tokens > 0);
  const full = share(receipt.prompt_tokens, receipt.budget_tokens);
  const exact = receipt.exact ? "" : " (estimated)";
  return element(
    "div",
    { class: "fill" },
    element(
      "p",
      {},
      element("strong", {}, number(receipt.prompt_tokens)),
      ` of ${number(receipt.budget_tokens)} tokens${exact}, `,
      `${full} full. The collection has ${number(receipt.corpus_tokens)}.`,
    ),
    receipt.notes.map((note) => element("p", {}, note)),
    element(
      "div",
      {
        class: "stack",
        role: "img",
        "aria-label": `${full} of the budget is used`,
      },
      parts.map((part) => segment(part, budget)),
    ),
    element(
      "ul",
      { class: "legend" },
      parts.map((part) =>
        element(
          "li",
          {},
          element("span", { class: `swatch ${part.class}`, "aria-hidden": "true" }),
          part.folder
            ? element(
                "button",
                { type: "button", class: "link", onclick: () => zoom(part.folder) },
                part.name,
              )
            : part.name,
          element(
            "span",
            { class: "hint" },
            ` ${compact(part.tokens)}, ${share(part.tokens, budget)}`,
          ),
        ),
      ),
    ),
  );
}

function segment(part, budget) {
  const node = element("span", {
    class: part.class,
    title: `${part.name}: ${number(part.tokens)} tokens`,
  });
  node.style.flexGrow = String(part.tokens / budget);
  return node;
}
