// The server's default model, its keys of providers, and what was spent. For its operator.

import { get, patch, send } from "./api.js";
import { busy, byId, confirmed, element, showProblem } from "./dom.js";
import { save } from "./download.js";
import { money } from "./format.js";
import { loadStatus, store } from "./store.js";

const PATH = "/v1/settings";
const PLACES = {
  environment: "from the server’s environment",
  file: "stored on the server",
  none: "no key",
};

export async function showSettings() {
  showProblem(byId("settings-problem"), null);
  try {
    show(await get(PATH));
  } catch (error) {
    showProblem(byId("settings-problem"), error);
  }
}

async function change(body) {
  show(await patch(PATH, body));
  await loadStatus();
}

function show(settings) {
  byId("settings").replaceChildren(
    modelForm(settings),
    element(
      "section",
      { class: "card", "aria-label": "Keys" },
      element("h2", {}, "Keys of providers"),
      element(
        "p",
        { class: "hint" },
        "A key is kept in the server’s configuration, which only its user can read, and is not shown again.",
      ),
      element("ul", { class: "rows" }, settings.providers.map(providerRow)),
    ),
    spending(settings.spend),
    feedback(),
  );
}

function modelForm(settings) {
  const problem = element("p", { class: "problem", role: "alert", hidden: true });
  const models = new Set([settings.model ?? "", ...(store.status?.models ?? [])]);
  models.delete("");
  const picker = element(
    "select",
    { id: "default-model", disabled: settings.model_fixed },
    element("option", { value: "" }, "as Brimful chooses"),
    [...models].map((id) =>
      element("option", { value: id, selected: id === settings.model }, id),
    ),
  );
  picker.addEventListener("change", () =>
    busy(picker, problem, () => change({ model: picker.value })),
  );
  return element(
    "section",
    { class: "card", "aria-label": "Model" },
    element("h2", {}, "Model"),
    element("label", {}, "Asked unless a question names one", picker),
    settings.model_fixed
      ? element("p", { class: "hint" }, "BRIMFUL_MODEL of the server’s environment decides.")
      : null,
    problem,
  );
}

function providerRow({ name, key }) {
  const problem = element("p", { class: "problem", role: "alert", hidden: true });
  const input = element("input", {
    type: "password",
    autocomplete: "off",
    required: true,
    "aria-label": `Key of ${name}`,
    placeholder: key === "none" ? "key" : "new key",
  });
  const save = element("button", { type: "submit", "aria-label": `Save the key of ${name}` }, "Save");
  const drop = element(
    "button",
    { type: "button", class: "danger", "aria-label": `Forget the key of ${name}` },
    "Forget",
  );
  const form = element("form", { class: "row" }, input, save, key === "file" ? drop : null);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(save, problem, () => change({ provider: name, api_key: input.value.trim() }));
  });
  drop.addEventListener("click", async () => {
    if (await confirmed(`Forget the key of ${name}? Its models cannot be asked then.`, "Forget")) {
      await busy(drop, problem, () => change({ provider: name, api_key: "" }));
    }
  });
  return element(
    "li",
    { "data-provider": name },
    element(
      "div",
      { class: "grow" },
      element("strong", {}, name),
      element("span", { class: "hint" }, PLACES[key]),
    ),
    key === "environment" ? null : form,
    problem,
  );
}

function spending({ usd, usd_max: most, ask_usd_max: each }) {
  return element(
    "section",
    { class: "card", "aria-label": "Spending" },
    element("h2", {}, "Spending"),
    element(
      "p",
      { "data-test": "spent" },
      `${money(usd)} so far, `,
      most === null ? "without a limit" : `of ${money(most)}`,
      `. A question on the command line that may cost more than ${money(each)} asks back.`,
    ),
  );
}

/// What people thought of answers, of everybody who may ask here.
function feedback() {
  const problem = element("p", { class: "problem", role: "alert", hidden: true });
  const button = (name, path, file) => {
    const node = element("button", { type: "button", "data-test": file }, name);
    node.addEventListener("click", () =>
      busy(node, problem, async () => {
        const accept = "application/x-ndjson";
        const response = await send("GET", `${path}?all=true`, undefined, { accept });
        save(await response.blob(), `${file}.jsonl`);
      }),
    );
    return node;
  };
  return element(
    "section",
    { class: "card", "aria-label": "Feedback" },
    element("h2", {}, "Feedback on answers"),
    element(
      "p",
      { class: "hint" },
      "All thumbs and notes with question, answer and window; and the answers that were helpful as questions that measure a search.",
    ),
    element(
      "div",
      { class: "row" },
      button("Download feedback", "/v1/feedback.jsonl", "feedback"),
      button("Download questions", "/v1/feedback/questions.jsonl", "questions"),
    ),
    problem,
  );
}
