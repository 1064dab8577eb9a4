// Sends random requests, right and wrong ones, to a running server, as its own description has them.
//
//   node fuzz-api.mjs http://127.0.0.1:8080 [REQUESTS] [SEED] [FOLDER]
//
// Fails if an answer has a status of 5xx other than 502, 503, 504 and 507, tells of the inside, is an error that is
// not JSON, or does not come. Needs nothing but node; the same seed sends the same requests.
import http from "node:http";
import net from "node:net";

const [base, count = "2000", seed = "1", folder = "/tmp"] = process.argv.slice(2);
const url = new URL(base);
const PATIENCE_MS = 30_000;
const AT_ONCE = 4;
const FINE = new Set([502, 503, 504, 507]);
const INSIDE = /\bjava\.|Exception|\tat |modelcontextprotocol\.|<html/;

let state = Number(seed) >>> 0;
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];
const chance = (share) => random() < share;

const TEXTS = [
  "", " ", "docs", "none", "a/b", "..", "../../etc/passwd", "%2e%2e", "ö", "日本語", "\u0000", "\u202e", "\ud800", "'\"`",
  "<script>", "{}", "null", "-1", "1e99", "x".repeat(300), "x".repeat(70_000), "brimful/docs", "brimful/none/x",
  "where do otters swim?", "docs/a.md", folder, folder + "/none", "https://127.0.0.1/a.git", "file:///etc", "auto",
  "8k", "900M", "xml", "json", "2026-01-01T00:00:00Z", "\r\nX: y", "${jndi:ldap://x}", "*", "~",
];
const NUMBERS = [0, 1, -1, 2, 10, 1.5, 1e9, 1e99, -1e99, 2147483648, 9007199254740993, 0.1];

function anything(depth = 0) {
  switch (below(depth > 3 ? 4 : 6)) {
    case 0:
      return pick(TEXTS);
    case 1:
      return pick(NUMBERS);
    case 2:
      return chance(0.5);
    case 3:
      return null;
    case 4:
      return Array.from({ length: below(4) }, () => anything(depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: below(4) }, () => [pick(TEXTS).slice(0, 20), anything(depth + 1)]),
      );
  }
}

let description;
const known = { collection: ["docs", "docs", "empty"], job: [], source: ["docs"], batch: [], reading: [] };

function resolved(schema) {
  let one = schema;
  for (let i = 0; i < 10 && one?.$ref; i++) {
    one = one.$ref.slice(2).split("/").reduce((node, name) => node?.[name], description);
  }
  return one ?? {};
}

/// A value of a schema, now and then of none.
function value(schema, name, depth = 0) {
  const is = resolved(schema);
  if (chance(0.08) || depth > 6) {
    return anything();
  }
  if (is.enum) {
    return pick(is.enum);
  }
  if (is.oneOf ?? is.anyOf) {
    return value(pick(is.oneOf ?? is.anyOf), name, depth + 1);
  }
  const type = Array.isArray(is.type) ? pick(is.type) : is.type;
  switch (type) {
    case "object": {
      const made = {};
      for (const [field, of] of Object.entries(is.properties ?? {})) {
        if ((is.required ?? []).includes(field) ? !chance(0.04) : chance(0.4)) {
          made[field] = value(of, field, depth + 1);
        }
      }
      return made;
    }
    case "array":
      return Array.from({ length: below(4) }, () => value(is.items ?? {}, name, depth + 1));
    case "integer":
    case "number":
      return chance(0.7) ? 1 + below(50) : pick(NUMBERS);
    case "boolean":
      return chance(0.5);
    case "null":
      return null;
    default:
      return text(name);
  }
}

function text(name) {
  if (known[name]?.length && chance(0.85)) {
    return pick(known[name]);
  }
  const usual = {
    collection: "docs", question: "where do otters swim?", model: "brimful/docs", location: folder, name: "docs",
    content: "where do otters swim?", role: "user", document: "docs/a.md", budget: "8k", id: "a",
  }[name];
  return usual && chance(0.8) ? usual : pick(TEXTS);
}

function operations() {
  return Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => ["get", "post", "delete", "put"].includes(method))
      .map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
}

function encoded(word) {
  try {
    return encodeURIComponent(word);
  } catch {
    return "%ED%A0%80";
  }
}

