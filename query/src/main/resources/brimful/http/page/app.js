// Starts the page: header, theme, routes.

import { loadStatus, loadCollections, store, on, chosen, tell } from "./store.js";
import { answers } from "./api.js";
import { bringsFiles, byId, element, showProblem } from "./dom.js";
import { compact, counted } from "./format.js";
import { showAsk, startAsk } from "./ask.js";
import { startBatches, showBatches } from "./batches.js";
import { startCollections, showCollections } from "./collections.js";
import { startFirstStep } from "./first-step.js";
import { startJobs, showJobs } from "./jobs.js";
import { askedOf } from "./scope.js";
import { showSettings } from "./settings.js";
import { mayAsk } from "./thread.js";

const WATCH_MS = 10_000;
const GONE_MS = 2_000;

const VIEWS = {
  ask: showAsk,
  batches: showBatches,
  collections: showCollections,
  jobs: showJobs,
  settings: showSettings,
};

/// The end of an address, which people may have typed.
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function route() {
  const [name, ...rest] = location.hash.replace(/^#\//, "").split("/");
  const view = Object.hasOwn(VIEWS, name) ? name : "ask";
  for (const page of document.querySelectorAll("[data-page]")) {
    page.hidden = page.dataset.page !== view;
  }
  for (const link of document.querySelectorAll("[data-view]")) {
    if (link.dataset.view === view) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
  document.title =
    (view === "ask" ? "" : view[0].toUpperCase() + view.slice(1) + " – ") + "Brimful";
  VIEWS[view](decoded(rest.join("/")));
  tell("view", view);
}

function showStatus() {
  const model = store.status.model;
  const node = byId("model");
  const connected = Boolean(model?.connected);
  node.dataset.connected = String(connected);
  node.replaceChildren(
    element("span", { class: "dot", "aria-hidden": "true" }),
    connected ? `${model.id} connected` : "No model connected",
  );
  node.title = connected
    ? `Window of ${counted(model.window_tokens, "token")}`
    : "Questions show the best evidence";
}

function showPicker() {
  const picker = byId("collection");
  picker.replaceChildren(
    ...store.collections.map((each) =>
      element("option", { value: each.name }, `${each.name} (${compact(each.tokens)})`),
    ),
  );
  if (store.collections.length === 0) {
    picker.append(element("option", { value: "" }, "No collection"));
  }
  picker.disabled = store.collections.length === 0;
  picker.value = store.collection;
  picker.title = chosen() === null ? "" : counted(chosen().tokens, "token");
  const ready = chosen() !== null && (chosen().sources.length > 0 || chosen().documents > 0);
  byId("first-step").hidden = ready;
  byId("ask-form").hidden = !ready || !mayAsk();
  byId("ask-collection").textContent = askedOf().replaceAll("+", ", ");
}

function startTheme() {
  const picker = byId("theme");
  picker.value = document.documentElement.dataset.theme ?? "";
  picker.addEventListener("change", () => {
    localStorage.setItem("brimful.theme", picker.value);
    if (picker.value === "") {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = picker.value;
    }
  });
}

function startSkip() {
  // The hash is the route, so the link must not change it.
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("main").focus();
  });
}

/// A file that is dropped beside its zone would take the place of the page.
function startDrops() {
  for (const name of ["dragover", "drop"]) {
    addEventListener(name, (event) => {
      const taken = event.defaultPrevented || event.target.closest?.("input[type=file]");
      if (bringsFiles(event) && !taken) {
        event.preventDefault();
        event.dataTransfer.dropEffect = "none";
      }
    });
  }
}

/// Tells when the server is gone, and when it is back.
async function watchServer() {
  const banner = byId("gone");
  const here = document.hidden || (await answers());
  if (here && !banner.hidden) {
    loadStatus().catch(() => {});
    loadCollections().catch(() => {});
    tell("back");
  }
  banner.hidden = here;
  setTimeout(watchServer, here ? WATCH_MS : GONE_MS);
}

async function start() {
  startTheme();
  startSkip();
  startDrops();
  startAsk();
  startBatches();
  startCollections();
  startJobs();
  startFirstStep();
  on("status", showStatus);
  on("collection", showPicker);
  on("conversation", showPicker);
  on("scope", showPicker);
  addEventListener("hashchange", route);
  try {
    await loadStatus();
    await loadCollections();
  } catch (error) {
    showProblem(byId("problem"), error);
  }
  route();
  setTimeout(watchServer, WATCH_MS);
}

start();
