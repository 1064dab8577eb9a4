// A question that wants everything, where the window has a part: what reading all of it costs, and its answer.

import { all, events, get, post, remove } from "./api.js";
import { CheckedCitations } from "./checked.js";
import { placeOf } from "./citations.js";
import { busy, element, showProblem } from "./dom.js";
import { compact, counted, left, money, number, withTimes } from "./format.js";
import { MarkdownStream } from "./markdown.js";

const RETRY_MS = 2000;
const KNOWN_MOST = 200;

const pathOf = (reading, rest = "") => `/v1/exhaustive/${encodeURIComponent(reading.id)}${rest}`;

export class Everything {
  /// @param request what the question was asked with
  /// @param receipt of its window
  /// @param open shows a place of a document
  constructor(request, receipt, open) {
    this.request = request;
    this.open = open;
    this.reading = null;
    const shown = receipt.documents.reduce((sum, each) => sum + each.tokens, 0);
    this.hint = element(
      "p",
      { class: "hint" },
      `The question wants everything, and the window has ${compact(shown)} of the ` +
        `collection's ${compact(receipt.corpus_tokens)} tokens. All of it can be read, window by window.`,
    );
    this.figures = element("p", { role: "status", "data-test": "everything-figures", hidden: true });
    this.bar = element("progress", { "aria-label": "Windows read", hidden: true });
    this.limit = element("input", {
      type: "number",
      step: "any",
      min: "0",
      inputmode: "decimal",
      placeholder: "no limit",
    });
    this.limitLabel = element("label", { hidden: true }, "Spending limit, USD ", this.limit);
    this.problem = element("p", { class: "problem", role: "alert", hidden: true });
    this.estimate = this.button("estimate-everything", "What would reading everything cost?", () =>
      this.ask(),
    );
    this.read = this.button("read-everything", "Read everything", () => this.start());
    this.stop = this.button("stop-everything", "Stop reading", async () =>
      this.show(await remove(pathOf(this.reading))),
    );
    this.resume = this.button("resume-everything", "Read on", () => this.goOn());
    for (const later of [this.read, this.stop, this.resume]) {
      later.hidden = true;
    }
    this.result = element("div", { hidden: true });
    this.node = element(
      "div",
      { class: "everything", role: "group", "aria-label": "Everything", "data-needs": "manage" },
      this.hint,
      this.figures,
      this.bar,
      element(
        "div",
        { class: "row" },
        this.estimate,
        this.limitLabel,
        this.read,
        this.stop,
        this.resume,
      ),
      this.problem,
      this.result,
    );
    this.find();
  }

  button(test, words, work) {
    const button = element("button", { type: "button", "data-test": test }, words);
    button.addEventListener("click", () => busy(button, this.problem, work));
    return button;
  }

  order() {
    const { collection, question, model, budget, scope } = this.request;
    // "auto" sizes one window.
    const size = /^\d/.test(String(budget ?? "")) ? budget : undefined;
    return { collection, question, model, budget: size, scope };
  }

  /// The same question may have been read before, or is being read.
  async find() {
    try {
      const known = await all("/v1/exhaustive", KNOWN_MOST);
      const wanted = JSON.stringify([this.request.scope ?? []].flat());
      const same = known.find(
        (each) =>
          each.collection === this.request.collection &&
          each.question === this.request.question.trim() &&
          JSON.stringify(each.scope) === wanted,
      );
      if (same && this.reading === null) {
        this.show(await get(pathOf(same)));
        this.watch();
      }
    } catch {
      // Then it is read anew, which pays for nothing twice.
    }
  }

  async ask() {
    this.say("Estimating…");
    try {
      const cost = await post("/v1/exhaustive/forecast", this.order());
      this.say(estimateWords(cost));
      this.toggle([this.read], this.estimate);
    } catch (error) {
      this.say("");
      throw error;
    }
  }

  async start() {
    // A field of numbers that holds none has no value, and no value is no limit.
    if (!this.limit.reportValidity()) {
      return;
    }
    this.show(await post("/v1/exhaustive", { ...this.order(), ...this.most() }));
    this.watch();
  }

  async goOn() {
    if (!this.limit.reportValidity()) {
      return;
    }
    const failed = this.reading.state === "failed" || this.reading.result?.complete === false;
    this.show(
      await post(pathOf(this.reading, "/resume"), { ...this.most(), retry_failed: failed }),
    );
    this.watch();
  }

  most() {
    return { max_cost_usd: this.limit.value === "" ? null : Number(this.limit.value) };
  }

  async watch() {
    while (this.reading.state === "running") {
      try {
        for await (const { data } of events("GET", pathOf(this.reading, "/events"))) {
          this.show(data);
          if (!this.node.isConnected) {
            return;
          }
        }
      } catch (error) {
        showProblem(this.problem, error);
      }
      if (this.reading.state === "running") {
        // Without an end the connection was lost, not the reading.
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        if (!this.node.isConnected) {
          return;
        }
      }
    }
  }