const MCP = ["initialize", "ping", "tools/list", "tools/call", "resources/read", "resources/list", "prompts/get", "x",
  "notifications/cancelled", "notifications/initialized", "logging/setLevel", "completion/complete"];
let session = "";

function mcpRequest() {
  const usual = {
    initialize: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "fuzz", version: "1" } },
    "tools/call": {
      name: pick(["search", "pack", "read", "ask", "documents", "collections", "none"]),
      arguments: Object.fromEntries(["collection", "question", "document", "limit", "budget", "page"]
        .filter(() => chance(0.6))
        .map((name) => [name, chance(0.7) ? text(name) : anything()])),
    },
    "resources/read": { uri: pick(["brimful://collections", "brimful://docs/docs/a.md", "x", ""]) },
  };
  const method = pick(MCP);
  let message = { jsonrpc: "2.0", id: below(100), method, params: chance(0.8) ? (usual[method] ?? {}) : anything() };
  if (chance(0.15)) {
    message[pick(["jsonrpc", "id", "method", "params"])] = anything();
  }
  if (method.startsWith("notifications/") || chance(0.05)) {
    delete message.id;
  }
  if (chance(0.05)) {
    message = anything();
  }
  const headers = { "Content-Type": "application/json", Accept: "application/json, text/event-stream" };
  if (session && chance(0.85)) {
    headers["Mcp-Session-Id"] = session;
  }
  return { method: "POST", path: "/mcp", headers: spoiled(headers), body: JSON.stringify(message) };
}

function spoiled(headers) {
  if (chance(0.05)) {
    delete headers[pick(Object.keys(headers))];
  }
  if (chance(0.05)) {
    headers[pick(["Accept", "Content-Type", "Idempotency-Key", "Origin", "Range", "If-None-Match", "Mcp-Session-Id"])] =
      pick(["text/plain", "*/*", "x".repeat(300), "bytes=0-", "https://evil.example", "", "application/json"]);
  }
  return headers;
}

function apiRequest() {
  const { path, method, operation } = pick(operations());
  const parameters = (operation.parameters ?? []).map(resolved);
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encoded(String(text(name)).slice(0, 400)));
  const query = parameters
    .filter((one) => one.in === "query" && (one.required || chance(0.4)))
    .map((one) => `${one.name}=${encoded(String(value(one.schema ?? {}, one.name)).slice(0, 400))}`)
    .join("&");
  const headers = {};
  for (const one of parameters.filter((parameter) => parameter.in === "header" && chance(0.2))) {
    headers[one.name] = `key-${below(50)}`;
  }
  let body;
  const content = resolved(operation.requestBody)?.content ?? {};
  if (content["multipart/form-data"]) {
    headers["Content-Type"] = "multipart/form-data; boundary=x";
    const name = chance(0.7) ? `f${below(9)}.txt` : pick(TEXTS).replace(/[\r\n"]/g, "");
    body = `--x\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\notters\r\n--x--\r\n`;
  } else if (content["application/json"]) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(value(content["application/json"].schema, "body"));
  }
  if (body && chance(0.06)) {
    body = pick([body.slice(0, below(body.length)), "", "[".repeat(5000), "\ufeff" + body, body + body, "\u0000"]);
  }
  if (operation.responses?.["200"]?.content?.["text/event-stream"] && chance(0.4)) {
    headers.Accept = "text/event-stream";
  }
  return {
    method: chance(0.04) ? pick(["PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "DELETE", "BREW"]) : method,
    path: query ? `${filled}?${query}` : filled,
    headers: spoiled(headers),
    body,
  };
}

/// A request line that no library would send.
function rawRequest() {
  const path = pick(["/page/../mcp", "/%00", "/%zz", "//", "/..;/mcp", "/v1/./models", "/v1/collections/%2e%2e", "*", "x",
    "/\u0001", "/" + "a".repeat(20_000), "http://evil/", "/v1/collections/%ff", "/page/app.js;x", "/\\", "/?%zz=%"]);
  return {
    raw: `${pick(["GET", "POST", "get", "\u0000"])} ${path} HTTP/${pick(["1.1", "1.0", "3.7"])}\r\nHost: ` +
      `${pick(["localhost", "", "evil.example", "localhost:99999999"])}\r\n${pick(["", "X: y\r\n", "Content-Length: -1\r\n",
        "Transfer-Encoding: chunked\r\n", "no colon\r\n", ": x\r\n"])}Connection: close\r\n\r\n`,
  };
}

function sendRaw(request) {
  return new Promise((done, failed) => {
    const socket = net.connect(Number(url.port), url.hostname, () => socket.end(request.raw, "latin1"));
    let all = "";
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error("no answer came in time")));
    socket.on("data", (data) => (all += data.toString("latin1")));
    socket.on("error", failed);
    socket.on("close", () => {
      const [head, ...rest] = all.split("\r\n\r\n");
      done({ status: Number(head.slice(9, 12)) || 0, type: /content-type: ?(.*)/i.exec(head)?.[1] ?? "", body: rest.join("") });
    });
  });
}

