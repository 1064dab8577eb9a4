// What an answer cost, in words.

import { duration, money, number } from "./format.js";
import { element } from "./dom.js";

export function receiptWords(answer, window) {
  const parts = [];
  const usage = answer.usage;
  if (usage) {
    const cached =
      answer.cached_share ??
      (usage.prompt_tokens > 0 ? usage.cached_tokens / usage.prompt_tokens : 0);
    parts.push([
      number(usage.prompt_tokens),
      ` tokens in, ${Math.round(cached * 100)} % of them from the cache`,
    ]);
    parts.push([number(usage.completion_tokens), " tokens out"]);
  } else if (window) {
    parts.push([number(window.prompt_tokens), " tokens in"]);
  }
  parts.push(
    typeof answer.cost_usd === "number" ? [money(answer.cost_usd), ""] : ["", "cost unknown"],
  );
  if (typeof answer.seconds === "number") {
    parts.push([duration(answer.seconds), ""]);
  }
  if (answer.model) {
    parts.push(["", answer.model]);
  }
  return parts.map(([figure, words]) =>
    element("span", {}, figure ? element("strong", {}, figure) : null, words),
  );
}
