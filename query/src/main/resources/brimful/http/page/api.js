// Calls to the server: the key, problems as errors, lists, and streams of events.

import { answerOf, byId, showProblem } from "./dom.js";

const KEY = "brimful.key";
let asking = null;

export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
    this.detail = detail;
  }
}

/// Whether requests carry a key; a plain link does not.
export const hasKey = () => sessionStorage.getItem(KEY) !== null;

/// Sends a request, asks for the key when one is wanted; any other refusal is a Problem.
export async function send(
  method,
  path,
  body,
  { signal, accept = "application/json", range } = {},
) {
  for (;;) {
    const key = sessionStorage.getItem(KEY);
    const headers = { Accept: accept, ...(range && { Range: range }) };
    const response = await reach(method, path, body, headers, signal);
    if (response.ok) {
      return response;
    }
    const problem = await problemOf(response);
    if (response.status !== 401) {
      throw problem;
    }
    // A stream beside this one may have got a newer key in the meantime.
    if (key === sessionStorage.getItem(KEY) && !(await askForKey(key === null ? "" : problem.detail))) {
      throw problem;
    }
  }
}

/// The header that a request carries the key in.
export function authorization() {
  const key = sessionStorage.getItem(KEY);
  return key === null ? {} : { Authorization: `Bearer ${key}` };
}

/// Below the page, wherever a proxy has put it.
export const addressOf = (path) => new URL(`.${path}`, document.baseURI);

async function reach(method, path, body, more, signal) {
  const headers = { ...more, ...authorization() };
  const form = body instanceof FormData;
  if (body !== undefined && !form) {
    headers["Content-Type"] = "application/json";
  }
  const sent = body === undefined || form ? body : JSON.stringify(body);
  try {
    return await fetch(addressOf(path), { method, headers, body: sent, signal });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new Problem(0, "The server does not answer. Is it running?");
  }
}

/// Whether the server answers. This needs no key.
export async function answers() {
  try {
    const signal = AbortSignal.timeout(5000);
    await reach("GET", "/health", undefined, { Accept: "application/json" }, signal);
    return true;
  } catch {
    return false;
  }
}

async function problemOf(response) {
  let detail = "";
  try {
    const problem = await response.json();
    detail = problem.detail ?? problem.title ?? "";
  } catch {
    // No problem object: the status has to do.
  }
  return new Problem(
    response.status,
    detail || `The server answered ${response.status} ${response.statusText}`,
  );
}

/// All calls that wait for a key share one dialog.
///
/// @param refusal why the server does not take the key that it was sent; empty without one
function askForKey(refusal) {
  asking ??= (async () => {
    const dialog = byId("key-dialog");
    const input = byId("key");
    input.value = "";
    byId("key-title").textContent = refusal === "" ? "API key" : "This key was refused";
    showProblem(byId("key-problem"), refusal === "" ? null : { detail: refusal });
    const answer = await answerOf(dialog);
    if (answer === "use" && input.value.trim() !== "") {
      sessionStorage.setItem(KEY, input.value.trim());
      return true;
    }
    return false;
  })().finally(() => {
    asking = null;
  });
  return asking;
}

export async function call(method, path, body, options) {
  const response = await send(method, path, body, options);
  return response.status === 204 ? null : response.json();
}

export const get = (path, options) => call("GET", path, undefined, options);
export const post = (path, body, options) => call("POST", path, body, options);
export const patch = (path, body) => call("PATCH", path, body);
export const put = (path, body) => call("PUT", path, body);
export const remove = (path) => call("DELETE", path);

/// Reads a list to its end, or to `most`.
export async function all(path, most = 5000) {
  const data = [];
  let after = null;
  do {
    const mark = path.includes("?") ? "&" : "?";
    const page = await get(
      after === null ? path : `${path}${mark}after=${encodeURIComponent(after)}`,
    );
    data.push(...page.data);
    after = page.next ?? null;
  } while (after !== null && data.length < most);
  return data;
}

export const collectionPath = (name, rest = "") =>
  `/v1/collections/${encodeURIComponent(name)}${rest}`;

/// What the server has of a document, such as its text. Of several collections, each is a folder.
export function documentPath(collection, what, id, more = "") {
  const at = collection.includes("+") ? id.indexOf("/") : -1;
  const name = at < 0 ? collection : id.slice(0, at);
  return collectionPath(name, `/${what}?document=${encodeURIComponent(id.slice(at + 1))}${more}`);
}

export const conversationPath = (id) => `/v1/conversations/${encodeURIComponent(id)}`;

/// Yields {name, data} of a text/event-stream. Read by fetch, since EventSource sends no key.
export async function* events(method, path, body, signal) {
  const response = await send(method, path, body, { signal, accept: "text/event-stream" });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let name = "message";
  let lines = [];
  try {
    for (;;) {
      const { value, done } = await reader.read();
      rest += value ?? "";
      const complete = rest.split("\n");
      rest = done ? "" : complete.pop();
      for (const raw of complete) {
        const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
        if (line === "" && lines.length > 0) {
          yield { name, data: JSON.parse(lines.join("\n")) };
        }
        if (line === "") {
          name = "message";
          lines = [];
        } else if (line.startsWith("event:")) {
          name = line.slice(6).trim();
        } else if (line.startsWith("data:")) {
          lines.push(line.slice(line[5] === " " ? 6 : 5));
        }
      }
      if (done) {
        return;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
