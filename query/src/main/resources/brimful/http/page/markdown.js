// Markdown of a model to DOM. A stream is rendered piece by piece: blocks that are complete are
// kept, so that a long answer costs no more for each new word than a short one.

import { Marked } from "../vendor/marked.esm.js";
import DOMPurify from "../vendor/purify.es.mjs";
import { placesIn } from "./citations.js";
import { copied } from "./clipboard.js";
import { element } from "./dom.js";
import { formulas } from "./formulas.js";
import { place as placeText } from "./format.js";

const START = /\[[^\][\n]{1,400}\](?![[(])/;
const BARE = /(?<![\w/.-])(?:[\w.-]+\/)*[\w.-]+\.\w{1,12}:\d{1,7}(?:-\d{1,7})?(?![\w:])/;

const escape = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

function button(place) {
  const whole = escape(placeText(place.document, place.locator));
  const label = escape(shortened(place));
  return `<button type="button" class="citation" title="${whole}" data-citation="${whole}">${label}</button>`;
}

/// Paths of Java are long: the last folder and the name tell enough, the title has the whole.
function shortened({ written, document }) {
  const names = document.split("/");
  return names.length > 2 ? written.replace(document, names.slice(-2).join("/")) : written;
}

function citationHtml(places) {
  return `<span class="citations">${places.map(button).join(" ")}</span>`;
}

const citation = {
  name: "citation",
  level: "inline",
  start(text) {
    const at = [text.search(START), text.search(BARE)].filter((index) => index >= 0);
    return at.length > 0 ? Math.min(...at) : undefined;
  },
  tokenizer(text) {
    for (const pattern of [START, BARE]) {
      const match = pattern.exec(text);
      if (match?.index === 0) {
        const places = placesIn(match[0].replace(/^\[|\]$/g, ""));
        if (places !== null) {
          return { type: "citation", raw: match[0], places };
        }
      }
    }
    return undefined;
  },
  renderer: (token) => citationHtml(token.places),
};

const marked = new Marked({ gfm: true });
marked.use({
  extensions: [citation, ...formulas(escape)],
  renderer: {
    // What looks like a tag in an answer about code is code: List<String> must not vanish.
    html: (token) => (token.block ? `<p>${escape(token.raw)}</p>` : escape(token.raw)),
    image: (token) => escape(token.raw),
    codespan(token) {
      const places = /[:\s]/.test(token.text) ? placesIn(token.text.replace(/^\[|\]$/g, "")) : null;
      return places !== null && /[./]/.test(places[0].document) ? citationHtml(places) : false;
    },
  },
});

/// What is read from right to left, if its first letter is.
const WRITTEN = "p, li, h1, h2, h3, h4, h5, h6, blockquote, table, th, td";

const PURE = {
  RETURN_DOM_FRAGMENT: true,
  ALLOWED_TAGS: [
    "a",
    "b",
    "blockquote",
    "br",
    "button",
    "code",
    "del",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "input",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
  ],
  ALLOWED_ATTR: [
    "href",
    "title",
    "class",
    "type",
    "start",
    "checked",
    "disabled",
    "align",
    "data-citation",
  ],
  // "A.java:3" would pass for an address with an unknown scheme; nobody goes there.
  ADD_URI_SAFE_ATTR: ["data-citation"],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
};

// A broken model repeats a sign thousands of times, which costs a parser of Markdown minutes, or its stack.
const RUN = /([^\p{L}\p{N}\s] ?)\1{199,}/gu;
const HELD = /\uE000(\d+)\uE001/g;

/// Returns a text without such runs, and the runs, which come back as text.
function held(markdown) {
  const runs = [];
  const text = markdown.replace(RUN, (run) => `\uE000${runs.push(run) - 1}\uE001`);
  return { text, runs };
}

const restored = (text, runs) => text.replace(HELD, (mark, n) => runs[Number(n)] ?? mark);

function release(fragment, runs) {
  const texts = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    texts.currentNode.data = restored(texts.currentNode.data, runs);
  }
}

function toDom(markdown) {
  const { text, runs } = held(markdown);
  const fragment = DOMPurify.sanitize(marked.parse(text), PURE);
  if (runs.length > 0) {
    release(fragment, runs);
  }
  for (const link of fragment.querySelectorAll("a")) {
    if (!/^(https?|mailto):/i.test(link.getAttribute("href") ?? "")) {
      // A link to a file of the collection leads nowhere on this server.
      link.replaceWith(...link.childNodes);
      continue;
    }
    link.rel = "noopener noreferrer";
    link.target = "_blank";
  }
  for (const table of fragment.querySelectorAll("table")) {
    // A wide table scrolls by itself instead of the page.
    const scroll = document.createElement("div");
    scroll.className = "scroll";
    scroll.tabIndex = 0;
    table.replaceWith(scroll);
    scroll.append(table);
  }
  for (const code of fragment.querySelectorAll("pre")) {
    listing(code);
  }
  for (const block of fragment.querySelectorAll(WRITTEN)) {
    block.dir = "auto";
  }
  for (const formula of fragment.querySelectorAll(".math.display")) {
    formula.tabIndex = 0;
  }
  // Only the check boxes of task lists are meant.
  for (const input of fragment.querySelectorAll("input:not([type=checkbox])")) {
    input.remove();
  }
  return fragment;
}

/// Puts a head over a listing: what it is, and a button that copies it.
function listing(code) {
  // A keyboard scrolls only what it can reach.
  code.tabIndex = 0;
  const language = /language-(\S+)/.exec(code.firstElementChild?.className ?? "")?.[1];
  const text = code.textContent;
  const copy = element(
    "button",
    { type: "button", class: "quiet", "data-test": "copy-code", onclick: () => copied(copy, text) },
    "Copy code",
  );
  const block = element("div", { class: "code-block" });
  code.replaceWith(block);
  block.append(
    element("div", { class: "code-head" }, element("span", {}, language ?? "text"), copy),
    code,
  );
}

/// Colours code and sets formulas of what is complete.
async function enriched(nodes) {
  const some = nodes.filter((node) => node.querySelector);
  const rich = "pre > code[class*=language-], .math";
  if (some.some((node) => node.matches(rich) || node.querySelector(rich) !== null)) {
    try {
      const { enrich } = await import("./rich.js");
      await enrich(some);
    } catch {
      // What is written can be read.
    }
  }
}

/// Renders what is added, at most once a frame.
export class MarkdownStream {
  constructor(node) {
    this.kept = node.appendChild(document.createElement("div"));
    this.live = node.appendChild(document.createElement("div"));
    this.kept.className = this.live.className = "prose";
    this.text = "";
    this.tail = "";
    this.due = null;
    this.notBefore = 0;
    this.onrender = () => {};
  }

  add(text) {
    this.text += text;
    this.tail += text.replace(/\r/g, "");
    this.due ??= requestAnimationFrame((now) => this.tick(now));
  }

  tick(now) {
    // One huge block, such as a long listing, is drawn again as a whole: leave time for the rest.
    this.due = now < this.notBefore ? requestAnimationFrame((next) => this.tick(next)) : null;
    if (this.due === null) {
      this.render(false);
    }
  }

  render(last) {
    const began = performance.now();
    this.keepComplete(last);
    this.live.replaceChildren(toDom(this.tail));
    if (last) {
      // What ends in blanks stays here.
      enriched([...this.live.childNodes]);
    }
    this.notBefore = performance.now() + 4 * (performance.now() - began);
    this.onrender();
  }

  /// The last two blocks may still change: a paragraph becomes a heading, a list goes on.
  keepComplete(last) {
    const { text, runs } = held(this.tail);
    const blocks = marked.lexer(text);
    const ready = last ? blocks : blocks.slice(0, -2);
    const raw = restored(ready.map((block) => block.raw).join(""), runs);
    if (raw !== "" && this.tail.startsWith(raw)) {
      const complete = toDom(raw);
      const nodes = [...complete.childNodes];
      this.kept.append(complete);
      enriched(nodes);
      this.tail = this.tail.slice(raw.length);
    }
  }

  end() {
    if (this.due !== null) {
      cancelAnimationFrame(this.due);
      this.due = null;
    }
    this.render(true);
  }
}
