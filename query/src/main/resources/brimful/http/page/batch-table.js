// The table of a batch: a row for each unit, a column for each question. It is drawn a hundred rows
// at a time, and each cell is drawn again in place when it changes.

import { get } from "./api.js";
import { batchPath } from "./batch-row.js";
import { busy, element } from "./dom.js";
import { counted, number } from "./format.js";

const ROWS_AT_ONCE = 100;
const CELLS_AT_ONCE = 1000;
// More is not to be seen in a cell.
const TEXT_MAX = 280;

const keyOf = (unit, question) => `${unit}\n${question}`;

export class BatchTable {
  /// @param open shows a cell in full
  constructor(batch, open) {
    this.batch = batch;
    this.questions = batch.questions;
    this.open = open;
    this.cells = new Map();
    this.nodes = new Map();
    this.units = new Set();
    this.rows = 0;
    this.most = ROWS_AT_ONCE;
    this.complete = false;
    this.turn = 0;
    this.build();
  }

  build() {
    this.body = element("tbody", {});
    this.table = element(
      "table",
      { id: "batch-table" },
      element("caption", { class: "unseen" }, "Answers"),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          element("th", { scope: "col" }, this.batch.per),
          this.questions.map((question) =>
            element(
              "th",
              { scope: "col", title: question.question },
              question.id,
              element("span", { class: "hint" }, question.question),
            ),
          ),
        ),
      ),
      this.body,
    );
    this.words = element("span", { class: "hint", role: "status" });
    this.problem = element("p", { class: "problem", role: "alert", hidden: true });
    this.more = element("button", { id: "more-rows", type: "button", hidden: true }, "More");
    this.more.addEventListener("click", () =>
      busy(this.more, this.problem, async () => {
        this.most += ROWS_AT_ONCE;
        this.draw();
        await this.load();
      }),
    );
    this.node = element(
      "div",
      { class: "batch-table" },
      element(
        "div",
        { class: "table-box", tabindex: "0", role: "region", "aria-label": "Answers" },
        this.table,
      ),
      element("div", { class: "row" }, this.more, this.words),
      this.problem,
    );
    this.body.addEventListener("click", (event) => {
      const cell = event.target.closest("[data-cell]");
      if (cell) {
        this.choose(cell.parentNode.dataset.unit, cell.dataset.cell, cell.querySelector("button"));
      }
    });
  }

  choose(unit, id, button) {
    const question = this.questions.find((each) => each.id === id);
    const cell = this.cells.get(keyOf(unit, id)) ?? { unit, question: id, state: "pending" };
    this.open(cell, question, button);
  }

  /// Reads the cells of as many units as are to be seen.
  async load() {
    const turn = ++this.turn;
    const seen = new Set();
    let after = null;
    do {
      const from = after === null ? "" : `&after=${encodeURIComponent(after)}`;
      const page = await get(batchPath(this.batch.id, `/cells?limit=${CELLS_AT_ONCE}${from}`));
      if (turn !== this.turn) {
        return;
      }
      for (const cell of page.data) {
        seen.add(cell.unit);
        this.units.add(cell.unit);
        this.keep(cell);
      }
      after = page.next ?? null;
      this.draw();
      // The unit after the last one says that the last one is whole.
    } while (after !== null && seen.size <= this.most);
    this.complete = after === null;
    this.arrange(seen);
    this.draw();
  }

  /// Rows that came as they were answered go where the server has them.
  arrange(seen) {
    this.units = new Set([...seen, ...this.units]);
    const known = new Map([...this.body.rows].map((row) => [row.dataset.unit, row]));
    const rows = [...this.units]
      .slice(0, this.rows)
      .map((unit) => known.get(unit) ?? this.row(unit));
    if (rows.some((row, index) => row !== this.body.rows[index])) {
      const focused = this.body.contains(document.activeElement) ? document.activeElement : null;
      this.body.replaceChildren(...rows);
      focused?.focus();
    }
  }

  close() {
    this.turn++;
  }

  /// Takes a cell that was just finished.
  put(cell) {
    if (this.complete && !this.units.has(cell.unit)) {
      this.units.add(cell.unit);
      this.keep(cell);
      this.draw();
    } else {
      this.keep(cell);
    }
  }

  keep(cell) {
    const key = keyOf(cell.unit, cell.question);
    const before = this.cells.get(key);
    if (before && JSON.stringify(before) === JSON.stringify(cell)) {
      return;
    }
    this.cells.set(key, cell);
    const node = this.nodes.get(key);
    if (node) {
      fill(node, cell);
    }
  }

  draw() {
    const added = [];
    let at = 0;
    for (const unit of this.units) {
      if (at >= this.most) {
        break;
      }
      if (at >= this.rows) {
        added.push(this.row(unit));
      }
      at++;
    }
    this.rows = at;
    this.body.append(...added);
    this.describe();
  }

  row(unit) {
    const slash = unit.lastIndexOf("/") + 1;
    return element(
      "tr",
      { "data-unit": unit },
      element(
        "th",
        { scope: "row", title: unit },
        slash > 0 ? element("span", { class: "hint" }, unit.slice(0, slash)) : null,
        unit.slice(slash) || this.batch.collection,
      ),
      this.questions.map((question) => {
        const key = keyOf(unit, question.id);
        const node = element("td", { "data-cell": question.id });
        this.nodes.set(key, node);
        fill(node, this.cells.get(key));
        return node;
      }),
    );
  }

  /// Takes newer numbers of the batch.
  count(batch) {
    this.batch = batch;
    this.describe();
  }

  describe() {
    const known = Math.round(this.batch.cells / Math.max(1, this.questions.length));
    const all = Math.max(known, this.units.size);
    const words =
      this.rows < all
        ? `${number(this.rows)} of ${counted(all, this.batch.per)}`
        : counted(all, this.batch.per);
    if (this.words.textContent !== words) {
      this.words.textContent = words;
    }
    this.more.hidden = this.complete ? this.units.size <= this.rows : this.rows < this.most;
  }
}

