// The files of a collection by what became of them.

import { collectionPath, get, post } from "./api.js";
import { busy, element, showProblem } from "./dom.js";
import { counted, number } from "./format.js";
import { loadCollections } from "./store.js";
import { follow } from "./jobs.js";
import { openSource } from "./source-view.js";

const STATES = ["indexed", "truncated", "skipped", "encrypted", "failed"];
const STEP = 100;

export class Files {
  constructor() {
    this.stack = element("div", { class: "stack", role: "img" });
    this.states = element("div", {
      class: "states",
      role: "group",
      "aria-label": "Files by state",
    });
    this.problem = element("p", { class: "problem", role: "alert", hidden: true });
    this.list = element("ul", { class: "files" });
    this.more = element(
      "button",
      { type: "button", hidden: true, onclick: () => this.load() },
      "Show more",
    );
    this.retry = element(
      "button",
      { type: "button", "data-test": "retry-failed", "data-needs": "manage", hidden: true },
      "Retry failed",
    );
    this.retry.addEventListener("click", () => this.retryFailed());
    this.summary = element("p", { class: "hint" });
    this.node = element(
      "section",
      { id: "files", "aria-label": "Files", hidden: true },
      element("h2", {}, "Files"),
      this.summary,
      this.stack,
      this.states,
      this.retry,
      this.problem,
      this.list,
      this.more,
    );
    this.collection = null;
    this.state = null;
  }

  show(collection) {
    const coverage = collection?.coverage;
    const changed = JSON.stringify([collection?.name, coverage, collection?.secrets]);
    this.node.hidden = !coverage || coverage.found === 0;
    if (this.seen === changed) {
      this.collection = collection;
      return;
    }
    this.seen = changed;
    if (this.collection?.name !== collection?.name) {
      this.state = null;
    }
    this.collection = collection;
    if (coverage) {
      this.showCoverage(coverage, collection.secrets);
      // What failed is what there is to do.
      this.choose(this.state ?? (coverage.failed > 0 ? "failed" : null));
    }
  }

  showCoverage(coverage, secrets) {
    const inside = coverage.members.found;
    this.summary.textContent =
      `${counted(coverage.found, "file")} found` +
      (inside > 0 ? `, with ${counted(inside, "member")} inside` : "") +
      (secrets > 0 ? `, ${counted(secrets, "secret")} masked` : "");
    this.stack.setAttribute(
      "aria-label",
      STATES.map((state) => `${number(coverage[state])} ${state}`).join(", "),
    );
    this.stack.replaceChildren(
      ...STATES.filter((state) => coverage[state] > 0).map((state) => {
        const part = element("span", {
          class: `state-${state}`,
          title: `${number(coverage[state])} ${state}`,
        });
        part.style.flexGrow = String(coverage[state]);
        return part;
      }),
    );
    this.states.replaceChildren(
      ...STATES.map((state) =>
        element(
          "button",
          {
            type: "button",
            "data-state": state,
            disabled: coverage[state] + coverage.members[state] === 0,
            "aria-pressed": "false",
            onclick: () => this.choose(this.state === state ? null : state),
          },
          element("span", { class: `swatch state-${state}`, "aria-hidden": "true" }),
          element("strong", {}, number(coverage[state])),
          coverage.members[state] > 0 ? ` + ${number(coverage.members[state])}` : "",
          ` ${state}`,
        ),
      ),
    );
  }

  choose(state) {
    this.state = state;
    this.after = null;
    this.list.replaceChildren();
    this.more.hidden = true;
    this.retry.hidden = state !== "failed" || this.collection.coverage.failed === 0;
    for (const button of this.states.children) {
      button.setAttribute("aria-pressed", String(button.dataset.state === state));
    }
    const { coverage } = this.collection;
    if (state !== null && coverage[state] + coverage.members[state] > 0) {
      this.load();
    }
  }

  async load() {
    const { state, after } = this;
    const name = this.collection.name;
    const from = after === null ? "" : `&after=${encodeURIComponent(after)}`;
    showProblem(this.problem, null);
    try {
      const page = await get(collectionPath(name, `/files?state=${state}&limit=${STEP}${from}`));
      if (state !== this.state || after !== this.after || name !== this.collection?.name) {
        return;
      }
      if (after === null) {
        this.list.replaceChildren();
      }
      this.list.append(...page.data.map((file) => this.row(file)));
      this.after = page.next ?? null;
      this.more.hidden = this.after === null;
    } catch (error) {
      showProblem(this.problem, error);
    }
  }

  row(file) {
    const readable = file.state === "indexed" || file.state === "truncated";
    return element(
      "li",
      { "data-file": file.id },
      readable
        ? element(
            "button",
            {
              type: "button",
              class: "link",
              "data-document": file.id,
              onclick: () => openSource(this.collection.name, file.id),
            },
            file.id,
          )
        : element("span", { class: "path" }, file.id),
      file.reason && file.reason !== file.state
        ? element("span", { class: "hint" }, ` ${file.reason}`)
        : null,
    );
  }

  retryFailed() {
    return busy(this.retry, this.problem, async () => {
      const { name, sources } = this.collection;
      for (const source of await this.sourcesWithFailures(name, sources)) {
        const path = collectionPath(name, `/sources/${encodeURIComponent(source.id)}/sync`);
        follow(await post(path, { retry_failed: true }));
      }
      await loadCollections();
    });
  }

  /// A file's name begins with its source's; where it does not, all are tried.
  async sourcesWithFailures(name, sources) {
    const page = await get(collectionPath(name, "/files?state=failed&limit=1000"));
    const some = sources.filter((source) =>
      page.data.some((file) => file.id === source.id || file.id.startsWith(source.id + "/")),
    );
    return page.next || some.length === 0 ? sources : some;
  }
}
