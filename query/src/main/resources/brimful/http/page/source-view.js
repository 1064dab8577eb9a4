// The drawer that shows a document, the cited place marked and scrolled to.

import { documentPath, get } from "./api.js";
import { byId, element, showProblem } from "./dom.js";
import { counted, displayOf, place } from "./format.js";
import { pageSwitch } from "./pdf-switch.js";
import { thumbnail } from "./thumbnail.js";

const LINES_AT_ONCE = 4000;
const BESIDE = matchMedia("(min-width: 70rem)");

let latest = 0;
let returnTo = null;
let pages = null;

/// @param words what a claim says of the place, or the question was; marked on the page of a PDF
export async function openSource(collection, id, locator, inWindow, words = "") {
  const turn = ++latest;
  const dialog = byId("source");
  const problem = element("p", { class: "problem", role: "alert", hidden: true });
  const title = element("h2", { id: "source-title", tabindex: "-1", dir: "auto" }, id);
  const about = element("p", { class: "hint", role: "status" }, "Opening…");
  // Whoever has no pointer scrolls it with the arrow keys.
  const body = element("div", {
    class: "source-body",
    role: "group",
    tabindex: "0",
    "aria-label": "Text of the document",
  });
  pages?.close();
  pages = pageSwitch({ collection, id, locator, words, body, problem });
  const head = element(
    "header",
    // Beside the answer, it would be a second banner of the page.
    { role: "presentation" },
    element("div", {}, title, about),
    element("button", { type: "button", "data-test": "close-source", onclick: close }, "Close"),
  );
  const shown = [head, pages?.bar, problem, pages?.page, body];
  dialog.replaceChildren(...shown.filter((node) => node !== undefined));
  show(dialog);
  title.focus();
  pages?.start();
  try {
    const seen = { parts: 0, tokens: 0 };
    let from = null;
    do {
      const text = await get(textPath(collection, id, from));
      if (turn !== latest) {
        return;
      }
      seen.parts += text.parts.length;
      seen.tokens += text.parts.reduce((sum, part) => sum + part.tokens, 0);
      from = text.next ?? null;
      about.textContent = describe(text, seen, locator, inWindow) + (from === null ? "" : " …");
      // Of several collections, the window has each as a folder.
      await render(collection, body, { ...text, document: id }, locator, inWindow, turn);
    } while (from !== null && turn === latest);
    if (turn === latest && locator && body.querySelector(".cited") === null) {
      showProblem(problem, {
        detail: `${place(id, locator)} was not found in this document.`,
      });
    }
  } catch (error) {
    if (turn === latest) {
      about.textContent = "";
      showProblem(problem, error);
    }
  }
}

function textPath(collection, id, from) {
  const rest = from === null ? "" : `&from=${encodeURIComponent(from)}`;
  return documentPath(collection, "text", id, rest);
}

/// Beside the answer where there is room, over it where there is not.
function show(dialog) {
  if (!dialog.open) {
    returnTo = document.activeElement;
    if (BESIDE.matches) {
      dialog.show();
    } else {
      dialog.showModal();
    }
    dialog.onkeydown = (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        close();
      }
    };
    dialog.onclose = () => document.body.classList.remove("with-source");
  }
  document.body.classList.add("with-source");
}

function close() {
  latest++;
  pages?.close();
  pages = null;
  byId("source").close();
  // A cell of the picture is not the same element any more after the drawer took its room.
  (returnTo?.isConnected ? returnTo : document.querySelector(".treemap [tabindex='0']"))?.focus();
}

function describe(text, seen, locator, inWindow) {
  const words = [counted(seen.parts, "part"), counted(seen.tokens, "token")];
  if (text.title && text.title !== text.document) {
    words.unshift(text.title);
  }
  if (locator) {
    words.unshift(displayOf(locator));
  }
  if (inWindow) {
    words.push("bar on the left: in the window");
  }
  return words.join(" · ");
}

