// The list of conversations, which the server keeps.

import { get } from "./api.js";
import { byId, element, showProblem } from "./dom.js";
import { counted, time } from "./format.js";
import { on } from "./store.js";

const TYPING_MS = 250;

let current = "";
let after = null;
let asked = 0;

export function startConversations() {
  const search = byId("find-conversation");
  let typing = null;
  search.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(load, TYPING_MS);
  });
  byId("more-conversations").addEventListener("click", () => load(after));
  on("conversations", () => load());
  on("conversation", (id) => {
    const known = id === "" || document.querySelector(`[data-conversation="${CSS.escape(id)}"]`);
    current = id;
    mark();
    if (!known) {
      load();
    }
  });
}

/// @param from the cursor to go on from, or null for the beginning
export async function load(from = null) {
  const wanted = ++asked;
  const words = byId("find-conversation").value.trim();
  const query = new URLSearchParams({ limit: "50", query: words });
  if (typeof from === "string") {
    query.set("after", from);
  }
  try {
    const page = await get(`/v1/conversations?${query}`);
    if (wanted === asked) {
      show(page, typeof from === "string", words);
    }
  } catch (error) {
    showProblem(byId("conversations-problem"), error);
  }
}

function show(page, more, words) {
  showProblem(byId("conversations-problem"), null);
  const list = byId("conversation-list");
  const items = page.data.map(item);
  if (more) {
    list.append(...items);
  } else {
    list.replaceChildren(...items);
  }
  after = page.next;
  byId("more-conversations").hidden = after === null;
  byId("no-conversation").hidden = list.childElementCount > 0;
  byId("no-conversation").textContent =
    words === "" ? "Your conversations will be kept here." : "No conversation has these words.";
  mark();
}

function item(head) {
  return element(
    "li",
    {},
    element(
      "a",
      { href: `#/ask/${head.id}`, "data-conversation": head.id, dir: "auto" },
      head.title || "Without a question",
    ),
    element(
      "span",
      { class: "hint" },
      [...head.collections, counted(head.questions, "question"), time(head.updated)].join(", "),
    ),
  );
}

function mark() {
  for (const link of document.querySelectorAll("[data-conversation]")) {
    if (link.dataset.conversation === current) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
}
