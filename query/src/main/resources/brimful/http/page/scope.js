// Which collections and files a question is about: a field of patterns, and a tree that fills it.

import { busy, byId, showProblem } from "./dom.js";
import { counted } from "./format.js";
import { ScopeTree } from "./scope-tree.js";
import { choose, on, store, tell } from "./store.js";

/// As many as the server takes.
const PATTERNS_MAX = 100;

let chosen = [];
let tree = null;
// What the tree has written into the field, to know what a person has typed.
let filled = "";

export function startScope() {
  byId("choose-scope").addEventListener("click", () =>
    busy(byId("choose-scope"), byId("ask-problem"), open),
  );
  byId("scope-form").addEventListener("submit", (event) => {
    if (event.submitter?.value === "use" && !use()) {
      event.preventDefault();
    }
  });
  on("collection", () => {
    if (chosen.length > 0 && !chosen.includes(store.collection)) {
      forget();
    }
  });
}

/// The collections of the next question, as the server wants them.
export const askedOf = () => (chosen.length > 0 ? chosen.join("+") : store.collection);

/// Makes the next question one about collections, if all of them are there.
///
/// @param names as a request has them
export function askAbout(names) {
  const all = names.split("+");
  const known = all.every((name) => store.collections.some((each) => each.name === name));
  if (known) {
    chosen = all.length > 1 ? all : [];
    choose(all[0]);
  }
}

/// The patterns of the next question; undefined for everything.
export function patterns() {
  const all = typed();
  return all.length > 0 ? all : undefined;
}

const typed = () =>
  byId("scope")
    .value.split(/[\s,]+/)
    .filter((each) => each !== "");

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
  filled = all.join(" ");
  byId("scope").value = filled;
  tell("scope");
  return true;
}
