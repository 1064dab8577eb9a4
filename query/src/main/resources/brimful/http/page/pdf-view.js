// Draws pages of a PDF as its readers know them, and marks the cited words. Loaded when the first
// such page is opened.

import * as pdfjs from "../vendor/pdf.min.mjs";
import { element, showProblem } from "./dom.js";
import { markWords } from "./cited-words.js";

pdfjs.GlobalWorkerOptions.workerSrc = new URL("../vendor/pdf.worker.min.mjs", import.meta.url).href;

const ZOOMS = [1, 1.5, 2, 3];
const PIXELS_MAX = 16e6;

/// Beside a page, in pixels.
const MARGINS = 26;

/// Opens a PDF; only the parts of the file that a page needs are loaded.
export async function openPdf(url, headers) {
  const task = pdfjs.getDocument({
    url,
    httpHeaders: headers,
    isEvalSupported: false,
    enableXfa: false,
    // How Chinese, Japanese and Korean fonts name characters that are not in the file, and the two
    // standard fonts of signs, which no system has. The worker would also ask for fonts of letters.
    cMapUrl: new URL("../vendor/cmaps/", import.meta.url).href,
    standardFontDataUrl: new URL("../vendor/standard_fonts/", import.meta.url).href,
    useWorkerFetch: false,
    disableAutoFetch: true,
    disableStream: true,
    // A broken font is the document's matter, and no news for the console.
    verbosity: 0,
  });
  try {
    return await task.promise;
  } catch (error) {
    await task.destroy(); // its worker, too
    throw error;
  }
}

/// Says in one line why a PDF cannot be drawn.
export function reason(error) {
  switch (error?.name) {
    case "PasswordException":
      return "Only a password opens this PDF: its page cannot be shown.";
    case "InvalidPDFException":
    case "FormatError":
      return "This PDF is damaged: its page cannot be shown.";
    case "MissingPDFException":
    case "UnexpectedResponseException":
      return "The server does not give this PDF: its page cannot be shown.";
    default:
      return `This page cannot be shown: ${error?.message ?? error}`;
  }
}

/// One page at a time, with buttons to the others.
export class PdfView {
  constructor(pdf, name, words) {
    this.pdf = pdf;
    this.name = name;
    this.words = words;
    this.zoom = 0;
    this.number = 1;
    this.latest = 0;
    const button = (label, sign, work) =>
      element("button", { type: "button", class: "quiet", "aria-label": label, onclick: work }, sign);
    this.back = button("Previous page", "‹", () => this.show(this.number - 1));
    this.next = button("Next page", "›", () => this.show(this.number + 1));
    this.smaller = button("Smaller", "−", () => this.resize(-1));
    this.larger = button("Larger", "+", () => this.resize(1));
    this.where = element("span", { role: "status", class: "hint" });
    this.found = element("p", { class: "hint", hidden: true, "data-test": "pdf-note" });
    this.problem = element("p", { class: "problem", role: "alert", hidden: true });
    this.sheet = element("div", { class: "pdf-sheet" });
    this.node = element(
      "div",
      { class: "pdf" },
      element(
        "div",
        { class: "row pdf-bar" },
        this.back,
        this.where,
        this.next,
        this.smaller,
        this.larger,
      ),
      this.found,
      this.problem,
      element("div", { class: "pdf-scroll", tabindex: "0", role: "group", "aria-label": "Page" }, this.sheet),
    );
  }

  resize(step) {
    this.zoom = Math.min(ZOOMS.length - 1, Math.max(0, this.zoom + step));
    return this.show(this.number);
  }

  async show(wanted) {
    const turn = ++this.latest;
    const pages = this.pdf.numPages;
    this.number = Math.min(pages, Math.max(1, wanted));
    this.where.textContent = `Page ${this.number} of ${pages}`;
    this.back.disabled = this.number === 1;
    this.next.disabled = this.number === pages;
    this.smaller.disabled = this.zoom === 0;
    this.larger.disabled = this.zoom === ZOOMS.length - 1;
    this.found.hidden = true;
    showProblem(this.problem, null);
    try {
      const page = await this.pdf.getPage(this.number);
      if (turn === this.latest) {
        await this.draw(page, turn);
      }
    } catch (error) {
      if (turn === this.latest && error?.name !== "RenderingCancelledException") {
        this.sheet.replaceChildren();
        showProblem(this.problem, { detail: reason(error) });
      }
    }
  }

  async draw(page, turn) {
    const plain = page.getViewport({ scale: 1 });
    const width = Math.max(200, this.sheet.parentElement.clientWidth - MARGINS);
    const viewport = page.getViewport({ scale: (width / plain.width) * ZOOMS[this.zoom] });
    const area = viewport.width * viewport.height;
    const ratio = Math.min(devicePixelRatio || 1, Math.sqrt(PIXELS_MAX / area));
    const canvas = element("canvas", {
      role: "img",
      "aria-label": `Page ${this.number} of ${this.name}`,
      width: Math.floor(viewport.width * ratio),
      height: Math.floor(viewport.height * ratio),
    });
    canvas.style.width = `${viewport.width}px`;
    canvas.style.height = `${viewport.height}px`;
    const text = element("div", { class: "textLayer" });
    this.sheet.style.width = `${viewport.width}px`;
    this.sheet.style.height = `${viewport.height}px`;
    text.style.setProperty("--scale-factor", viewport.scale);
    this.task?.cancel();
    this.task = page.render({
      canvasContext: canvas.getContext("2d"),
      viewport,
      transform: ratio === 1 ? null : [ratio, 0, 0, ratio, 0, 0],
    });
    await this.task.promise;
    const content = await page.getTextContent();
    await pdfjs.renderTextLayer({ textContentSource: content, container: text, viewport }).promise;
    if (turn === this.latest) {
      this.sheet.replaceChildren(canvas, text);
      this.mark(text);
    }
  }

  mark(text) {
    if (this.words === "") {
      return;
    }
    const marked = markWords(text, this.words);
    if (marked.length > 0) {
      // scrollIntoView would move the answer as well.
      const frame = this.node.parentElement;
      const away = marked[0].getBoundingClientRect().top - frame.getBoundingClientRect().top;
      frame.scrollTop += away - frame.clientHeight / 3;
    } else {
      this.found.textContent =
        text.textContent.trim() === ""
          ? "This page is a picture: it has no words that could be marked."
          : "The words of the citation were not found on this page.";
      this.found.hidden = false;
    }
  }

  close() {
    this.latest++;
    this.task?.cancel();
    this.pdf.loadingTask.destroy();
  }
}