  show(reading) {
    this.reading = reading;
    const running = reading.state === "running";
    this.node.dataset.state = reading.state;
    if (reading.windows > 0) {
      this.bar.max = reading.windows;
      this.bar.value = reading.windows_read;
    } else {
      this.bar.removeAttribute("value");
    }
    this.bar.hidden = !running;
    const whole = reading.state === "done" && reading.result?.complete !== false;
    this.toggle(running ? [this.stop] : whole ? [] : [this.resume], this.estimate);
    if (reading.max_cost_usd !== null && this.limit.value === "") {
      this.limit.value = reading.max_cost_usd;
    }
    this.say(running ? progressWords(reading) : endWords(reading));
    if (reading.result) {
      this.showResult(reading.result);
    }
  }

  /// Shows some of the buttons; the focus goes with them.
  toggle(shown, gone) {
    const buttons = [this.read, this.stop, this.resume];
    const focused = [gone, ...buttons].includes(document.activeElement);
    gone.hidden = true;
    for (const each of buttons) {
      each.hidden = !shown.includes(each);
    }
    this.limitLabel.hidden = this.read.hidden && this.resume.hidden;
    if (focused && document.activeElement?.hidden) {
      shown[0]?.focus();
    }
  }

  say(words) {
    if (this.figures.textContent !== words) {
      this.figures.textContent = words;
    }
    this.figures.hidden = words === "";
  }

  showResult(result) {
    const answer = element("div", { class: "answer", "aria-label": "Answer from everything" });
    const stream = new MarkdownStream(answer);
    const checked = new CheckedCitations(answer, (id, locator) => this.open(id, locator));
    stream.onrender = () => checked.show();
    stream.add(result.answer || "No window has a part of the answer.");
    stream.end();
    result.citations.forEach((each) => checked.add(each));
    checked.show();
    answer.addEventListener("click", (event) => {
      const cited = placeOf(event.target.closest("[data-citation]")?.dataset.citation ?? "");
      const place = cited && (checked.of(cited) ?? cited);
      if (place) {
        this.open(place.document, place.locator);
      }
    });
    this.result.replaceChildren(answer, checked.node, findings(result, this.open));
    this.result.hidden = false;
  }
}

function price(cost) {
  return cost === null
    ? "the price is unknown"
    : `about ${money(cost.least)}, ${money(cost.most)} at most`;
}

function estimateWords(cost) {
  const skipped = cost.windows_skipped.length;
  return (
    `${counted(cost.windows_to_read, "window")} of at most ${compact(cost.budget_tokens)} tokens, ` +
    `${counted(cost.documents, "document")}, ${counted(cost.calls, "call")}: ${price(cost.cost_usd)}.` +
    (skipped === 0
      ? ""
      : ` ${counted(skipped, "window")} without any word of the question ${skipped === 1 ? "is" : "are"} skipped.`)
  );
}

function progressWords(reading) {
  if (reading.windows === 0) {
    return "Estimating, and waiting for its turn…";
  }
  const rest = reading.eta_seconds >= 1 ? `, ${left(reading.eta_seconds)}` : "";
  return (
    `${number(reading.windows_read)} of ${counted(reading.windows, "window")} read, ` +
    `${money(reading.spent_usd)} spent${rest}`
  );
}

function endWords(reading) {
  const words = [];
  if (reading.state !== "done") {
    words.push(`${reading.state[0].toUpperCase()}${reading.state.slice(1)}.`);
  }
  const receipt = reading.result?.receipt;
  if (receipt) {
    words.push(
      `Read ${number(receipt.windows_read)} of ${counted(receipt.windows, "window")}, ` +
        `${number(receipt.windows_skipped.length)} skipped; ` +
        `${counted(receipt.quotes_verified, "quote")} verified, ${number(receipt.quotes_dropped)} dropped; ` +
        `${number(receipt.usage.prompt_tokens)} tokens in, ${number(receipt.usage.completion_tokens)} out.`,
    );
    if (receipt.windows_failed.length > 0) {
      words.push(`${counted(receipt.windows_failed.length, "window")} without a result.`);
    }
  }
  words.push(`${money(reading.spent_usd)} spent.`);
  if (reading.notice) {
    words.push(withTimes(reading.notice));
  }
  return words.join(" ");
}

function findings(result, open) {
  return element(
    "details",
    { class: "fold", "data-test": "findings", hidden: result.findings.length === 0 },
    element("summary", {}, counted(result.findings.length, "finding")),
    element(
      "ul",
      {},
      result.findings.map((each) =>
        element(
          "li",
          {},
          each.answer + " ",
          element(
            "button",
            { type: "button", class: "link", dir: "auto", onclick: () => open(each.document, undefined, each.quote) },
            each.document,
          ),
          element("blockquote", { dir: "auto" }, each.quote),
        ),
      ),
    ),
  );
}
