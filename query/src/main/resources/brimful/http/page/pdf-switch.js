// Switches a PDF between the page that is cited and the text that Brimful has of it.

import { addressOf, authorization, documentPath, send } from "./api.js";
import { element, showProblem } from "./dom.js";

/// Returns the parts of the switch; null if a document is no PDF of its own.
///
/// @param body what holds the text
/// @param problem where to say what went wrong
export function pageSwitch({ collection, id, locator, words, body, problem }) {
  // A member of an archive is no file that the server could give.
  if (!/\.pdf$/i.test(id) || id.includes("!/")) {
    return null;
  }
  const page = element("div", { class: "source-page", hidden: true });
  const path = documentPath(collection, "file", id);
  let view = null;
  let opening = null;
  let closed = false;

  const tab = (name, test, onPage) =>
    element(
      "button",
      { type: "button", class: "quiet", "data-test": test, onclick: () => choose(onPage) },
      name,
    );
  const onPage = tab("Page", "show-page", true);
  const onText = tab("Text", "show-text", false);
  const bar = element(
    "div",
    { class: "row source-switch", role: "group", "aria-label": "Shown as" },
    onPage,
    onText,
  );

  function press(isPage) {
    onPage.setAttribute("aria-pressed", String(isPage));
    onText.setAttribute("aria-pressed", String(!isPage));
    page.hidden = !isPage;
    body.hidden = isPage;
  }

  async function choose(isPage) {
    press(isPage);
    if (!isPage || view !== null) {
      return;
    }
    showProblem(problem, null);
    page.replaceChildren(element("p", { class: "hint", role: "status" }, "Opening the page…"));
    try {
      opening ??= open();
      await opening;
    } catch (error) {
      opening = null;
      if (!closed) {
        press(false);
        showProblem(problem, error);
      }
    }
  }

  async function open() {
    // The server says in its own words why it does not give a file.
    await send("GET", path, undefined, { accept: "application/pdf", range: "bytes=0-0" });
    const { openPdf, PdfView, reason } = await import("./pdf-view.js");
    try {
      const pdf = await openPdf(addressOf(path).href, authorization());
      if (closed) {
        pdf.loadingTask.destroy();
        return;
      }
      view = new PdfView(pdf, id, words);
    } catch (error) {
      throw new Error(`${reason(error)} This is its text.`);
    }
    page.replaceChildren(view.node);
    await view.show(locator?.kind === "page" ? locator.number : 1);
  }

  return {
    bar,
    page,
    start: () => (locator?.kind === "page" ? choose(true) : press(false)),
    close() {
      closed = true;
      view?.close();
    },
  };
}
