// The window as a table, and what was left out by reason.

import { element } from "./dom.js";
import { counted, number, share } from "./format.js";
import { thumbnail } from "./thumbnail.js";

const STEP = 100;

export function documentTable(receipt, open) {
  const documents = [...receipt.documents].sort((a, b) => b.tokens - a.tokens);
  const body = element("tbody");
  const row = (each) =>
    element(
      "tr",
      {},
      element(
        "th",
        { scope: "row" },
        element(
          "button",
          { type: "button", class: "link", dir: "auto", "data-document": each.id, onclick: () => open(each.id) },
          each.id,
        ),
      ),
      element("td", {}, number(each.tokens)),
      element("td", {}, share(each.tokens, receipt.prompt_tokens)),
      element("td", {}, number(each.chunks.length)),
    );
  const more = growing(body, documents, row);
  return lazily(
    element(
      "details",
      { class: "fold documents" },
      element(
        "summary",
        {},
        element("h3", {}, "As a table"),
        element("span", { class: "hint" }, counted(documents.length, "document")),
      ),
    ),
    () => {
      more.grow();
      return [
        element(
          "div",
          {
            class: "scroll",
            tabindex: "0",
            role: "region",
            "aria-label": "Documents in the window",
          },
          element(
            "table",
            { class: "figures" },
            element(
              "thead",
              {},
              element(
                "tr",
                {},
                ["Document", "Tokens", "Share", "Parts"].map((name) =>
                  element("th", { scope: "col" }, name),
                ),
              ),
            ),
            body,
          ),
        ),
        more.button,
      ];
    },
  );
}

/// The images that the model sees, in their order; nothing without any.
export function imageList(receipt, collection, open) {
  if (receipt.images.length === 0) {
    return [];
  }
  const list = element("ul", { class: "images" });
  const more = growing(list, receipt.images, (each) => {
    const label = `${each.id} ${each.width} × ${each.height}, ${counted(each.tokens, "token")}`;
    return element("li", {}, thumbnail(collection, each.id, each, label, () => open(each.id)));
  });
  const details = lazily(
    element(
      "details",
      { class: "fold", "data-test": "images" },
      element(
        "summary",
        {},
        element("h3", {}, "Images"),
        element("span", { class: "hint" }, counted(receipt.images.length, "image")),
      ),
    ),
    () => {
      more.grow();
      return [list, more.button];
    },
  );
  return [details];
}

export function leftOut(receipt, open) {
  const reasons = new Map();
  for (const each of receipt.left_out) {
    const reason = reasonOf(each.reason);
    reasons.set(reason, [...(reasons.get(reason) ?? []), each]);
  }
  const sorted = [...reasons].sort((a, b) => b[1].length - a[1].length);
  const more = Object.entries(receipt.left_out_more ?? {});
  return element(
    "section",
    { class: "left-out", "data-test": "left-out" },
    element(
      "h3",
      {},
      receipt.left_out.length === 0 ? "Nothing was left out" : "Left out, completely or partly",
    ),
    sorted.map(([reason, files]) => group(reason, files, open)),
    more.map(([reason, count]) =>
      element("p", { class: "hint" }, `${counted(count, "more file")}: ${reasonOf(reason)}`),
    ),
  );
}

/// Reasons that differ by a number or a name belong together.
function reasonOf(reason) {
  if (reason.startsWith("budget")) {
    return reason === "budget" ? "no room in the budget" : "not enough room in the budget for all of it";
  }
  if (reason.startsWith("duplicate of")) {
    return "duplicates of text in the window";
  }
  if (reason.includes(" not shown: ")) {
    return reason.replace(/^[\d,]+ images?/, "images");
  }
  return /^(truncated|failed|encrypted)/.exec(reason)?.[1] ?? reason;
}

function group(reason, files, open) {
  const list = element("ul", { class: "files" });
  const more = growing(list, files, (each) =>
    element(
      "li",
      {},
      element(
        "button",
        { type: "button", class: "link", dir: "auto", "data-document": each.id, onclick: () => open(each.id) },
        each.id,
      ),
      element("span", { class: "hint" }, ` ${each.reason}`),
    ),
  );
  return lazily(
    element(
      "details",
      {},
      element(
        "summary",
        {},
        reason,
        element("span", { class: "hint" }, counted(files.length, "file")),
      ),
    ),
    () => {
      more.grow();
      return [list, more.button];
    },
  );
}

/// A window has thousands of documents: rows are made when they are asked for.
function growing(node, items, row) {
  let count = 0;
  const button = element("button", { type: "button", onclick: grow });
  function grow() {
    node.append(...items.slice(count, count + STEP).map(row));
    count = Math.min(count + STEP, items.length);
    button.hidden = count === items.length;
    button.textContent = `Show more (${number(items.length - count)})`;
  }
  return { grow, button };
}

function lazily(details, make) {
  details.addEventListener("toggle", () => details.append(...make()), { once: true });
  return details;
}
