// Which collections and files a question is about: a field of patterns, and a tree that fills it.

import { busy, byId, showProblem } from "./dom.js";
import { counted } from "./format.js";
import { literal, ScopeTree } from "./scope-tree.js";
import { choose, on, store, tell } from "./store.js";

/// As many as the server takes.
const PATTERNS_MAX = 100;
/// More are counted beside the question.
const SHOWN_MAX = 5;

let chosen = [];
let tree = null;
// What was written into the field for a person, to know what they have typed, and for which
// collections.
let filled = "";
let filledFor = "";

export function startScope() {
  byId("choose-scope").addEventListener("click", () =>
    busy(byId("choose-scope"), byId("ask-problem"), open),
  );
  byId("scope-form").addEventListener("submit", (event) => {
    if (event.submitter?.value === "use" && !use()) {
      event.preventDefault();
    }
  });
  byId("scope").addEventListener("input", showScope);
  byId("whole-scope").addEventListener("click", () => {
    fill([]);
    byId("question").focus();
  });
  byId("collection").addEventListener("change", (event) => pick(event.target.value));
  on("scope", showScope);
  on("collection", () => {
    const others = filled !== "" && !filledFor.split("+").includes(store.collection);
    if (others || (chosen.length > 0 && !chosen.includes(store.collection))) {
      forget();
    }
  });
}

/// Whoever picks one collection means that one alone.
function pick(name) {
  if (chosen.length > 0) {
    forget();
  }
  choose(name);
}

/// Says beside the question that it is not about everything: the field may be folded away.
function showScope() {
  const all = typed();
  byId("ask-scope").hidden = all.length === 0;
  byId("scope-words").textContent =
    all.length > SHOWN_MAX ? counted(all.length, "pattern") : all.join(" ");
}

function fill(all) {
  filled = all.join(" ");
  filledFor = askedOf();
  byId("scope").value = filled;
  tell("scope");
}

/// Adds a file to what the next question is about.
export function only(collection, file) {
  const pattern = (askedOf().includes("+") ? `${collection}/` : "") + literal(file);
  const before = typed();
  fill(before.includes(pattern) ? before : [...before, pattern]);
}

/// The collections of the next question, as the server wants them.
export const askedOf = () => (chosen.length > 0 ? chosen.join("+") : store.collection);

/// Makes the next question one about the same as one before, if all of its collections are there.
///
/// @param names as a request has them
/// @param scope its patterns, if it had some
export function askAbout(names, scope = []) {
  const all = names.split("+");
  const known = all.every((name) => store.collections.some((each) => each.name === name));
  if (known) {
    chosen = all.length > 1 ? all : [];
    choose(all[0]);
    const same = [scope].flat();
    // Others than this page may have patterns that the field would read as several.
    fill(same.some((each) => split(each).length !== 1) ? [] : same);
  }
}

/// The patterns of the next question; undefined for everything.
export function patterns() {
  const all = typed();
  return all.length > 0 ? all : undefined;
}

const typed = () => split(byId("scope").value);

/// The patterns of a text: gaps and commas part them, but for commas in braces.
function split(text) {
  const all = [""];
  let depth = 0;
  for (const sign of text) {
    depth = Math.max(0, depth + (sign === "{" ? 1 : sign === "}" ? -1 : 0));
    if (/\s/.test(sign) || (sign === "," && depth === 0)) {
      all.push("");
      depth = /\s/.test(sign) ? 0 : depth;
    } else {
      all[all.length - 1] += sign;
    }
  }
  return all.filter((each) => each !== "");
}

function forget() {
  chosen = [];
  if (byId("scope").value === filled) {
    byId("scope").value = "";
  }
  filled = "";
  tell("scope");
}

async function open() {
  showProblem(byId("scope-problem"), null);
  tree = new ScopeTree(store.collections, showSum, (error) =>
    showProblem(byId("scope-problem"), error),
  );
  byId("scope-tree").replaceChildren(tree.node);
  byId("scope-dialog").showModal();
  await tree.choose(chosen.length > 0 ? chosen : [store.collection], typed());
  tree.focus();
}

function showSum({ documents }) {
  byId("scope-sum").textContent =
    documents === 0 ? "Nothing is chosen." : `${counted(documents, "document")} chosen.`;
}

/// Takes over what is checked.
function use() {
  const { collections, patterns: all } = tree.result();
  const wrong =
    collections.length === 0
      ? "Choose something: a question needs documents."
      : all.length > PATTERNS_MAX
        ? `This is ${counted(all.length, "pattern")}, and a question takes ${PATTERNS_MAX}: choose whole folders.`
        : "";
  showProblem(byId("scope-problem"), wrong === "" ? null : { detail: wrong });
  if (wrong !== "") {
    return false;
  }
  const own = collections.length === 1 && collections[0] === store.collection;
  chosen = own ? [] : collections;
  fill(all);
  return true;
}
