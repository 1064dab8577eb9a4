// Copies text. Browsers have a clipboard only on secure pages, so there is an older way as well.

import { element } from "./dom.js";

const TOLD_MS = 2000;

/// Copies a text, and says so on the button for a moment.
export async function copied(button, text) {
  const name = button.textContent;
  button.textContent = (await copy(text)) ? "Copied" : "Select and copy it by hand";
  setTimeout(() => {
    button.textContent = name;
  }, TOLD_MS);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return selected(text);
  }
}

function selected(text) {
  const area = element("textarea", { class: "unseen", "aria-hidden": "true", tabindex: "-1" });
  const focused = document.activeElement;
  area.value = text;
  // In a dialog nothing outside of it can be selected.
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused.focus();
  return done;
}
