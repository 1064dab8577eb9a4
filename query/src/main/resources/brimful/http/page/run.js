// One question and all that comes of it. It keeps its elements, so that it can be shown again.

import { conversationPath, events, get } from "./api.js";
import { element, showProblem } from "./dom.js";
import { counted, number } from "./format.js";
import { MarkdownStream } from "./markdown.js";
import { placeOf } from "./citations.js";
import { CheckedCitations } from "./checked.js";
import { openSource } from "./source-view.js";
import { WindowPicture } from "./window-picture.js";
import { evidenceCards } from "./evidence.js";
import { Everything } from "./everything.js";
import { receiptWords } from "./receipt.js";

/// What an answer says just before a citation, back to the one before it, and at least its sentence.
function claimOf(button) {
  const block = button.closest("p, li, tr, blockquote, h1, h2, h3, h4, h5, h6") ?? button.parentElement;
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEndBefore(button);
  const before = range.cloneContents();
  before.querySelectorAll("button").forEach((other) => other.remove());
  const sentences = (before.textContent.trim() || block.textContent).split(/(?<=[.!?])\s+(?=\p{Lu})/u);
  const last = sentences.at(-1);
  return last.length < 20 && sentences.length > 1 ? sentences.slice(-2).join(" ") : last;
}

export class Run {
  constructor(request) {
    this.request = request;
    // The number of its turn, once the server has told it.
    this.turn = null;
    this.feedback = { thumb: "", note: "" };
    this.outcome = "running";
    this.abort = new AbortController();
    this.receipt = null;
    this.picture = null;
    this.build();
  }

  build() {
    this.status = element("p", { class: "status", role: "status" });
    this.notice = element("p", { class: "notice", role: "status", hidden: true });
    this.problem = element("p", {
      class: "problem",
      role: "alert",
      hidden: true,
      "data-test": "run-problem",
    });
    this.thought = element("pre", { class: "thought", dir: "auto" });
    this.reasoning = element(
      "details",
      { class: "reasoning", hidden: true },
      element("summary", {}, "Reasoning"),
      this.thought,
    );
    this.answer = element("div", {
      class: "answer",
      role: "group",
      "aria-label": "Answer",
      tabindex: "-1",
    });
    this.stream = new MarkdownStream(this.answer);
    this.checked = new CheckedCitations(this.answer, (id, locator) => this.open(id, locator));
    this.stream.onrender = () => this.checked.show();
    this.words = element("p", { class: "receipt", "data-test": "receipt", hidden: true });
    // Groups and not landmarks, of which each would need a name of its own.
    this.evidence = element("div", {
      class: "evidence",
      role: "group",
      "aria-label": "Evidence",
      hidden: true,
    });
    this.window = element("div", {
      class: "window-picture",
      role: "group",
      "aria-label": "Window",
      hidden: true,
    });
    this.actions = element("div", { class: "row actions", hidden: true });
    this.everything = element("div", { hidden: true });
    this.node = element(
      "article",
      { class: "run", "data-test": "run" },
      element("h2", { class: "asked", dir: "auto" }, this.request.question),
      this.status,
      this.notice,
      this.problem,
      this.reasoning,
      this.answer,
      this.words,
      this.actions,
      this.checked.node,
      this.everything,
      this.evidence,
      this.window,
    );
    this.answer.addEventListener("click", (event) => {
      const button = event.target.closest("[data-citation]");
      if (button) {
        this.openCitation(button);
      }
    });
  }

  /// A question of before, as the server keeps it. Its evidence is fetched when it is wanted.
  static past(turn, conversation) {
    const run = new Run({ ...turn.request, conversation });
    run.turn = turn.id;
    run.restore(turn);
    return run;
  }

  restore({ state, outcome }) {
    this.stream.add(outcome.answer ?? "");
    this.stream.end();
    for (const checked of outcome.citations ?? []) {
      this.checked.add(checked);
    }
    this.checked.show();
    this.outcome = state === "evidence" ? "evidence only" : state;
    this.node.dataset.outcome = this.outcome;
    if (outcome.receipt?.answered) {
      this.words.replaceChildren(...receiptWords(outcome.receipt, null));
      this.words.hidden = false;
    }
    this.notice.textContent = outcome.receipt?.notice ?? "";
    this.notice.hidden = this.notice.textContent === "";
    if (state === "running") {
      this.say("This is being answered now.");
    } else if (state === "stopped") {
      const why = outcome.problem ? `Interrupted, ${outcome.problem}.` : "Stopped.";
      this.say(`${why} The received part is below; its citations were not checked.`);
    } else if (state === "failed") {
      showProblem(this.problem, { detail: outcome.problem });
    }
  }

  /// Makes room for the next question: the answer stays, its evidence is shown on demand.
  fold() {
    this.evidence.hidden = true;
    this.window.hidden = true;
  }

