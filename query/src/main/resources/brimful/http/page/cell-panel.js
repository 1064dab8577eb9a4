// A cell in full, beside the table: the answer, where it comes from, what it cost, or why there is none.

import { textOf } from "./batch-table.js";
import { byId, element } from "./dom.js";
import { counted, money, number, place, share } from "./format.js";
import { openSource } from "./source-view.js";

const BESIDE = matchMedia("(min-width: 70rem)");

export class CellPanel {
  constructor() {
    this.batch = null;
    this.cell = null;
    this.question = null;
    this.returnTo = null;
  }

  /// @param from the button of the cell; null while it has none
  open(batch, cell, question, from) {
    this.batch = batch;
    this.cell = cell;
    this.question = question;
    const dialog = byId("cell-panel");
    this.draw();
    if (!dialog.open) {
      if (BESIDE.matches) {
        dialog.show();
      } else {
        dialog.showModal();
      }
      dialog.onkeydown = (event) => {
        if (event.key === "Escape") {
          event.preventDefault();
          this.close();
        }
      };
    }
    this.returnTo?.removeAttribute("aria-current");
    this.returnTo = from;
    this.returnTo?.setAttribute("aria-current", "true");
    document.body.classList.add("with-panel");
    byId("cell-title").focus();
  }

  close() {
    const dialog = byId("cell-panel");
    if (this.cell === null) {
      return;
    }
    this.cell = null;
    dialog.close();
    document.body.classList.remove("with-panel");
    this.returnTo?.removeAttribute("aria-current");
    this.returnTo?.focus();
  }

  /// Takes a cell that was just finished, in case it is the one that is shown.
  put(cell) {
    if (this.cell?.unit === cell.unit && this.cell.question === cell.question) {
      this.cell = cell;
      this.draw();
    }
  }

  draw() {
    const { cell, question } = this;
    byId("cell-panel").replaceChildren(
      element(
        "header",
        // Beside the table, it would be a second banner of the page.
        { role: "presentation" },
        element(
          "div",
          {},
          element("h2", { id: "cell-title", tabindex: "-1" }, cell.unit || this.batch.collection),
          element("p", { class: "hint" }, `${question?.question ?? cell.question}`),
        ),
        element(
          "button",
          { type: "button", "data-test": "close-cell", onclick: () => this.close() },
          "Close",
        ),
      ),
      element("div", { class: "cell-body" }, this.body(cell)),
    );
  }

  body(cell) {
    if (cell.state === "pending") {
      return [element("p", { class: "hint" }, "Not asked yet.")];
    }
    const parts =
      cell.state === "failed"
        ? [element("p", { class: "problem" }, cell.cause || "No answer.")]
        : [answerOf(cell.answer), this.citations(cell.citations ?? [])];
    return [...parts, figures(cell)];
  }

  citations(cited) {
    if (cited.length === 0) {
      return element("p", { class: "hint" }, "No citations.");
    }
    return element(
      "ul",
      { class: "cell-citations", "aria-label": "Citations" },
      cited.map((each) => this.citation(each)),
    );
  }

  citation(cited) {
    const locator = cited.locator?.kind ? cited.locator : null;
    const whole = cited.document ? place(cited.document, locator) : cited.written;
    const verified = String(cited.verified);
    const marks = { class: "citation", "data-verified": verified };
    return element(
      "li",
      {},
      cited.document
        ? element(
            "button",
            {
              ...marks,
              type: "button",
              "data-citation": whole,
              onclick: () => openSource(this.batch.collection, cited.document, locator),
            },
            whole,
          )
        : element("span", marks, whole),
      element(
        "span",
        { class: "hint" },
        cited.verified ? " verified" : ` not verified${cited.note ? `: ${cited.note}` : ""}`,
      ),
    );
  }
}

function answerOf(answer) {
  if (Array.isArray(answer) && answer.length > 0) {
    return element(
      "ul",
      { class: "cell-answer" },
      answer.map((each) => element("li", {}, textOf(each))),
    );
  }
  if (answer !== null && typeof answer === "object") {
    return element("pre", { class: "cell-answer excerpt" }, JSON.stringify(answer, null, 2));
  }
  const text = textOf(answer);
  return text === ""
    ? element("p", { class: "cell-answer hint" }, "The documents do not say.")
    : element("p", { class: "cell-answer" }, text);
}

function figures(cell) {
  const words = [];
  if (cell.state === "answered" && typeof cell.confidence === "number") {
    words.push(`confidence ${Math.round(100 * cell.confidence)} %`);
  }
  if (cell.held < 1 && cell.held !== null) {
    words.push(`from ${share(cell.held, 1)} of the unit, which is larger than the window`);
  }
  if (cell.tokens_in > 0) {
    const cached = cell.tokens_cached > 0 ? `, ${number(cell.tokens_cached)} from the cache` : "";
    words.push(`${counted(cell.tokens_in, "token")} in${cached}`);
  }
  if (cell.tokens_out > 0) {
    words.push(`${counted(cell.tokens_out, "token")} out`);
  }
  if (typeof cell.cost_usd === "number") {
    words.push(money(cell.cost_usd));
  }
  return element(
    "p",
    { class: "receipt" },
    words.map((word) => element("span", {}, word)),
  );
}
