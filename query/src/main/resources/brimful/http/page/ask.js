// The question box, and the questions of this session. One question runs at a time.

import { byId, element, showProblem } from "./dom.js";
import { loadStatus, on, store } from "./store.js";
import { Run } from "./run.js";

const runs = [];
let shown = null;
let running = null;

export function startAsk() {
  const form = byId("ask-form");
  const question = byId("question");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  question.addEventListener("keydown", (event) => {
    // An Enter that ends the input of a Chinese or Japanese word asks nothing.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  // A closed details would hide what is wrong.
  byId("budget").addEventListener("invalid", () => {
    document.querySelector(".options").open = true;
  });
  byId("stop").addEventListener("click", () => running?.stop());
  on("status", () => showModels(byId("ask-model")));
}

export function showModels(picker) {
  const models = store.status.models ?? [];
  const usual = store.status.model?.id;
  const before = picker.value;
  picker.replaceChildren(
    element("option", { value: "" }, usual ? `as configured (${usual})` : "as configured"),
    ...models.filter((id) => id !== usual).map((id) => element("option", { value: id }, id)),
  );
  picker.value = models.includes(before) ? before : "";
}

function budget() {
  const text = byId("budget")
    .value.trim()
    .replace(/[\s,_]/g, "");
  if (text === "") {
    return undefined;
  }
  return /^\d+$/.test(text) ? Number(text) : text;
}

async function ask() {
  const question = byId("question").value.trim();
  if (question === "" || running !== null) {
    return;
  }
  showProblem(byId("ask-problem"), null);
  const run = new Run({
    collection: store.collection,
    question,
    model: byId("ask-model").value || undefined,
    budget: budget(),
  });
  runs.unshift(run);
  running = run;
  show(run);
  showButtons();
  try {
    await run.start();
  } finally {
    running = null;
    showButtons();
    showHistory();
    // A model may have come or gone since.
    loadStatus().catch(() => {});
  }
}

function show(run) {
  shown = run;
  byId("run").replaceChildren(run.node);
  run.shown();
  showHistory();
}

function showButtons() {
  const focused = document.activeElement;
  byId("ask").hidden = running !== null;
  byId("stop").hidden = running === null;
  if (focused === byId("ask") && running !== null) {
    byId("stop").focus();
  } else if (focused === byId("stop") && running === null) {
    byId("ask").focus();
  }
}

function showHistory() {
  byId("history").hidden = runs.length < 2 && runs[0] === shown;
  byId("history")
    .querySelector("ol")
    .replaceChildren(
      ...runs.map((run) =>
        element(
          "li",
          {},
          element(
            "button",
            {
              type: "button",
              class: "link",
              "data-test": "past-question",
              "aria-current": run === shown ? "true" : false,
              onclick: () => show(run),
            },
            run.request.question,
          ),
          element("span", { class: "hint" }, ` ${run.request.collection}, ${run.outcome}`),
        ),
      ),
    );
}