function sendUsual(request) {
  // Node frames no body of a DELETE by itself.
  const framed = request.body === undefined ? {} : { "Content-Length": Buffer.byteLength(request.body) };
  const headers = { ...request.headers, ...framed };
  return new Promise((done, failed) => {
    const sent = http.request(
      { host: url.hostname, port: url.port, method: request.method, path: request.path, headers },
      (answer) => {
        let body = "";
        answer.setEncoding("utf8");
        answer.on("data", (data) => (body += data));
        answer.on("error", failed);
        answer.on("end", () =>
          done({ status: answer.statusCode, type: answer.headers["content-type"] ?? "", body, headers: answer.headers }),
        );
      },
    );
    sent.setTimeout(PATIENCE_MS, () => sent.destroy(new Error("no answer came in time")));
    sent.on("error", failed);
    sent.end(request.body);
  });
}

function check(request, answer) {
  const { status, type, body } = answer;
  if (status >= 500 && !FINE.has(status) && status !== 505) {
    return `status ${status}`;
  }
  if (INSIDE.test(body)) {
    return "the answer tells of the inside";
  }
  if (status >= 400 && request.method !== "HEAD") {
    if (!type.includes("json")) {
      return `an error of type "${type}"`;
    }
    try {
      JSON.parse(body);
    } catch {
      return "an error that is not JSON";
    }
  }
  return "";
}

function remember(request, answer) {
  session = answer.headers?.["mcp-session-id"] ?? session;
  if (answer.status === 202 && answer.type.includes("json")) {
    const { id } = JSON.parse(answer.body);
    const list = request.path.startsWith("/v1/batches")
      ? known.batch
      : request.path.startsWith("/v1/exhaustive") ? known.reading : known.job;
    if (typeof id === "string" && list.length < 50) {
      list.push(id);
    }
  }
}

/// Some of what was deleted is there again.
async function restore() {
  const headers = { "Content-Type": "application/json" };
  for (const name of ["docs", "empty"]) {
    await sendUsual({ method: "POST", path: "/v1/collections", headers, body: JSON.stringify({ name }) });
  }
  const body = JSON.stringify({ location: folder });
  await sendUsual({ method: "POST", path: "/v1/collections/docs/sources", headers, body });
}

const statuses = new Map();
const failures = [];

async function one(number) {
  if (number % 100 === 0) {
    await restore();
  }
  const kind = random();
  const request = kind < 0.7 ? apiRequest() : kind < 0.93 ? mcpRequest() : rawRequest();
  let problem;
  try {
    const answer = request.raw ? await sendRaw(request) : await sendUsual(request);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    problem = check(request, answer);
    if (problem) {
      problem += `: ${answer.body.slice(0, 300)}`;
    } else if (!request.raw) {
      remember(request, answer);
    }
  } catch (error) {
    problem = error.code === "ERR_UNESCAPED_CHARACTERS" || error.code === "ERR_INVALID_CHAR" ? "" : String(error);
  }
  if (problem) {
    failures.push(`request ${number}: ${problem}\n  ${JSON.stringify(request).slice(0, 600)}`);
  }
}

description = JSON.parse((await sendUsual({ method: "GET", path: "/openapi.json", headers: {} })).body);
let next = 0;
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    while (next < Number(count)) {
      await one(next++);
    }
  }),
);
const table = [...statuses].sort((a, b) => a[0] - b[0]).map(([status, times]) => `${status}: ${times}`);
console.log(`${count} requests, seed ${seed}; answers by status: ${table.join(", ")}`);
failures.slice(0, 20).forEach((failure) => console.error(failure));
if (failures.length > 0) {
  console.error(`${failures.length} failures`);
  process.exit(1);
}
