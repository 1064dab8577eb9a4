// Colours code, sets formulas and draws diagrams in answers. Loaded with the first of them.

import DOMPurify from "../vendor/purify.es.mjs";
import { drawWhenNear } from "./diagrams.js";

/// Longer listings are read as they are.
const CODE_CHARS_MAX = 50_000;

const vendor = (name) => new URL(`../vendor/${name}`, import.meta.url).href;
const loaded = new Map();

/// Loads a script of a library, which leaves its name behind.
function library(file, name) {
  const { promise, resolve, reject } = Promise.withResolvers();
  if (!loaded.has(file)) {
    loaded.set(file, promise);
    const script = document.createElement("script");
    script.src = vendor(file);
    script.onload = () => resolve(window[name]);
    script.onerror = () => {
      loaded.delete(file);
      reject(new Error(`${file} was not loaded`));
    };
    document.head.append(script);
  }
  return loaded.get(file);
}

const pause = () => new Promise((resolve) => setTimeout(resolve));

/// Colours the code, sets the formulas and draws the diagrams of nodes, piece by piece. Without the
/// libraries, all stay as they were written.
export async function enrich(nodes) {
  const found = (selector) =>
    nodes.flatMap((node) => [...(node.matches(selector) ? [node] : node.querySelectorAll(selector))]);
  const code = nodes.flatMap((node) => [...node.querySelectorAll("pre > code[class*=language-]")]);
  const math = found(".math");
  const isDiagram = (block) => block.classList.contains("language-mermaid");
  code.filter(isDiagram).forEach((block) => drawWhenNear(block));
  try {
    if (code.length > 0) {
      await colour(code.filter((block) => !isDiagram(block)));
    }
    if (math.length > 0) {
      await typeset(math);
    }
  } catch {
    // The server is gone for now; what is written can be read.
  }
}

async function colour(blocks) {
  const hljs = await library("highlight.min.js", "hljs");
  for (const block of blocks) {
    const language = /language-(\S+)/.exec(block.className)?.[1] ?? "";
    const text = block.textContent;
    if (hljs.getLanguage(language) && text.length <= CODE_CHARS_MAX) {
      const { value } = hljs.highlight(text, { language, ignoreIllegals: true });
      block.replaceChildren(
        DOMPurify.sanitize(value, {
          RETURN_DOM_FRAGMENT: true,
          ALLOWED_TAGS: ["span"],
          ALLOWED_ATTR: ["class"],
        }),
      );
      await pause();
    }
  }
}

async function typeset(formulas) {
  if (!document.querySelector("link[data-katex]")) {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = vendor("katex/katex.min.css");
    style.dataset.katex = "";
    document.head.append(style);
  }
  const katex = await library("katex/katex.min.js", "katex");
  for (const formula of formulas) {
    const set = document.createElement("span");
    try {
      katex.render(formula.textContent, set, {
        displayMode: formula.classList.contains("display"),
        strict: "ignore",
        trust: false,
        maxSize: 20,
        maxExpand: 300,
      });
      formula.replaceChildren(set);
      formula.classList.add("set");
    } catch {
      // What is no formula stays as it was written.
    }
    await pause();
  }
}
