// Asks a Brimful server by the official OpenAI client for JavaScript, streaming and not.
//
//   npm install openai && node openai.mjs http://127.0.0.1:8080/v1 brimful/COLLECTION [KEY] [QUESTION]
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
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
