// A # in the question lists files by name; the one that is picked is what the question is about.

import { collectionPath, get } from "./api.js";
import { byId, element } from "./dom.js";
import { askedOf, only } from "./scope.js";

const TYPING_MS = 150;
const MOST = 8;
const MENTION = /(^|\s)#([^\s#]*)$/;
const TEXTS = ["indexed", "truncated"];

let typing = null;
let latest = 0;
let active = -1;

/// Must come before other handlers of the keys of the question.
export function startMention() {
  const question = byId("question");
  question.addEventListener("input", () => {
    clearTimeout(typing);
    if (mention() === null) {
      close();
    } else {
      typing = setTimeout(list, TYPING_MS);
    }
  });
  question.addEventListener("keydown", key);
  question.addEventListener("blur", close);
  // The question keeps the focus, so that one types on.
  byId("mentions").addEventListener("mousedown", (event) => event.preventDefault());
  byId("mentions").addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) {
      pick(option);
    }
  });
}

/// What follows the # before the caret; null without one.
function mention() {
  const question = byId("question");
  const found = MENTION.exec(question.value.slice(0, question.selectionStart));
  return found === null ? null : found[2];
}

async function list() {
  const words = mention();
  const wanted = ++latest;
  if (words === null) {
    return;
  }
  let files = [];
  try {
    files = (await Promise.all(askedOf().split("+").map((name) => filesOf(name, words)))).flat();
  } catch {
    // The question can be asked without the list, and whoever asks it sees what is wrong.
  }
  if (wanted === latest && mention() === words) {
    show(files.slice(0, MOST));
  }
}

async function filesOf(collection, words) {
  const pages = await Promise.all(
    TEXTS.map((state) => {
      const query = new URLSearchParams({ state, name: words, limit: MOST });
      return get(collectionPath(collection, `/files?${query}`));
    }),
  );
  return pages.flatMap((page) => page.data.map(({ id }) => ({ collection, id })));
}

function show(files) {
  const box = byId("mentions");
  box.replaceChildren(
    ...files.map(({ collection, id }, index) =>
      element(
        "li",
        { role: "option", id: `mention-${index}`, "aria-selected": "false", "data-mention": id, "data-collection": collection },
        element("bdi", {}, id),
      ),
    ),
  );
  box.hidden = files.length === 0;
  byId("mention-count").textContent =
    files.length === 0 ? "No file has this in its name." : "Arrow down chooses a file.";
  mark(-1);
}

function close() {
  clearTimeout(typing);
  latest++;
  byId("mentions").hidden = true;
  byId("mention-count").textContent = "";
  mark(-1);
}

function mark(index) {
  const options = [...byId("mentions").children];
  active = index;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
  options[index]?.scrollIntoView({ block: "nearest" });
  if (index < 0) {
    byId("question").removeAttribute("aria-activedescendant");
  } else {
    byId("question").setAttribute("aria-activedescendant", options[index].id);
  }
}

function key(event) {
  const options = byId("mentions").children;
  if (byId("mentions").hidden || event.isComposing) {
    return;
  }
  const steps = {
    ArrowDown: () => mark((active + 1) % options.length),
    ArrowUp: () => mark(active > 0 ? active - 1 : options.length - 1),
    Escape: close,
  };
  if (event.key === "Enter" && active >= 0) {
    steps.Enter = () => pick(options[active]);
  }
  if (Object.hasOwn(steps, event.key)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    steps[event.key]();
  }
}

/// Takes a file into the scope, and its name into the question.
function pick(option) {
  const question = byId("question");
  const { mention: file, collection } = option.dataset;
  const before = question.value.slice(0, question.selectionStart).replace(MENTION, (_, gap) => `${gap}${file} `);
  const after = question.value.slice(question.selectionStart);
  only(collection, file);
  question.value = before + after;
  question.setSelectionRange(before.length, before.length);
  close();
}
