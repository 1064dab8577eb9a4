// The question box. One question runs at a time.

import { post } from "./api.js";
import { budget, startBudget } from "./budget.js";
import { busy, byId, confirmed, element, showProblem } from "./dom.js";
import { counted, money, number } from "./format.js";
import { load, startConversations } from "./conversations.js";
import { startMention } from "./mention.js";
import { askedOf, patterns, startScope } from "./scope.js";
import { loadStatus, on, store } from "./store.js";
import { Run } from "./run.js";
import { add, began, ended, isLast, openThread, redraw, startThread, threadId } from "./thread.js";

let running = null;
// The turn that the next question replaces, or null.
let edited = null;
// Counts estimates: only the latest is shown.
let estimates = 0;

export function startAsk() {
  const form = byId("ask-form");
  const question = byId("question");
  startMention();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  question.addEventListener("keydown", (event) => {
    // An Enter that ends the input of a Chinese or Japanese word asks nothing.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  // A closed details would hide what is wrong.
  byId("budget").addEventListener("invalid", () => {
    document.querySelector(".options").open = true;
  });
  byId("stop").addEventListener("click", () => running?.stop());
  byId("estimate-ask").addEventListener("click", showEstimate);
  startBudget(() => question.value.trim() !== "" && showEstimate());
  byId("keep-question").addEventListener("click", () => edit(null));
  startThread({ edit, again });
  startConversations();
  startScope();
  on("status", () => showModels(byId("ask-model")));
}

/// @param id of the conversation to open; none for a new one
export async function showAsk(id) {
  edit(null);
  // What runs goes on for the server only while the page listens.
  if (id !== threadId()) {
    running?.stop();
  }
  load();
  await openThread(id);
  redraw();
}

export function showModels(picker) {
  const models = store.status.models ?? [];
  const usual = store.status.model?.id;
  const before = picker.value;
  picker.replaceChildren(
    element("option", { value: "" }, usual ? `as configured (${usual})` : "as configured"),
    ...models.filter((id) => id !== usual).map((id) => element("option", { value: id }, id)),
  );
  picker.value = models.includes(before) ? before : "";
}

async function ask() {
  const question = byId("question").value.trim();
  if (question === "" || running !== null) {
    return;
  }
  const replaces = edited?.turn ?? null;
  if (edited !== null && !(await mayReplace(edited))) {
    return;
  }
  edit(null);
  byId("question").value = "";
  await run(question, replaces);
}

/// Asks a question of before again, with the model and the budget that are chosen now.
async function again(old) {
  if (running === null && (await mayReplace(old))) {
    await run(old.request.question, old.turn);
  }
}

const mayReplace = (old) =>
  isLast(old) || confirmed("The questions after this one are deleted with it.", "Ask and delete");

/// Puts a question of before into the box, or takes it out again.
function edit(old) {
  edited = old;
  byId("editing").hidden = old === null;
  if (old !== null) {
    byId("question").value = old.request.question;
    byId("question").focus();
  }
}

/// What a request says, from the box and its options.
const inquiry = (question) => ({
  collection: askedOf(),
  question,
  model: byId("ask-model").value || undefined,
  budget: budget(),
  scope: patterns(),
});

const showEstimate = () => busy(byId("estimate-ask"), byId("ask-problem"), estimate);

/// Packs the window without sending it.
async function estimate() {
  const question = byId("question").value.trim();
  if (!byId("ask-form").reportValidity() || question === "") {
    return;
  }
  const wanted = ++estimates;
  const conversation = threadId() || undefined;
  const { receipt } = await post("/v1/pack", {
    ...inquiry(question),
    conversation,
    turn: edited?.turn,
    prompt: false,
  });
  // The slider may have been moved on, or the question asked.
  if (wanted !== estimates) {
    return;
  }
  const cost = receipt.cost_usd;
  const price = cost.known
    ? `Reading it costs ${money(cost.miss)}, or ${money(cost.hit)} where the provider has it in its cache; the answer is paid on top.`
    : "What that costs is not known.";
  byId("ask-estimate").textContent =
    `The window would have ${number(receipt.prompt_tokens)} tokens of ` +
    `${counted(receipt.documents.length, "document")}. ${price}`;
  byId("ask-estimate").hidden = false;
}

async function run(question, replaces) {
  showProblem(byId("ask-problem"), null);
  estimates++;
  byId("ask-estimate").hidden = true;
  const asked = new Run({ ...inquiry(question), replaces: replaces ?? undefined });
  running = asked;
  showButtons();
  try {
    if (threadId() === "") {
      began((await post("/v1/conversations", {})).id, question);
    }
    asked.request.conversation = threadId();
    add(asked, replaces);
    await asked.start();
    ended(asked);
  } catch (error) {
    showProblem(byId("ask-problem"), error);
    byId("question").value ||= question;
  } finally {
    running = null;
    showButtons();
    // A model may have come or gone since.
    loadStatus().catch(() => {});
  }
}

function showButtons() {
  const focused = document.activeElement;
  byId("ask").hidden = running !== null;
  byId("stop").hidden = running === null;
  if (focused === byId("ask") && running !== null) {
    byId("stop").focus();
  } else if (focused === byId("stop") && running === null) {
    byId("ask").focus();
  }
}
