// Batches: the form, the list, and the one whose table is open. The server keeps them.

import { all, get } from "./api.js";
import { canAsk, startForm } from "./batch-form.js";
import { BatchRow, batchPath, isRunning } from "./batch-row.js";
import { BatchView } from "./batch-view.js";
import { byId, element, showProblem } from "./dom.js";
import { on } from "./store.js";

const LIVE_MS = 2000;
// Batches may be begun from elsewhere, too.
const REFRESH_MS = 15_000;

const batches = new Map();
const rows = new Map();
let visible = false;
let view = null;
let refreshed = 0;

export function startBatches() {
  startForm((batch) => {
    update(batch);
    location.hash = `#/batches/${encodeURIComponent(batch.id)}`;
  });
  on("collection", render);
  on("view", (name) => {
    visible = name === "batches";
    if (!visible) {
      leave();
    }
  });
  setInterval(() => {
    const wait = [...batches.values()].some(isRunning) ? LIVE_MS : REFRESH_MS;
    if (visible && view === null && !document.hidden && Date.now() - refreshed >= wait) {
      refresh();
    }
  }, LIVE_MS);
}

/// @param id of the batch to open, or none for the list
export function showBatches(id) {
  const before = view?.id ?? "";
  leave();
  showProblem(byId("batches-problem"), null);
  if (id === "") {
    render();
    refresh();
  } else {
    open(id);
  }
  if (visible && before !== id) {
    // The link that led here is gone.
    byId("batches-title").focus();
  }
}

function leave() {
  view?.close();
  view = null;
}

async function open(id) {
  const opened = new BatchView(id, update);
  view = opened;
  render();
  try {
    const batch = await get(batchPath(id));
    if (view === opened) {
      update(batch);
      opened.start(batch);
    }
  } catch (error) {
    if (view === opened) {
      showProblem(byId("batches-problem"), error);
    }
  }
}

async function refresh() {
  refreshed = Date.now();
  try {
    const list = await all("/v1/batches");
    batches.clear();
    list.forEach((batch) => batches.set(batch.id, batch));
    showProblem(byId("batches-problem"), null);
    render();
  } catch (error) {
    showProblem(byId("batches-problem"), error);
  }
}

function update(batch) {
  batches.set(batch.id, batch);
  render();
}

function render() {
  const one = view !== null;
  byId("all-batches").hidden = !one;
  byId("batch-form").hidden = one || !canAsk();
  byId("batch-first-step").hidden = one || canAsk();
  const box = byId("batch");
  box.hidden = !one;
  if (one && box.firstChild !== view.node) {
    box.replaceChildren(view.node);
  }
  const list = [...batches.values()]
    .filter((batch) => !one || batch.id === view.id)
    .sort((a, b) => b.created.localeCompare(a.created));
  const nodes = list.map((batch) => {
    if (!rows.has(batch.id)) {
      rows.set(batch.id, new BatchRow(batch));
    }
    rows.get(batch.id).show(batch);
    return rows.get(batch.id).node;
  });
  if (nodes.length === 0 && !one) {
    nodes.push(element("p", { class: "empty" }, "No batches yet."));
  }
  const shown = byId("batches");
  if (
    nodes.length !== shown.children.length ||
    nodes.some((node, index) => node !== shown.children[index])
  ) {
    shown.replaceChildren(...nodes);
  }
}