  /// Shows the evidence, which the server keeps for a question of before.
  async showEvidence() {
    if (this.receipt === null) {
      this.takeEvidence(
        await get(`${conversationPath(this.request.conversation)}/turns/${this.turn}/evidence`),
      );
      this.say("");
    }
    this.evidence.hidden = false;
    this.window.hidden = false;
    this.shown();
  }

  async start() {
    this.say("Ranking and packing the window…");
    this.answer.setAttribute("aria-busy", "true");
    try {
      for await (const { name, data } of events(
        "POST",
        "/v1/ask",
        this.request,
        this.abort.signal,
      )) {
        this.take(name, data);
      }
      if (this.outcome === "running") {
        this.fail({ detail: "The connection was lost before the answer was complete. Ask again." });
      }
    } catch (error) {
      if (error.name === "AbortError") {
        this.outcome = "stopped";
        this.say("Stopped. The received part is below; its citations were not checked.");
      } else {
        this.fail(error);
      }
    }
    this.stream.end();
    this.answer.removeAttribute("aria-busy");
    this.node.dataset.outcome = this.outcome;
  }

  stop() {
    this.abort.abort();
  }

  take(name, data) {
    switch (name) {
      case "evidence":
        return this.takeEvidence(data);
      case "reasoning":
        return this.takeReasoning(data.text);
      case "delta":
        return this.takeDelta(data.text);
      case "citation":
        return this.takeCitation(data);
      case "receipt":
        return this.takeReceipt(data);
      case "error":
        return this.fail(data);
      default:
        return undefined;
    }
  }

  takeEvidence({ receipt, best, turn, wants_everything: wantsEverything }) {
    this.receipt = receipt;
    if (wantsEverything) {
      const open = (id, locator, words) => this.open(id, locator, words);
      this.everything.replaceChildren(new Everything(this.request, receipt, open).node);
      this.everything.hidden = false;
    }
    this.turn ??= turn ?? null;
    this.say(
      `The window holds ${counted(receipt.documents.length, "document")}, ` +
        `${number(receipt.prompt_tokens)} tokens. Waiting for the model…`,
    );
    this.evidence.replaceChildren(
      evidenceCards(best, this.request.collection, (id, locator) =>
        this.open(id, locator, this.request.question),
      ),
    );
    this.evidence.hidden = false;
    this.window.hidden = false;
    const request = { ...this.request, turn: this.turn ?? undefined };
    this.picture = new WindowPicture(this.window, receipt, request, (id) => this.open(id));
    this.shown();
  }

  takeReasoning(text) {
    this.reasoning.hidden = false;
    this.thought.append(text);
    this.say("The model is reasoning…");
  }

  takeDelta(text) {
    this.say("Answering…");
    this.stream.add(text);
  }

  takeCitation(checked) {
    this.checked.add(checked);
    // Shown with the next frame: there may be thousands.
    this.stream.add("");
  }

  takeReceipt(data) {
    this.outcome = data.answered ? "answered" : "evidence only";
    this.notice.textContent = data.notice ?? "";
    this.notice.hidden = this.notice.textContent === "";
    this.words.replaceChildren(...receiptWords(data, this.receipt));
    this.words.hidden = !data.answered;
    if (data.answered) {
      // The answer shows it; who cannot see it is told. What is cut has a notice.
      this.say(data.notice ? "The answer has ended early." : "The answer is complete.");
      this.status.classList.add("unseen");
    } else {
      this.say("The best evidence is below.");
      this.evidence.querySelector("details").open = true;
    }
  }

  fail(error) {
    this.outcome = "failed";
    this.say("");
    showProblem(this.problem, error);
    // Without an answer the evidence is the best there is.
    const evidence = this.evidence.querySelector("details");
    if (evidence !== null && this.stream.text === "") {
      evidence.open = true;
    }
  }

  say(text) {
    if (this.status.textContent !== text) {
      this.status.textContent = text;
    }
    this.status.hidden = text === "";
  }

  openCitation(button) {
    const cited = placeOf(button.dataset.citation);
    const checked = cited && this.checked.of(cited);
    if (checked) {
      this.open(checked.document, checked.locator, claimOf(button));
    } else if (cited) {
      this.open(this.documentNamed(cited.document), cited.locator, claimOf(button));
    }
  }

  /// Models shorten names; until the server has checked one, the window is looked through.
  documentNamed(name) {
    const ids = this.receipt?.documents.map((each) => each.id) ?? [];
    const ends = ids.filter((id) => id.endsWith("/" + name));
    return ids.includes(name) || ends.length !== 1 ? name : ends[0];
  }

  /// @param words what is to be found at that place
  open(id, locator, words = "") {
    const inWindow = this.receipt?.documents.find((each) => each.id === id);
    openSource(
      this.request.collection,
      id,
      locator,
      inWindow?.chunks.map((chunk) => chunk.locator),
      words,
    );
  }

  /// The picture can measure its width only while it is on the page.
  shown() {
    this.picture?.draw();
  }
}
