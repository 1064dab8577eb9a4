// Collections: what they hold, where it comes from, and what became of each file.

import { call, collectionPath, post, remove } from "./api.js";
import { busy, byId, confirmed, element } from "./dom.js";
import { counted, left, number, time } from "./format.js";
import { chosen, loadCollections, on, store } from "./store.js";
import { follow, jobOf } from "./jobs.js";
import { isLive, progressOf } from "./job-row.js";
import { Files } from "./files.js";
import { nextOf, schedule } from "./source-schedule.js";
import { uploadForm } from "./upload.js";

let parts = null;

export function startCollections() {
  parts = build();
  byId("collection-page").append(parts.head, parts.add, parts.sources, parts.files.node);
  byId("create-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const name = byId("new-collection");
    busy(byId("create"), byId("create-problem"), async () => {
      await create(name.value.trim());
      name.value = "";
      byId("add-location").focus();
    });
  });
  on("collection", show);
  on("jobs", showSources);
}

export async function showCollections() {
  await loadCollections().catch(() => {});
}

function build() {
  return {
    head: element("header", { class: "collection-head" }),
    add: addForm(),
    sources: element("section", { "aria-label": "Sources" }),
    files: new Files(),
  };
}

async function create(name) {
  const created = await post("/v1/collections", { name });
  store.collection = created.name;
  await loadCollections();
}

/// Whoever adds a folder first should not have to think of a collection before.
async function collectionFor(location) {
  if (chosen() === null) {
    const last =
      location
        .replace(/[/\\]+$/, "")
        .replace(/\.git$/, "")
        .split(/[/\\:]/)
        .at(-1) ?? "";
    await create(
      last
        .toLowerCase()
        .replace(/[^a-z0-9_.-]+/g, "-")
        .replace(/^[^a-z0-9_]+/, "")
        .slice(0, 100) || "docs",
    );
  }
  return store.collection;
}

async function begun(job) {
  follow(job);
  await loadCollections();
}

function addForm() {
  const problem = element("p", { class: "problem", role: "alert", hidden: true });
  const button = element("button", { id: "add", type: "submit", class: "primary" }, "Add");
  const input = element("input", {
    id: "add-location",
    required: true,
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "/path/to/folder, https://host/repository.git or web:https://host/guide/",
  });
  const form = element(
    "form",
    {},
    element(
      "div",
      { class: "row" },
      element("label", { class: "grow" }, "Folder, git or web: address on the server", input),
      button,
    ),
    problem,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(button, problem, async () => {
      const location = input.value.trim();
      const collection = await collectionFor(location);
      const job = await post(collectionPath(collection, "/sources"), { location });
      input.value = "";
      await begun(job);
    });
  });
  const upload = uploadForm(async (files) => {
    const collection = await collectionFor("documents");
    const body = new FormData();
    files.forEach(({ file, name }) => body.append("file", file, name));
    await begun(await call("POST", collectionPath(collection, "/uploads"), body));
  });
  return element(
    "section",
    { class: "card", "aria-label": "Add", "data-needs": "manage" },
    element("h2", {}, "Add a folder or repository"),
    form,
    upload,
  );
}

function show() {
  showHead();
  showSources();
  parts.files.show(chosen());
}

function showHead() {
  const collection = chosen();
  if (collection === null) {
    parts.head.replaceChildren(
      element("h1", {}, "Collections"),
      element(
        "p",
        { class: "empty" },
        "No collections yet. ",
        element(
          "span",
          { "data-needs": "manage" },
          "Add a folder or repository, or upload files; Brimful creates a collection for them.",
        ),
      ),
    );
    return;
  }
  const problem = element("p", { class: "problem", role: "alert", hidden: true });
  const button = element(
    "button",
    {
      type: "button",
      class: "danger",
      "data-test": "delete-collection",
      "data-needs": "manage",
    },
    "Delete collection",
  );
  button.addEventListener("click", async () => {
    if (
      await confirmed(
        `Delete the collection ${collection.name}, its index and its uploads?`,
        "Delete",
      )
    ) {
      await busy(button, problem, async () => {
        await remove(collectionPath(collection.name));
        store.collection = "";
        await loadCollections();
      });
    }
  });
  parts.head.replaceChildren(
    element("div", { class: "row" }, element("h1", { class: "grow" }, collection.name), button),
    element(
      "p",
      { class: "hint" },
      `${counted(collection.documents, "document")}, ${number(collection.tokens)} tokens` +
        `, counted by ${collection.tokenizer}. Created ${time(collection.created)}.`,
    ),
    problem,
  );
}

function showSources() {
  const collection = chosen();
  const sources = collection?.sources ?? [];
  parts.sources.hidden = collection === null;
  // A rebuilt list would take the focus away on each step of a job.
  const state = JSON.stringify([
    collection?.name,
    sources,
    sources.map((source) => stateOf(source, jobOf(source))),
  ]);
  if (parts.sources.dataset.state === state) {
    return;
  }
  parts.sources.dataset.state = state;
  parts.sources.replaceChildren(
    element("h2", {}, "Sources"),
    sources.length === 0
      ? element(
          "p",
          { class: "empty" },
          "No sources yet. ",
          element("span", { "data-needs": "manage" }, "Add a folder or repository above."),
        )
      : element(
          "ul",
          { class: "rows" },
          sources.map((source) => sourceRow(collection.name, source)),
        ),
  );
}

function sourceRow(collection, source) {
  const problem = element("p", { class: "problem", role: "alert", hidden: true });
  const path = collectionPath(collection, `/sources/${encodeURIComponent(source.id)}`);
  const live = isLive(jobOf(source) ?? {});
  const sync = element(
    "button",
    { type: "button", "data-test": "sync", disabled: live, "aria-label": `Sync ${source.id}` },
    "Sync",
  );
  const drop = element(
    "button",
    { type: "button", class: "danger", "data-test": "remove", "aria-label": `Remove ${source.id}` },
    "Remove",
  );
  sync.addEventListener("click", () =>
    busy(sync, problem, async () => begun(await post(path + "/sync", { retry_failed: false }))),
  );
  drop.addEventListener("click", async () => {
    if (
      await confirmed(
        `Remove ${source.id} from ${collection}? This removes its documents from the index.`,
        "Remove",
      )
    ) {
      await busy(drop, problem, async () => begun(await remove(path)));
    }
  });
  return element(
    "li",
    { "data-source": source.id },
    element(
      "div",
      { class: "grow" },
      element("strong", {}, source.id),
      source.location === source.id
        ? null
        : element("span", { class: "location", dir: "auto" }, source.location),
      element("span", { class: "hint" }, stateOf(source, jobOf(source))),
    ),
    element(
      "div",
      { class: "row", "data-needs": "manage" },
      schedule(collection, source, problem, begun),
      sync,
      drop,
    ),
    problem,
  );
}

function stateOf(source, job) {
  if (job && isLive(job)) {
    const eta = job.eta_seconds >= 1 ? `, ${left(job.eta_seconds)}` : "";
    const what = job.kind === "remove" ? "removing" : "syncing";
    return `${what}: ${progressOf(job)}${eta}`;
  }
  if (job?.state === "failed") {
    return `failed: ${job.error}`;
  }
  const within = source.lies_in ? `, lies in ${source.lies_in}, which has the files of both` : "";
  return (
    (source.synced ? `synced ${time(source.synced)}` : "not synced yet") + nextOf(source) + within
  );
}
