// One batch in words and with a bar.

import { element } from "./dom.js";
import { counted, left, money, number, time } from "./format.js";

export const isRunning = (batch) => batch?.state === "running";

export const batchPath = (id, rest = "") => `/v1/batches/${encodeURIComponent(id)}${rest}`;

/// Its elements stay while numbers change, so that focus does, too.
export class BatchRow {
  constructor(batch) {
    this.state = element("span", { class: "state" });
    this.when = element("span", { class: "hint" });
    this.parts = ["answered", "failed", "pending"].map((name) => ({
      name,
      node: element("span", { class: `cells-${name}` }),
    }));
    this.bar = element(
      "div",
      { class: "stack", role: "img" },
      this.parts.map((part) => part.node),
    );
    this.figures = element("p", { class: "job-figures" });
    this.node = element(
      "article",
      { class: "card job batch", "data-batch": batch.id },
      element(
        "header",
        {},
        element(
          "h2",
          {},
          element(
            "a",
            { href: `#/batches/${encodeURIComponent(batch.id)}`, "data-test": "open-batch" },
            titleOf(batch),
          ),
        ),
        this.state,
        this.when,
      ),
      this.bar,
      this.figures,
    );
  }

  show(batch) {
    this.node.dataset.state = batch.state;
    this.state.textContent = batch.state;
    this.when.textContent = batch.ended
      ? `ended ${time(batch.ended)}`
      : `since ${time(batch.created)}`;
    for (const { name, node } of this.parts) {
      node.hidden = !(batch[name] > 0);
      node.style.flexGrow = String(batch[name] ?? 0);
    }
    this.bar.setAttribute(
      "aria-label",
      `${number(batch.answered)} answered, ${number(batch.failed)} failed, ` +
        `${number(batch.pending)} pending`,
    );
    this.figures.replaceChildren(...figures(batch));
  }
}

export function titleOf(batch) {
  const per = batch.per === "collection" ? "as a whole" : `to each ${batch.per}`;
  return `${batch.collection}, ${counted(batch.questions.length, "question")} ${per}`;
}

function figures(batch) {
  const words = [
    isRunning(batch) && batch.cells === 0
      ? "preparing the table"
      : `${number(batch.answered)} of ${counted(batch.cells, "answer")}`,
  ];
  if (typeof batch.spent_usd === "number") {
    words.push(`${money(batch.spent_usd)} spent`);
  }
  if (typeof batch.left_usd === "number") {
    words.push(`${money(Math.max(0, batch.left_usd))} left`);
  }
  if (batch.model) {
    words.push(batch.model);
  }
  if (isRunning(batch) && batch.eta_seconds >= 1) {
    words.push(left(batch.eta_seconds));
  }
  const spans = words.map((word) => element("span", {}, word));
  if (batch.failed > 0) {
    spans.splice(1, 0, element("span", { class: "failures" }, `${number(batch.failed)} failed`));
  }
  return spans;
}