function fill(node, cell) {
  const state = cell?.state ?? "pending";
  node.dataset.state = state;
  if (state === "pending") {
    node.replaceChildren(element("span", { class: "pending" }, "…"));
    return;
  }
  const focused = node.contains(document.activeElement);
  const button = element("button", { type: "button", class: "cell" }, ...contentOf(cell));
  node.replaceChildren(button);
  if (focused) {
    button.focus();
  }
}

function contentOf(cell) {
  if (cell.state === "failed") {
    return [
      element("span", { class: "mark bad" }, "failed"),
      element("span", { class: "text hint" }, cell.cause ?? ""),
    ];
  }
  const text = textOf(cell.answer);
  const short = text.length > TEXT_MAX ? text.slice(0, TEXT_MAX) + "…" : text;
  const cited = cell.citations ?? [];
  const good = cited.filter((each) => each.verified).length;
  const bad = cited.length - good;
  return [
    element("span", { class: text === "" ? "text hint" : "text" }, short || "not stated"),
    good > 0
      ? element(
          "span",
          { class: "mark good", title: `${counted(good, "citation")} verified` },
          `✓ ${number(good)}`,
          element("span", { class: "unseen" }, " verified"),
        )
      : null,
    bad > 0
      ? element(
          "span",
          { class: "mark bad", title: `${counted(bad, "citation")} not verified` },
          `? ${number(bad)}`,
          element("span", { class: "unseen" }, " not verified"),
        )
      : null,
  ].filter(Boolean);
}

/// An answer as people write it; nothing if the documents do not say.
export function textOf(answer) {
  if (answer === null || answer === undefined) {
    return "";
  }
  if (typeof answer === "boolean") {
    return answer ? "yes" : "no";
  }
  if (Array.isArray(answer)) {
    return answer.map(textOf).join("; ");
  }
  return typeof answer === "object" ? JSON.stringify(answer) : String(answer);
}
