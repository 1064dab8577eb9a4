// Connects to a Brimful server by the official client for JavaScript, and uses its tools.
//
//   npm install @modelcontextprotocol/sdk && node mcp.mjs http://127.0.0.1:8080/mcp [TOKEN] [QUESTION]
//
// Prints a line for each step; exits with 1 at the first that is not as it should be.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
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

async function main() {
  check(url, "no address: node mcp.mjs http://127.0.0.1:8080/mcp [TOKEN] [QUESTION]");
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const client = new Client({ name: "brimful-check", version: "1" });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }),
  );
  try {
    const server = client.getServerVersion();
    console.log(`connected: ${server.name} ${server.version}`);

    const tools = (await client.listTools()).tools.map((tool) => tool.name);
    for (const name of ["collections", "search", "pack", "read", "ask"]) {
      check(tools.includes(name), `no tool ${name}`);
    }
    console.log(`tools: ${tools.join(", ")}`);

    const { collections } = (await call(client, "collections", {})).json;
    check(collections.length > 0, "no collections: make one first");
    const collection = collections[0].name;
    console.log(`collections: ${collections.map((one) => one.name).join(", ")}`);

    const searched = await call(client, "search", { collection, question, limit: 5 });
    const found = searched.json.results;
    check(found.length > 0 && found.length <= 5, `search found ${found.length} places`);
    check(!searched.text.includes("\n"), "the summary of search is no line");
    console.log(`search: ${found.length} places, the best ${found[0].document}: ${found[0].why}`);

    const more = await call(client, "search", { collection, question, limit: 5, cursor: searched.json.cursor });
    check(more.json.results[0].document + more.json.results[0].place !== found[0].document + found[0].place, "the cursor goes nowhere");

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
