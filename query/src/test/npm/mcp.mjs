// Connects to a Brimful server by the official client for JavaScript, and uses its tools.
//
//   npm install @modelcontextprotocol/sdk && node mcp.mjs http://127.0.0.1:8080/mcp [TOKEN] [QUESTION]
//   node mcp.mjs "brimful mcp FOLDER" "" [QUESTION]                  starts a server on standard input and output
//
// The client holds structured results against the schemas that the tools declare.
// Prints a line for each step; exits with 1 at the first that is not as it should be.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [url, token = "", question = "what is this about?"] = process.argv.slice(2);

function check(holds, what) {
  if (!holds) {
    throw new Error(what);
  }
}

async function call(client, name, input) {
  const result = await client.callTool({ name, arguments: input });
  const text = result.content.map((part) => part.text).join("\n");
  check(!result.isError, `${name}: ${text}`);
  check(text.length > 0, `${name} returned nothing`);
  return { text, json: result.structuredContent };
}

function transport() {
  if (url.startsWith("http")) {
    const headers = token ? { Authorization: `Bearer ${token}` } : {};
    return new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
  }
  const [command, ...args] = url.split(" ");
  return new StdioClientTransport({ command, args, env: process.env });
}

// A server on standard input may still be reading its folder.
async function ready(client) {
  for (let seconds = 0; seconds < 120; seconds++) {
    const { collections } = (await call(client, "collections", {})).json;
    if (collections.every((one) => !one.notice && one.sources.every((source) => source.read))) {
      return collections;
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error("the collections were not read within two minutes");
}

async function main() {
  check(url, "no address: node mcp.mjs http://127.0.0.1:8080/mcp [TOKEN] [QUESTION]");
  const client = new Client({ name: "brimful-check", version: "1" });
  await client.connect(transport());
  try {
    const server = client.getServerVersion();
    console.log(`connected: ${server.name} ${server.version}`);

    const tools = (await client.listTools()).tools.map((tool) => tool.name);
    for (const name of ["collections", "search", "read", "outline", "grep", "pack", "ask"]) {
      check(tools.includes(name), `no tool ${name}`);
    }
    console.log(`tools: ${tools.join(", ")}`);

    const collections = await ready(client);
    check(collections.length > 0, "no collections: make one first");
    const collection = collections[0].name;
    console.log(`collections: ${collections.map((one) => one.name).join(", ")}`);

    const searched = await call(client, "search", { collection, question, limit: 5 });
    const found = searched.json.results;
    check(found.length > 0 && found.length <= 5, `search found ${found.length} documents`);
    check(!searched.text.includes("\n"), "the summary of search is no line");
    console.log(`search: ${found.length} documents, the best ${found[0].document}: ${found[0].places[0].why}`);

    const more = await call(client, "search", { collection, question, limit: 5, cursor: searched.json.cursor });
    check(found.every((one) => one.document !== more.json.results[0].document), "the cursor goes nowhere");

    const packed = await call(client, "pack", { collection, question, budget: 2000 });
    check(packed.text.startsWith("<document"), "pack returned no document");
    console.log(`pack: ${packed.text.length} characters`);

    const read = await call(client, "read", { collection, document: found[0].document });
    check(read.text.includes("<chunk "), "read returned no text");
    check(read.text.length < 30_000, `read returned ${read.text.length} characters`);
    console.log(`read: ${read.text.length} characters`);

    const outline = await call(client, "outline", { collection, path: found[0].document });
    console.log(`outline: ${outline.text.split("\n")[0]}`);

    const grep = await call(client, "grep", { collection, pattern: "the", limit: 5 });
    console.log(`grep: ${grep.text.split("\n").at(-1)}`);

    const uri = `brimful://${collection}/${found[0].document.split("/").map(encodeURIComponent).join("/")}`;
    const resource = await client.readResource({ uri });
    check(resource.contents[0].text.includes("<chunk "), "the resource has no text");
    console.log(`resource: ${resource.contents[0].text.length} characters of ${uri}`);

    const prompts = (await client.listPrompts()).prompts.map((prompt) => prompt.name);
    const prompt = await client.getPrompt({ name: prompts[0], arguments: { collection } });
    check(prompt.messages.at(-1).content.text.includes("<document "), "the prompt brings no document");
    console.log(`prompts: ${prompts.join(", ")}`);

    const completed = await client.complete({
      ref: { type: "ref/resource", uri: "brimful://{collection}/{+document}" },
      argument: { name: "document", value: found[0].document.slice(0, -2) },
      context: { arguments: { collection } },
    });
    check(completed.completion.values.includes(found[0].document), "the path is not completed");
    console.log(`completion: ${completed.completion.values[0]}`);

    const unknown = await client.callTool({ name: "search", arguments: { collection, query: question } });
    check(unknown.isError && unknown.content[0].text.includes('no argument "query"'), "an unknown argument is taken");

    const wrong = await client.callTool({ name: "read", arguments: { collection, document: "?" } });
    check(wrong.isError && !wrong.content[0].text.includes("\n"), "a wrong call is no error");
    console.log(`refusal: ${wrong.content[0].text}`);
  } finally {
    await client.close();
  }
}

main().catch((error) => {
  console.error(`mcp.mjs: ${error.message}`);
  process.exit(1);
});
