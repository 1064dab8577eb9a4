// The budget of the next question: a field, and a slider that fills it.

import { byId } from "./dom.js";
import { compact } from "./format.js";
import { on, store } from "./store.js";

const STEPS = [4, 8, 16, 32, 64, 128, 256, 512].map((thousands) => 1000 * thousands);
const FACTORS = { "": 1, k: 1e3, m: 1e6 };
const WHOLE = "the model’s window";

/// Those that the model can read; its whole window comes after them.
let steps = STEPS;

/// @param onset is called when a budget was chosen with the slider
export function startBudget(onset) {
  const slider = byId("budget-slider");
  slider.addEventListener("input", () => {
    const tokens = steps[slider.value];
    byId("budget").value = tokens === undefined ? "" : compact(tokens);
    say();
  });
  slider.addEventListener("change", onset);
  byId("budget").addEventListener("input", follow);
  on("status", () => {
    const most = store.status.model?.prompt_tokens ?? Infinity;
    steps = [...STEPS, 1_000_000].filter((tokens) => tokens < most);
    slider.max = steps.length;
    follow();
  });
}

/// The budget as requests have it; undefined for the model's window.
export function budget() {
  const text = written();
  if (text === "") {
    return undefined;
  }
  return /^\d+$/.test(text) ? Number(text) : text;
}

const written = () => byId("budget").value.replace(/[\s,_]/g, "");

/// The tokens of a budget that is a number, however it is written.
function tokens() {
  const number = /^(\d+(?:\.\d+)?)([km]?)$/i.exec(written());
  return number === null ? NaN : Number(number[1]) * FACTORS[number[2].toLowerCase()];
}

/// Puts the slider where the field is.
function follow() {
  const wanted = tokens();
  const index = steps.findIndex((each) => each >= wanted);
  byId("budget-slider").value = Number.isNaN(wanted) || index < 0 ? steps.length : index;
  say();
}

function say() {
  const text = written();
  const words = text === "" ? WHOLE : text === "auto" ? text : `${text} tokens`;
  byId("budget-slider").setAttribute("aria-valuetext", words);
}
