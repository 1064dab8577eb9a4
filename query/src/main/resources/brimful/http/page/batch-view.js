// One open batch: what can be done with it, and its table as it grows.

import { events, get, hasKey, post, remove, send } from "./api.js";
import { BatchTable } from "./batch-table.js";
import { batchPath, isRunning } from "./batch-row.js";
import { CellPanel } from "./cell-panel.js";
import { save } from "./download.js";
import { busy, element, showProblem } from "./dom.js";
import { withTimes } from "./format.js";

const RETRY_MS = 2000;

export class BatchView {
  /// @param update what to do with newer numbers of the batch
  constructor(id, update) {
    this.id = id;
    this.update = update;
    this.abort = new AbortController();
    this.watching = false;
    this.lost = false;
    this.batch = null;
    this.table = null;
    this.panel = new CellPanel();
    this.notice = element("p", { id: "batch-notice", class: "notice", role: "status" });
    this.notice.hidden = true;
    this.problem = element("p", { class: "problem", role: "alert", hidden: true });
    this.cancel = this.button("cancel-batch", "Cancel", () => {
      // Calls under way are waited for.
      this.cancel.textContent = "Stopping…";
      return remove(batchPath(id)).catch((error) => {
        this.cancel.textContent = "Cancel";
        throw error;
      });
    });
    this.resume = this.button("resume-batch", "Resume", () => this.goOn(false));
    this.retry = this.button("retry-batch", "Retry failed", () => this.goOn(true));
    this.most = element("input", {
      id: "batch-limit",
      type: "number",
      step: "any",
      inputmode: "decimal",
      placeholder: "no limit",
    });
    this.limit = element("label", { "data-needs": "manage", hidden: true }, "Total spending limit, USD ", this.most);
    this.downloads = element(
      "span",
      { class: "downloads" },
      "Download ",
      this.download("csv", "CSV"),
      this.download("jsonl", "JSONL"),
    );
    this.node = element(
      "div",
      {},
      this.notice,
      element(
        "div",
        { class: "row" },
        this.cancel,
        this.resume,
        this.retry,
        this.limit,
        this.downloads,
      ),
      this.problem,
    );
  }

  start(batch) {
    this.table = new BatchTable(batch, (cell, question, from) =>
      this.panel.open(batch, cell, question, from),
    );
    this.node.append(this.table.node);
    this.show(batch);
    this.load();
    this.watch();
  }

  close() {
    this.abort.abort();
    this.table?.close();
    this.panel.close();
  }

  button(id, words, work) {
    const button = element(
      "button",
      { id, type: "button", "data-needs": "manage", hidden: true },
      words,
    );
    button.addEventListener("click", () =>
      busy(button, this.problem, async () => {
        const batch = await work();
        this.take(batch);
        this.watch();
      }),
    );
    return button;
  }

  async goOn(retryFailed) {
    if (!this.most.reportValidity()) {
      return this.batch;
    }
    const batch = await post(batchPath(this.id, "/resume"), {
      retry_failed: retryFailed,
      max_cost_usd: this.most.value === "" ? null : Number(this.most.value),
    });
    this.load();
    return batch;
  }

  download(ending, words) {
    const path = batchPath(this.id, `/table.${ending}`);
    const name = `${this.id}.${ending}`;
    const link = element("a", { id: `download-${ending}`, href: path, download: name }, words);
    link.addEventListener("click", (event) => {
      if (hasKey()) {
        // A link cannot carry the key.
        event.preventDefault();
        showProblem(this.problem, null);
        send("GET", path, undefined, { accept: "*/*" })
          .then(async (response) => save(await response.blob(), name))
          .catch((error) => showProblem(this.problem, error));
      }
    });
    return link;
  }

  take(batch) {
    if (!this.abort.signal.aborted) {
      this.update(batch);
      this.show(batch);
    }
  }

  show(batch) {
    if (this.batch?.max_cost_usd !== batch.max_cost_usd) {
      this.most.value = batch.max_cost_usd ?? "";
    }
    this.batch = batch;
    const running = isRunning(batch);
    const focused = this.node.contains(document.activeElement) ? document.activeElement : null;
    this.cancel.hidden = !running;
    if (!running) {
      this.cancel.textContent = "Cancel";
    }
    // One that failed before it began has nothing pending yet.
    this.resume.hidden = running || (batch.pending === 0 && batch.state !== "failed");
    this.retry.hidden = running || batch.failed === 0;
    this.limit.hidden = this.resume.hidden && this.retry.hidden;
    if (focused?.hidden) {
      [this.cancel, this.resume, this.retry].find((each) => !each.hidden)?.focus();
    }
    const notice = withTimes(batch.notice ?? "");
    if (this.notice.textContent !== notice) {
      this.notice.textContent = notice;
    }
    this.notice.hidden = notice === "";
    this.table?.count(batch);
  }

  async load() {
    try {
      await this.table.load();
    } catch (error) {
      showProblem(this.problem, error);
    }
  }

  async watch() {
    if (this.watching) {
      return;
    }
    this.watching = true;
    while (isRunning(this.batch) && !this.abort.signal.aborted) {
      try {
        await this.read();
      } catch (error) {
        if (!this.abort.signal.aborted) {
          this.lost = true;
          showProblem(this.problem, error);
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        }
      }
    }
    this.watching = false;
  }

  async read() {
    const stream = events("GET", batchPath(this.id, "/events"), undefined, this.abort.signal);
    let ended = false;
    for await (const { name, data } of stream) {
      if (this.abort.signal.aborted) {
        return;
      }
      if (this.lost) {
        this.lost = false;
        showProblem(this.problem, null);
      }
      if (name === "cell") {
        this.table.put(data);
        this.panel.put(data);
      } else if (name === "progress" || name === "end") {
        ended = name === "end";
        this.take(data);
      }
    }
    if (!ended && !this.abort.signal.aborted) {
      // Without an end the connection was lost, not the batch.
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      this.take(await get(batchPath(this.id)));
    }
    // What came while nobody listened.
    await this.load();
  }
}
