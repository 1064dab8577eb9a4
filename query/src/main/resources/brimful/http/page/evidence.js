// The best passages as cards: all there is without a model, a look behind the answer with one.

import { element } from "./dom.js";
import { counted, displayOf, place } from "./format.js";
import { thumbnail } from "./thumbnail.js";

export function evidenceCards(best, collection, open) {
  return element(
    "details",
    { class: "fold" },
    element(
      "summary",
      {},
      element("h2", {}, "Best evidence"),
      element("span", { class: "hint" }, counted(best.length, "passage")),
    ),
    best.length === 0
      ? element("p", { class: "empty" }, "Nothing in this collection matches the question.")
      : element(
          "ol",
          { class: "cards" },
          best.map((hit) => element("li", { class: "card" }, card(hit, collection, open))),
        ),
  );
}

function card(hit, collection, open) {
  return [
    element(
      "h3",
      {},
      element(
        "button",
        {
          type: "button",
          class: "link",
          dir: "auto",
          "data-document": hit.document,
          onclick: () => open(hit.document, hit.locator),
        },
        hit.document,
      ),
      element(
        "span",
        { class: "hint" },
        ` ${displayOf(hit.locator)}, ${counted(hit.tokens, "token")}`,
      ),
    ),
    hit.picture
      ? thumbnail(collection, hit.document, hit.picture, place(hit.document, hit.locator), () =>
          open(hit.document, hit.locator),
        )
      : null,
    hit.heading ? element("p", { class: "heading", dir: "auto" }, hit.heading) : null,
    element(
      "pre",
      hit.locator.kind === "lines"
        ? { class: "excerpt code", tabindex: "0" }
        : { class: "excerpt", tabindex: "0", dir: "auto" },
      hit.text,
    ),
  ];
}
