// The files of a collection by what became of them.

import { collectionPath, get, post } from "./api.js";
import { busy, element, showProblem } from "./dom.js";
import { counted, number } from "./format.js";
import { loadCollections } from "./store.js";
import { follow } from "./jobs.js";
import { openSource } from "./source-view.js";

const STATES = ["indexed", "truncated", "skipped", "encrypted", "failed"];
const STEP = 100;
const TYPING_MS = 250;

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
    this.find = element("input", {
      type: "search",
      id: "find-file",
      autocomplete: "off",
      spellcheck: "false",
    });
    this.find.addEventListener("input", () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.choose(this.state), TYPING_MS);
    });
    this.none = element("p", { class: "hint", role: "status", hidden: true });
    this.node = element(
      "section",
      { id: "files", "aria-label": "Files", hidden: true },
      element("h2", {}, "Files"),
      this.summary,
      this.stack,
      this.states,
      element("label", { class: "find" }, "Find a file ", this.find),
      this.retry,
      this.problem,
      this.none,
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
      this.find.value = "";
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
    this.none.hidden = true;
    const { coverage } = this.collection;
    const some = state === null || coverage[state] + coverage.members[state] > 0;
    if (some && (state !== null || this.words() !== "")) {
      this.load();
    }
  }

  words() {
    return this.find.value.trim();
  }

  async load() {
    const { state, after } = this;
    const name = this.collection.name;
    const words = this.words();
    const query = new URLSearchParams({ state: state ?? "", name: words, limit: STEP });
    if (after !== null) {
      query.set("after", after);
    }
    showProblem(this.problem, null);
    try {
      const page = await get(collectionPath(name, `/files?${query}`));
      const asked = [this.state, this.after, this.collection?.name, this.words()];
      if ([state, after, name, words].some((each, i) => each !== asked[i])) {
        return;
      }
      this.none.hidden = page.data.length > 0 || after !== null;
      this.none.textContent =
        state === null
          ? "No file of the sources has this in its name. What rules leave out as a whole folder, such as node_modules, is one entry; the last sync may be older than the file."
          : `No file that is ${state} has this in its name.`;
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
              dir: "auto",
              "data-document": file.id,
              onclick: () => openSource(this.collection.name, file.id),
            },
            file.id,
          )
        : element("span", { class: "path", dir: "auto" }, file.id),
      element(
        "span",
        { class: "hint" },
        file.reason && file.reason !== file.state ? ` ${file.reason}` : ` ${file.state}`,
      ),
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
