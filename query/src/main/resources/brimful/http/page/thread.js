// The conversation that is open: its questions in their order, and what can be done with them.

import { conversationPath, get, patch, remove, send } from "./api.js";
import { copied } from "./clipboard.js";
import { answerOf, busy, byId, confirmed, showProblem } from "./dom.js";
import { save } from "./download.js";
import { Run } from "./run.js";
import { askAbout } from "./scope.js";
import { on, tell } from "./store.js";
import { turnActions } from "./turn-actions.js";

const AGAIN_MS = 2000;

const thread = { id: "", title: "", shared: false, own: true, runs: [] };

/// Handlers of the question box: what a turn's buttons need of it.
let box = null;
// The conversation that the server was too far away to open.
let missed = "";

export const threadId = () => thread.id;

/// Whether the person here may ask on.
export const mayAsk = () => thread.own;

export function startThread(handlers) {
  box = handlers;
  on("back", () => missed !== "" && openThread(missed));
  byId("new-conversation").addEventListener("click", () => {
    location.hash = "#/ask";
    byId("question").focus();
  });
  action("rename-conversation", rename);
  action("share-conversation", share);
  action("export-conversation", () => exportAs("md", "text/markdown"));
  action("export-json", () => exportAs("json", "application/json"));
  action("delete-conversation", drop);
  byId("copy-share").addEventListener("click", () => copied(byId("copy-share"), link()));
}

function action(id, work) {
  byId(id).addEventListener("click", () => busy(byId(id), byId("thread-problem"), work));
}

/// Shows a conversation, or an empty one.
export async function openThread(id) {
  showProblem(byId("thread-problem"), null);
  missed = "";
  if (id === thread.id) {
    return;
  }
  become({ id, title: "", shared: false, own: true, turns: [] });
  if (id === "") {
    return;
  }
  try {
    const kept = await get(conversationPath(id));
    if (thread.id === id) {
      become(kept);
    }
  } catch (error) {
    if (thread.id === id) {
      leave(id, error);
    }
  }
}

/// There is no such conversation to see: the next question begins one.
function leave(id, error) {
  become({ id: "", title: "", shared: false, own: true, turns: [] });
  // What the server could not say now, it may say later, by the same address.
  if (error.status === 404) {
    history.replaceState(null, "", "#/ask");
  } else {
    missed = id;
  }
  showProblem(byId("thread-problem"), error);
}

function become(kept) {
  Object.assign(thread, { id: kept.id, title: kept.title, shared: kept.shared, own: kept.own });
  thread.runs = kept.turns.map((turn) => pastRun(turn));
  byId("thread").replaceChildren(...thread.runs.map((run) => run.node));
  const last = kept.turns.at(-1)?.request;
  askAbout(last?.collection ?? "", last?.scope);
  showHead();
  if (kept.turns.at(-1)?.state === "running") {
    setTimeout(() => reload(kept.id), AGAIN_MS);
  }
  tell("conversation", thread.id);
}

function pastRun(turn) {
  const run = Run.past(turn, thread.id);
  run.feedback = turn.feedback;
  if (turn.state !== "running") {
    showActions(run);
  }
  return run;
}

/// What is answered for another tab ends some time.
async function reload(id) {
  if (thread.id === id) {
    thread.id = "";
    await openThread(id);
  }
}

function showHead() {
  const begun = thread.id !== "";
  byId("thread-title").textContent = begun ? thread.title || "Conversation" : "New conversation";
  byId("thread-title").classList.toggle("unseen", !begun);
  byId("thread-actions").hidden = !begun;
  byId("thread-shared").hidden = !thread.shared;
  for (const node of document.querySelectorAll("[data-own]")) {
    node.hidden = !thread.own;
  }
  byId("not-own").hidden = thread.own;
  byId("ask-form").classList.toggle("follow-up", thread.runs.length > 0);
}

/// A conversation has begun with a question.
export function began(id, question) {
  Object.assign(thread, { id, title: question.split("\n")[0], shared: false, own: true });
  // The route is shown already.
  history.replaceState(null, "", `#/ask/${id}`);
  showHead();
  tell("conversation", id);
}

/// Shows a question that runs.
///
/// @param replaces the number of the turn that it replaces, with all that came after it, or null
export function add(run, replaces) {
  if (replaces !== null) {
    const at = thread.runs.findIndex((each) => each.turn === replaces);
    for (const gone of thread.runs.splice(at < 0 ? thread.runs.length : at)) {
      gone.node.remove();
    }
  }
  for (const earlier of thread.runs.filter((each) => !each.window.hidden)) {
    earlier.fold();
    showActions(earlier);
  }
  thread.runs.push(run);
  byId("thread").append(run.node);
  run.shown();
  showHead();
  run.node.scrollIntoView({ block: "start" });
}

/// A question has ended.
export function ended(run) {
  showActions(run);
  tell("conversations");
}

function showActions(run) {
  if (run.turn !== null) {
    turnActions(run, box, thread.own);
  }
}

/// Whether a turn is the last one, so that nothing else goes with it.
export const isLast = (run) => thread.runs.at(-1) === run;

const link = () => new URL(`#/ask/${thread.id}`, document.baseURI).href;

async function rename() {
  const input = byId("new-title");
  input.value = thread.title;
  if ((await answerOf(byId("rename-dialog"))) === "rename" && input.value.trim() !== "") {
    thread.title = (await patch(conversationPath(thread.id), { title: input.value })).title;
    showHead();
    tell("conversations");
  }
}

async function share() {
  byId("share-link").value = link();
  byId("share-on").checked = thread.shared;
  const dialog = byId("share-dialog");
  if ((await answerOf(dialog)) === "save" && byId("share-on").checked !== thread.shared) {
    const shared = byId("share-on").checked;
    thread.shared = (await patch(conversationPath(thread.id), { shared })).shared;
    showHead();
  }
}

async function exportAs(ending, accept) {
  const path = `${conversationPath(thread.id)}/export.${ending}`;
  const response = await send("GET", path, undefined, { accept });
  save(await response.blob(), `${fileName(thread.title)}.${ending}`);
}

const fileName = (title) =>
  title
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60) || "conversation";

async function drop() {
  if (await confirmed(`Delete “${thread.title}” with all its answers?`, "Delete")) {
    await remove(conversationPath(thread.id));
    tell("conversations");
    location.hash = "#/ask";
  }
}

/// The pictures of windows measure their widths only while they are on the page.
export function redraw() {
  for (const run of thread.runs) {
    run.shown();
  }
}
