// Jobs with live progress. The server remembers them, so a page that is loaded again finds them.

import { all, events, get } from "./api.js";
import { byId, element, showProblem } from "./dom.js";
import { number } from "./format.js";
import { isLive, JobRow } from "./job-row.js";
import { loadCollections, on, store, tell } from "./store.js";

// A browser opens six connections to a server: some must be left for the rest of the page.
const STREAMS_MAX = 3;
const RETRY_MS = 2000;
// Jobs may be begun from elsewhere, too.
const REFRESH_MS = 15_000;

const jobs = new Map();
const rows = new Map();
const streams = new Map();

export const jobOf = (source) =>
  jobs.get(source.job) ??
  [...jobs.values()].find((job) => job.source === source.id && job.kind !== "count") ??
  null;

export function startJobs() {
  let of = null;
  on("collection", () => {
    if (of !== store.collection) {
      of = store.collection;
      forget();
      refresh();
    }
  });
  setInterval(() => {
    if (!document.hidden && location.hash === "#/jobs") {
      refresh();
    }
  }, REFRESH_MS);
}

export function showJobs() {
  refresh();
}

/// Shows a job that was just begun, and follows it to its end.
export function follow(job) {
  update(job);
  attach();
}

function forget() {
  for (const abort of streams.values()) {
    abort.abort();
  }
  streams.clear();
  jobs.clear();
  rows.clear();
  render();
}

async function refresh() {
  const collection = store.collection;
  if (collection === "") {
    render();
    return;
  }
  try {
    const list = await all(`/v1/jobs?collection=${encodeURIComponent(collection)}`, 200);
    if (collection === store.collection) {
      list.forEach((job) => jobs.set(job.id, job));
      showProblem(byId("jobs-problem"), null);
      render();
      tell("jobs");
      attach();
    }
  } catch (error) {
    showProblem(byId("jobs-problem"), error);
  }
}

function update(job) {
  const before = jobs.get(job.id);
  jobs.set(job.id, job);
  render();
  tell("jobs");
  if (before && isLive(before) && !isLive(job)) {
    // Its end changes what the collection holds.
    loadCollections().catch((error) => showProblem(byId("problem"), error));
  }
}

function attach() {
  for (const job of jobs.values()) {
    if (isLive(job) && !streams.has(job.id) && streams.size < STREAMS_MAX) {
      const abort = new AbortController();
      streams.set(job.id, abort);
      watch(job.id, abort.signal);
    }
  }
}

async function watch(id, signal) {
  try {
    for await (const { data } of events(
      "GET",
      `/v1/jobs/${encodeURIComponent(id)}/events`,
      undefined,
      signal,
    )) {
      if (signal.aborted) {
        return;
      }
      update(data);
    }
    // Without an end the connection was lost, not the job.
    if (isLive(jobs.get(id))) {
      await pause();
      update(await get(`/v1/jobs/${encodeURIComponent(id)}`));
    }
  } catch (error) {
    if (signal.aborted) {
      return;
    }
    showProblem(byId("jobs-problem"), error);
    await pause();
  }
  if (!signal.aborted) {
    streams.delete(id);
    attach();
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, RETRY_MS));

function render() {
  const list = [...jobs.values()].sort((a, b) => b.created.localeCompare(a.created));
  const live = list.filter(isLive).length;
  const badge = document.querySelector("[data-test=running-jobs]");
  badge.hidden = live === 0;
  badge.textContent = number(live);
  badge.setAttribute("aria-label", `${number(live)} running`);
  const nodes = list.map((job) => {
    if (!rows.has(job.id)) {
      rows.set(job.id, new JobRow(job, update));
    }
    rows.get(job.id).show(job);
    return rows.get(job.id).node;
  });
  const box = byId("jobs");
  if (nodes.length === 0) {
    box.replaceChildren(
      element(
        "p",
        { class: "empty" },
        "No jobs yet. ",
        element(
          "span",
          { "data-needs": "manage" },
          "Add or sync a source under ",
          element("a", { href: "#/collections" }, "Collections"),
          ".",
        ),
      ),
    );
  } else if (
    nodes.length !== box.children.length ||
    nodes.some((node, index) => node !== box.children[index])
  ) {
    box.replaceChildren(...nodes);
  }
}
