// One job in words and with a bar.

import { remove } from "./api.js";
import { busy, element, showProblem } from "./dom.js";
import { bytes, compact, counted, left, number, time } from "./format.js";

export const isLive = (job) => job.state === "waiting" || job.state === "running";

const KINDS = { sync: "Sync", remove: "Remove", count: "Count for" };

const TITLES = {
  waiting: "waiting",
  running: "running",
  done: "done",
  failed: "failed",
  cancelled: "cancelled",
};

/// A count goes through the chunks that were read before.
const noun = (job) => (job.kind === "count" ? "chunk" : "file");

/// A job lists what there is before it reads any of it.
export function progressOf(job) {
  if (job.state === "waiting") {
    return "waiting";
  }
  if (job.files > 0) {
    return `${number(job.read)} of ${counted(job.files, noun(job))}`;
  }
  return job.kind === "remove" ? "removing its documents" : "listing the files";
}

/// Its elements stay while numbers change, so that focus does, too.
export class JobRow {
  constructor(job, update) {
    this.state = element("span", { class: "state" });
    this.when = element("span", { class: "hint" });
    this.bar = element("progress", { "aria-label": `Progress of ${job.source}` });
    this.figures = element("p", { class: "job-figures" });
    this.problem = element("p", { class: "problem", role: "alert", hidden: true });
    this.error = element("p", { class: "problem", hidden: true });
    this.cancel = element(
      "button",
      { type: "button", "data-test": "cancel-job", "data-needs": "manage" },
      "Cancel",
    );
    this.cancel.addEventListener("click", () =>
      busy(this.cancel, this.problem, async () =>
        update(await remove(`/v1/jobs/${encodeURIComponent(job.id)}`)),
      ),
    );
    this.node = element(
      "article",
      { class: "card job", "data-job": job.id },
      element(
        "header",
        {},
        element("h2", {}, `${KINDS[job.kind] ?? job.kind} ${job.source}`),
        this.state,
        this.when,
        this.cancel,
      ),
      this.bar,
      this.figures,
      this.error,
      this.problem,
    );
  }

  show(job) {
    this.node.dataset.state = job.state;
    this.state.textContent = TITLES[job.state] ?? job.state;
    this.when.textContent = job.ended
      ? `ended ${time(job.ended)}`
      : `since ${time(job.started ?? job.created)}`;
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
    const line = job.error ?? job.notice;
    showProblem(this.error, line ? { detail: line } : null);
  }
}

function figures(job) {
  const words = [isLive(job) ? progressOf(job) : counted(job.read, noun(job))];
  if (job.bytes > 0) {
    words.push(
      isLive(job) ? `${bytes(job.bytes_read)} of ${bytes(job.bytes)}` : bytes(job.bytes_read),
    );
  }
  if (job.tokens > 0) {
    words.push(`${compact(job.tokens)} tokens`);
  }
  if (job.removed > 0) {
    words.push(`${number(job.removed)} removed`);
  }
  if (job.files_per_second >= 0.5) {
    words.push(`${compact(job.files_per_second)} ${noun(job)}s/s`);
  }
  if (isLive(job) && job.eta_seconds >= 1) {
    words.push(left(job.eta_seconds));
  }
  const spans = words.map((word) => element("span", {}, word));
  if (job.failed > 0) {
    spans.push(
      element(
        "a",
        { class: "failures", href: "#/collections", "data-test": "job-failures" },
        `${number(job.failed)} failed`,
      ),
    );
  }
  return spans;
}
