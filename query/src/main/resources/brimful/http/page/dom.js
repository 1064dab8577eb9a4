// Builds elements. Text only ever becomes a text node, never markup.

const SVG = "http://www.w3.org/2000/svg";

export function element(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

export function drawing(tag, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

function fill(node, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return node;
}

export const byId = (id) => document.getElementById(id);

/// Whether a drag brings files, and not a piece of text.
export const bringsFiles = (event) => event.dataTransfer?.types.includes("Files") ?? false;

/// Shows one line of trouble where it happened; an empty one takes it away.
export function showProblem(node, error) {
  const text = error ? (error.detail ?? error.message ?? String(error)) : "";
  node.textContent = text;
  node.hidden = text === "";
}

/// Runs a button's work once at a time and shows in place what went wrong.
export async function busy(button, problem, work) {
  showProblem(problem, null);
  const focused = document.activeElement === button;
  button.disabled = true;
  try {
    return await work();
  } catch (error) {
    showProblem(problem, error);
    return undefined;
  } finally {
    button.disabled = false;
    // What is disabled loses the focus, and a dialog cannot give it back.
    const now = document.activeElement;
    if (focused && (now === document.body || now.closest("dialog:not([open])") !== null)) {
      button.focus();
    }
  }
}

export function confirmed(question, verb) {
  const dialog = byId("confirm-dialog");
  byId("confirm-question").textContent = question;
  byId("confirm").textContent = verb;
  return answerOf(dialog).then((answer) => answer === "yes");
}

/// Opens a dialog and gives its returnValue; Escape gives "".
export function answerOf(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }),
  );
}
