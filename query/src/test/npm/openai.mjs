// Asks a Brimful server by the official OpenAI client for JavaScript: chat completions and responses, streaming and
// not, tools, structured outputs, refusals and a client that hangs up.
//
//   npm install openai && node openai.mjs http://127.0.0.1:8080/v1 brimful/COLLECTION [KEY] [QUESTION]
//
// The model behind must be the tests' fake in mode `oblige`, and another model of a family that takes schemas be
// called brimful/COLLECTION/gpt-5.
//
// Prints a line for each step; exits with 1 at the first that is not as it should be.
import OpenAI from "openai";

const [baseURL, model, apiKey = "none", question = "what is this about?"] = process.argv.slice(2);

function check(holds, what) {
  if (!holds) {
    throw new Error(what);
  }
}

async function main() {
  check(baseURL && model, "no address or model: node openai.mjs http://127.0.0.1:8080/v1 brimful/docs");
  const client = new OpenAI({ baseURL, apiKey });

  const models = [];
  for await (const one of client.models.list()) {
    models.push(one.id);
  }
  check(models.includes(model), `${model} is not among ${models.join(", ")}`);
  console.log(`models: ${models.join(", ")}`);

  const messages = [
    { role: "system", content: "Be brief." },
    { role: "user", content: "Hello." },
    { role: "assistant", content: "Hello. What would you like to know?" },
    { role: "user", content: question },
  ];
  const whole = await client.chat.completions.create({ model, messages });
  const text = whole.choices[0].message.content;
  check(text.length > 0, "the answer is empty");
  check(whole.usage.prompt_tokens > 0, "no usage");
  check(whole.usage.prompt_tokens_details.cached_tokens >= 0, "no cached tokens");
  console.log(`whole: ${text.length} characters, ${whole.usage.prompt_tokens} tokens in`);

  let streamed = "";
  let usage = null;
  let finish = null;
  const stream = await client.chat.completions.create({
    model,
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
  for await (const chunk of stream) {
    streamed += chunk.choices[0]?.delta?.content ?? "";
    finish = chunk.choices[0]?.finish_reason ?? finish;
    usage = chunk.usage ?? usage;
  }
  check(streamed === text, `streamed "${streamed}", whole "${text}"`);
  check(finish === "stop", `finish_reason ${finish}`);
  check(usage.prompt_tokens > 0, "no usage in the stream");
  console.log(`streamed: the same, finish_reason ${finish}, ${usage.completion_tokens} tokens out`);

  const refused = await client.chat.completions
    .create({ model: "brimful/no-such-collection", messages })
    .then(() => "", (error) => `${error.status} ${error.message}`);
  check(refused.startsWith("404"), `an unknown collection gave "${refused}"`);
  console.log(`refused: ${refused}`);

  const one = await client.models.retrieve(model);
  check(one.id === model, `the model ${model} is called ${one.id}`);
  const seed = await client.chat.completions
    .create({ model, messages, seed: 7 })
    .then(() => ({}), (error) => error);
  check(seed.status === 400 && seed.code === "unsupported_parameter" && seed.param === "seed", `seed gave ${seed}`);
  console.log(`refused: ${seed.message}`);

  await structured(client, `${model}/gpt-5`, messages);
  await tools(client, model, messages);
  await responses(client, model);
  await aborted(client, model);
}

const schema = {
  type: "object",
  properties: { place: { type: "string" }, count: { type: "integer" } },
  required: ["place", "count"],
  additionalProperties: false,
};

async function structured(client, model, messages) {
  const completion = await client.chat.completions.parse({
    model,
    messages,
    response_format: { type: "json_schema", json_schema: { name: "answer", strict: true, schema } },
  });
  const answer = JSON.parse(completion.choices[0].message.content);
  check(answer.place === "rivers" && answer.count === 3, `structured output ${JSON.stringify(answer)}`);
  console.log(`structured: ${JSON.stringify(answer)}`);
}

async function tools(client, model, messages) {
  let seen = "";
  const runner = client.chat.completions.runTools({
    model,
    messages,
    tools: [
      {
        type: "function",
        function: {
          name: "weather",
          description: "Returns the weather",
          parameters: schema,
          parse: JSON.parse,
          function: (place) => {
            seen = place.place;
            return "it rains";
          },
        },
      },
    ],
  });
  const text = await runner.finalContent();
  check(seen === "rivers", `the tool was called with "${seen}"`);
  check(text.includes("it rains"), `the answer after the tool is "${text}"`);

  const stream = client.chat.completions.stream({
    model,
    messages,
    tools: [{ type: "function", function: { name: "weather", parameters: schema } }],
  });
  const message = await stream.finalMessage();
  check(JSON.parse(message.tool_calls[0].function.arguments).place === "rivers", "no call in the stream");
  console.log(`tools: ${text}`);
}

async function responses(client, model) {
  const first = await client.responses.create({ model, input: "What is this about?", instructions: "Be brief." });
  check(first.status === "completed" && first.output_text === "In rivers.", `response "${first.output_text}"`);
  const kinds = [];
  let streamed = "";
  const stream = await client.responses.create({
    model,
    input: "And what else is it about?",
    previous_response_id: first.id,
    stream: true,
  });
  for await (const event of stream) {
    kinds.push(event.type);
    streamed += event.type === "response.output_text.delta" ? event.delta : "";
  }
  check(streamed === "In rivers." && kinds.at(-1) === "response.completed", `events ${kinds.join(", ")}`);
  const parsed = await client.responses.parse({
    model: `${model}/gpt-5`,
    input: "What is this about?",
    text: { format: { type: "json_schema", name: "answer", strict: true, schema } },
  });
  check(JSON.parse(parsed.output_text).count === 3, `structured response "${parsed.output_text}"`);
  const call = await client.responses.create({
    model,
    input: "What is the weather?",
    tools: [{ type: "function", name: "weather", parameters: schema, strict: true }],
  });
  const item = call.output.find((one) => one.type === "function_call");
  check(item && JSON.parse(item.arguments).place === "rivers", `no call in ${JSON.stringify(call.output)}`);
  const after = await client.responses.create({
    model,
    previous_response_id: call.id,
    input: [{ type: "function_call_output", call_id: item.call_id, output: "it rains" }],
  });
  check(after.output_text.includes("it rains"), `after the tool "${after.output_text}"`);
  check((await client.responses.retrieve(first.id)).id === first.id, "the response is not found");
  console.log(`responses: ${kinds.length} events, then ${after.output_text}`);
}

async function aborted(client, model) {
  const controller = new AbortController();
  const began = Date.now();
  try {
    const stream = await client.chat.completions.create(
      { model, messages: [{ role: "user", content: "Tell slowly what this is about." }], stream: true },
      { signal: controller.signal },
    );
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta?.content) {
        controller.abort();
      }
    }
  } catch (error) {
    check(error.name.includes("Abort"), `abort gave ${error}`);
  }
  check(Date.now() - began < 10_000, "the abort took too long");
  console.log(`aborted after ${Date.now() - began} ms`);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
