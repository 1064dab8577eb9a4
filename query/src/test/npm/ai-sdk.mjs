// Asks a Brimful server by Vercel's AI SDK: text, objects, tools, over chat completions and responses.
//
//   npm install ai @ai-sdk/openai @ai-sdk/openai-compatible zod && node ai-sdk.mjs URL/v1 brimful/COLLECTION [KEY]
//
// The model behind must be the tests' fake in mode `oblige`. Prints a line for each step; exits with 1 at the first
// that is not as it should be.
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateObject, generateText, stepCountIs, streamText, tool } from "ai";
import { z } from "zod";

const [baseURL, name, apiKey = "none"] = process.argv.slice(2);
const prompt = "Where is the token budget proven?";

function check(holds, what) {
  if (!holds) {
    throw new Error(what);
  }
}

const weather = tool({
  description: "Returns the weather",
  inputSchema: z.object({ place: z.string() }),
  execute: async ({ place }) => `it rains on ${place}`,
});

async function text(kind, model) {
  const stream = streamText({ model, prompt, maxOutputTokens: 500 });
  let streamed = "";
  for await (const delta of stream.textStream) {
    streamed += delta;
  }
  check(streamed === "In rivers.", `${kind} streamed "${streamed}"`);
  check((await stream.finishReason) === "stop", `${kind} finished ${await stream.finishReason}`);
  check((await stream.usage).inputTokens > 0, `${kind} has no usage`);
  const stepped = await generateText({ model, prompt, tools: { weather }, stopWhen: stepCountIs(3) });
  check(stepped.text.includes("it rains on rivers"), `${kind} after its tool "${stepped.text}"`);
  console.log(`${kind}: ${streamed} ${stepped.text}`);
}

async function object(kind, model) {
  const schema = z.object({ place: z.string(), count: z.number().int() });
  const { object: answer } = await generateObject({ model, prompt, schema });
  check(answer.place === "rivers" && answer.count === 3, `${kind} gave ${JSON.stringify(answer)}`);
  console.log(`${kind}: ${JSON.stringify(answer)}`);
}

async function main() {
  const compatible = createOpenAICompatible({
    name: "brimful",
    baseURL,
    apiKey,
    includeUsage: true,
    supportsStructuredOutputs: true,
  });
  const openai = createOpenAI({ baseURL, apiKey });
  await text("compatible", compatible(name));
  await text("chat", openai.chat(name));
  await text("responses", openai.responses(name));
  await object("compatible object", compatible(`${name}/gpt-5`));
  await object("chat object", openai.chat(`${name}/gpt-5`));
  await object("responses object", openai.responses(`${name}/gpt-5`));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
