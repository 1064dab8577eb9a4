// A new batch: what is asked, of what, and for how much. An estimate comes before any money.

import { call } from "./api.js";
import { showModels } from "./ask.js";
import { bringsFiles, busy, byId, element } from "./dom.js";
import { compact, counted, money, share } from "./format.js";
import { QuestionList } from "./question-list.js";
import { chosen, on, store } from "./store.js";

const UNITS = { document: "document", folder: "folder", collection: "collection" };

/// @param begun what to do with a batch that was started
export function startForm(begun) {
  const form = byId("batch-form");
  const questions = new QuestionList(byId("question-list"));
  byId("add-question").addEventListener("click", () => questions.add().question.focus());
  startFile(form);
  byId("batch-per").addEventListener("change", showDepth);
  // An estimate holds for what was asked about, and for nothing else.
  form.addEventListener("input", forget);
  form.addEventListener("click", (event) => {
    if (event.target.closest("#typed-questions button, #clear-questions")) {
      forget();
    }
  });
  byId("batch-budget").addEventListener("invalid", openOptions);
  byId("batch-group").addEventListener("invalid", openOptions);
  byId("estimate").addEventListener("click", () => {
    if (form.reportValidity()) {
      busy(byId("estimate"), byId("batch-problem"), async () => {
        forget();
        showForecast(await call("POST", "/v1/batches/forecast", await body(questions)));
      });
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(byId("start-batch"), byId("batch-problem"), async () => {
      const batch = await call("POST", "/v1/batches", await body(questions));
      forget();
      begun(batch);
    });
  });
  on("status", () => showModels(byId("batch-model")));
  on("collection", () => {
    byId("batch-collection").textContent = store.collection;
    forget();
  });
}

export const canAsk = () =>
  chosen() !== null && (chosen().sources.length > 0 || chosen().documents > 0);

function startFile(form) {
  const input = byId("batch-questions");
  const zone = byId("question-drop");
  const show = () => {
    const some = input.files.length > 0;
    byId("clear-questions").hidden = !some;
    byId("batch-questions-hint").hidden = some;
    // What is disabled is not asked to be valid.
    byId("typed-questions").disabled = some;
    byId("typed-questions").hidden = some;
  };
  input.addEventListener("change", show);
  byId("clear-questions").addEventListener("click", () => {
    input.value = "";
    show();
    input.focus();
  });
  // All of the form takes a file, for the zone is small.
  form.addEventListener("dragover", (event) => {
    if (bringsFiles(event)) {
      event.preventDefault();
      zone.classList.add("over");
    }
  });
  form.addEventListener("dragleave", () => zone.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    if (!bringsFiles(event)) {
      return;
    }
    event.preventDefault();
    zone.classList.remove("over");
    const [first] = event.dataTransfer.files;
    if (first) {
      const one = new DataTransfer();
      one.items.add(first);
      input.files = one.files;
      show();
      forget();
    }
  });
}

function showDepth() {
  byId("batch-depth-label").hidden = byId("batch-per").value !== "folder";
  byId("batch-depth").disabled = byId("batch-depth-label").hidden;
}

/// A closed details would hide what is wrong.
function openOptions() {
  byId("batch-options").open = true;
}

function forget() {
  byId("forecast").hidden = true;
}

async function body(questions) {
  const limit = byId("batch-max-cost").value;
  const options = {
    collection: store.collection,
    per: byId("batch-per").value,
    depth: Number(byId("batch-depth").value) || 1,
    model: byId("batch-model").value,
    budget: byId("batch-budget").value.replace(/[\s,_]/g, ""),
    group: Number(byId("batch-group").value) || 1,
    max_cost_usd: limit === "" ? null : Number(limit),
    off_peak: byId("batch-when").value === "off-peak",
    exhaustive: byId("batch-exhaustive").checked,
  };
  const [file] = byId("batch-questions").files;
  if (!file) {
    return { ...options, questions: questions.questions() };
  }
  const form = new FormData();
  form.append("questions", await whole(file), file.name);
  form.append("options", JSON.stringify(options));
  return form;
}

/// A file that was mended after it was chosen is not sent, and the browser would not say why.
async function whole(file) {
  try {
    return new Blob([await file.arrayBuffer()]);
  } catch {
    throw new Error(`${file.name} has changed or is gone: choose it again`);
  }
}

function showForecast(forecast) {
  const cost = forecast.cost_usd;
  const unit = UNITS[byId("batch-per").value];
  const known = typeof cost?.most === "number";
  const same = known && money(cost.least) === money(cost.most);
  byId("forecast").replaceChildren(
    element(
      "strong",
      {},
      known
        ? same
          ? money(cost.most)
          : `${money(cost.least)} to ${money(cost.most)}`
        : "The price of this model is unknown",
    ),
    ` for ${counted(forecast.cells, "answer")}, from ${counted(forecast.units, unit)}` +
      ` in ${counted(forecast.calls, "call")}. ` +
      `${compact(forecast.tokens)} input tokens, ${share(forecast.cached_share ?? 0, 1)} of them cached.`,
  );
  byId("forecast").hidden = false;
}
