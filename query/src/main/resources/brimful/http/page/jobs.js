// Jobs with live progress. The server remembers them, so a page that is loaded again finds them.

import { all, events, get, remove } from "./api.js";
import { busy, byId, element, showProblem } from "./dom.js";
import { bytes, compact, counted, duration, number, time } from "./format.js";
import { loadCollections, on, store, tell } from "./store.js";

// A browser opens six connections to a server: some must be left for the rest of the page.
const STREAMS_MAX = 3;
const RETRY_MS = 2000;

const jobs = new Map();
const rows = new Map();
const streams = new Map();

export const isLive = (job) => job.state === "waiting" || job.state === "running";
export const jobOf = (source) => jobs.get(source.job) ?? [...jobs.values()].find((job) => job.source === source.id) ?? null;

export function startJobs() {
  let of = null;
  on("collection", () => {
    if (of !== store.collection) {
      of = store.collection;
      forget();
      refresh();
    }
  });
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
    for await (const { data } of events("GET", `/v1/jobs/${encodeURIComponent(id)}/events`, undefined, signal)) {
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
      rows.set(job.id, new Row(job));
    }
    rows.get(job.id).show(job);
    return rows.get(job.id).node;
  });
  const box = byId("jobs");
  if (nodes.length === 0) {
    box.replaceChildren(element("p", { class: "empty" },
      "No jobs yet. They begin when you add or sync a source under ",
      element("a", { href: "#/collections" }, "Collections"), "."));
  } else if (nodes.length !== box.children.length || nodes.some((node, index) => node !== box.children[index])) {
    box.replaceChildren(...nodes);
  }
}

const TITLES = { waiting: "waiting", running: "running", done: "done", failed: "failed", cancelled: "cancelled" };

/// Its elements stay while numbers change, so that focus does, too.
class Row {
  constructor(job) {
    this.state = element("span", { class: "state" });
    this.when = element("span", { class: "hint" });
    this.bar = element("progress", { "aria-label": `Progress of ${job.source}` });
    this.figures = element("p", { class: "job-figures" });
    this.problem = element("p", { class: "problem", role: "alert", hidden: true });
    this.error = element("p", { class: "problem", hidden: true });
    this.cancel = element("button", { type: "button", "data-test": "cancel-job" }, "Cancel");
    this.cancel.addEventListener("click", () => busy(this.cancel, this.problem, async () =>
      update(await remove(`/v1/jobs/${encodeURIComponent(job.id)}`))));
    this.node = element("article", { class: "card job", "data-job": job.id },
      element("header", {},
        element("h2", {}, `${job.kind === "remove" ? "Remove" : "Sync"} ${job.source}`), this.state, this.when, this.cancel),
      this.bar, this.figures, this.error, this.problem);
  }

  show(job) {
    this.node.dataset.state = job.state;
    this.state.textContent = TITLES[job.state] ?? job.state;
    this.when.textContent = job.ended ? `ended ${time(job.ended)}` : `since ${time(job.started ?? job.created)}`;
    this.cancel.hidden = !isLive(job);
    this.bar.hidden = !isLive(job);
    // Bytes tell more than files, whose sizes differ a thousandfold.
    const [done, all] = job.bytes > 0 ? [job.bytes_read, job.bytes] : [job.read, job.files];
    if (all > 0) {
      this.bar.max = all;
      this.bar.value = done;
    } else {
      this.bar.removeAttribute("value");
    }
    this.figures.replaceChildren(...figures(job));
    showProblem(this.error, job.error ? { detail: job.error } : null);
  }
}

function figures(job) {
  const words = [isLive(job) ? `${number(job.read)} of ${counted(job.files, "file")}` : counted(job.read, "file")];
  if (job.bytes > 0) {
    words.push(isLive(job) ? `${bytes(job.bytes_read)} of ${bytes(job.bytes)}` : bytes(job.bytes_read));
  }
  words.push(`${compact(job.tokens)} tokens`);
  if (job.removed > 0) {
    words.push(`${number(job.removed)} removed`);
  }
  if (job.files_per_second > 0) {
    words.push(`${compact(job.files_per_second)} files/s`);
  }
  if (isLive(job) && typeof job.eta_seconds === "number") {
    words.push(`${duration(job.eta_seconds)} left`);
  }
  const spans = words.map((word) => element("span", {}, word));
  if (job.failed > 0) {
    spans.push(element("a", { class: "failures", href: "#/collections", "data-test": "job-failures" }, `${number(job.failed)} failed`));
  }
  return spans;
}
