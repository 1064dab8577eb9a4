// Asks a Brimful server by LangChain.js: text, streams, structured output by schema and by tools.
//
//   npm install @langchain/openai @langchain/core zod && node langchain.mjs URL/v1 brimful/COLLECTION [KEY]
//
// The model behind must be the tests' fake in mode `oblige`. Prints a line for each step; exits with 1 at the first
// that is not as it should be.
import { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

const [baseURL, name, apiKey = "none"] = process.argv.slice(2);
const prompt = "Where is the token budget proven?";

function check(holds, what) {
  if (!holds) {
    throw new Error(what);
  }
}

const model = (id, more = {}) => new ChatOpenAI({ model: id, apiKey, configuration: { baseURL }, ...more });

async function main() {
  const answer = await model(name, { temperature: 0.2, maxTokens: 500 }).invoke(prompt);
  check(answer.content === "In rivers.", `invoke gave "${answer.content}"`);
  let streamed = "";
  for await (const chunk of await model(name).stream(prompt)) {
    streamed += chunk.content;
  }
  check(streamed === "In rivers.", `streamed "${streamed}"`);
  console.log(`text: ${streamed}`);

  const schema = z.object({ place: z.string(), count: z.number().int() });
  for (const [id, method] of [
    [`${name}/gpt-5`, "jsonSchema"],
    [name, "functionCalling"],
  ]) {
    const object = await model(id).withStructuredOutput(schema, { name: "answer", method }).invoke(prompt);
    check(object.place === "rivers" && object.count === 3, `${method} gave ${JSON.stringify(object)}`);
    console.log(`${method}: ${JSON.stringify(object)}`);
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