async function render(collection, body, text, locator, inWindow, turn) {
  const ranges = inWindow?.map(rangeOf) ?? [];
  // The rest of a long document must not take away what is being read.
  const before = body.querySelector(".cited") !== null;
  let lines = 0;
  let found = before;
  for (const part of text.parts) {
    const section = partOf(part, locator, ranges);
    if (part.picture) {
      const label = place(text.document, part.locator);
      body.append(thumbnail(collection, text.document, part.picture, label));
    }
    body.append(section.node);
    lines += section.lines;
    if (!found) {
      found = toCited(body);
    }
    if (lines >= LINES_AT_ONCE) {
      lines = 0;
      await new Promise((resolve) => setTimeout(resolve));
      if (turn !== latest) {
        return;
      }
    }
  }
  if (!before) {
    // What came after it may have moved it.
    toCited(body);
  }
}

/// Scrolls the drawer only; scrollIntoView would move the answer as well.
function toCited(body) {
  const cited = body.querySelector(".cited");
  if (cited !== null) {
    const above = cited.tagName === "SECTION" ? 0 : body.clientHeight / 3;
    body.scrollTop += cited.getBoundingClientRect().top - body.getBoundingClientRect().top - above;
  }
  return cited !== null;
}

/// "12-40" as numbers; another place as it is written.
function rangeOf(written) {
  const lines = /^(\d+)(?:-(\d+))?$/.exec(written);
  return lines ? { first: Number(lines[1]), last: Number(lines[2] ?? lines[1]) } : { written };
}

function partOf(part, cited, ranges) {
  return part.locator.kind === "lines"
    ? listing(part, cited, ranges)
    : passage(part, cited, ranges);
}

function listing(part, cited, ranges) {
  const texts = part.text.split("\n");
  if (texts.at(-1) === "" && texts.length > part.locator.last - part.locator.first + 1) {
    texts.pop();
  }
  const inside = (line, range) => line >= range.first && line <= range.last;
  const rows = texts.map((text, index) => {
    const line = part.locator.first + index;
    const names = ["line"];
    if (cited?.kind === "lines" && inside(line, cited)) {
      names.push("cited");
    }
    if (ranges.some((range) => inside(line, range))) {
      names.push("in-window");
    }
    return element("span", { class: names.join(" "), "data-line": line }, text + "\n");
  });
  const node = element("pre", { class: "listing" }, rows);
  // Tells the browser how high it will be before it has drawn it.
  node.style.containIntrinsicSize = `auto ${texts.length * 1.25}rem`;
  return { node, lines: rows.length };
}

function passage(part, cited, ranges) {
  const display = displayOf(part.locator);
  const names = ["passage"];
  if (cited && isCited(part.locator, cited)) {
    names.push("cited");
  }
  if (ranges.some((range) => range.written === display)) {
    names.push("in-window");
  }
  const node = element(
    "section",
    { class: names.join(" ") },
    element(
      "h3",
      {},
      display,
      part.heading ? element("bdi", { class: "hint" }, ` ${part.heading}`) : null,
    ),
    element("p", { class: part.locator.kind === "sheet" ? "code" : "", dir: "auto" }, part.text),
  );
  return { node, lines: Math.ceil(part.text.length / 80) };
}

function isCited(locator, cited) {
  if (cited.kind === "lines") {
    return cited.first === locator.number;
  }
  return (
    locator.kind === cited.kind &&
    (locator.kind === "sheet"
      ? locator.name.toLowerCase() === cited.name.toLowerCase() && meets(locator, cited)
      : locator.kind === "turns" || locator.kind === "time"
        ? cited.first <= locator.last && locator.first <= cited.last
        : locator.number === cited.number)
  );
}

/// Whether a part of a sheet has some of the cited rows.
function meets(locator, cited) {
  const [from, to] = rows(locator.cells);
  const [first, last] = rows(cited.cells);
  return first <= to && from <= last;
}

function rows(cells) {
  const numbers = (cells ?? "").match(/\d+/g)?.map(Number) ?? [0, Infinity];
  return [numbers[0], numbers.at(-1)];
}
