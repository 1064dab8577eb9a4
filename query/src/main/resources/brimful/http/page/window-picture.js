// The picture of a window: how full it is, what fills it, and what was left out.

import { drawing, element } from "./dom.js";
import { compact, counted, number, share } from "./format.js";
import { groupsOf, layout, tree, within } from "./treemap.js";
import { fillBar } from "./fill-bar.js";
import { documentTable, imageList, leftOut } from "./window-lists.js";
import { downloadButton } from "./download.js";
import { clipped, nearest } from "./window-cells.js";

export class WindowPicture {
  constructor(node, receipt, request, open) {
    this.node = node;
    this.receipt = receipt;
    this.open = open;
    this.top = tree(receipt.documents);
    this.svg = drawing("svg", { class: "treemap", role: "group" });
    this.tip = element("p", { class: "tip", "aria-hidden": "true", hidden: true });
    this.map = element("div", { class: "map" }, this.svg, this.tip);
    this.ring = drawing("rect", { class: "ring" });
    this.bar = element("div");
    this.trail = element("p", { class: "trail" });
    node.replaceChildren(
      element("header", { class: "row" }, element("h2", {}, "The window"), downloadButton(request)),
      this.bar,
      this.trail,
      this.map,
      documentTable(receipt, open),
      ...imageList(receipt, request.collection, open),
      leftOut(receipt, open),
    );
    this.zoom(this.top);
    this.listen();
    new ResizeObserver(() => this.draw()).observe(this.map);
  }

  listen() {
    this.svg.addEventListener("click", (event) => this.enter(event.target.closest("[data-cell]")));
    this.svg.addEventListener("pointermove", (event) =>
      this.explain(event.target.closest("[data-cell]")),
    );
    this.svg.addEventListener("pointerleave", () => this.explain(null));
    this.svg.addEventListener("focusin", (event) => {
      const group = event.target.closest("[data-cell]");
      this.current = group ? this.cells[Number(group.dataset.cell)].node : null;
      this.explain(group);
    });
    this.svg.addEventListener("focusout", () => this.explain(null));
    this.svg.addEventListener("keydown", (event) => this.key(event));
  }

  zoom(folder) {
    this.root = folder;
    this.groups = groupsOf(folder);
    this.bar.replaceChildren(fillBar(this.receipt, folder, this.groups, (next) => this.zoom(next)));
    this.width = 0;
    this.draw();
  }

  draw() {
    const width = this.map.clientWidth;
    // A change of height only, such as of an address bar that hides, draws nothing.
    if (width === 0 || width === this.width) {
      return;
    }
    this.width = width;
    const focused = this.svg.contains(document.activeElement);
    const height = Math.round(Math.min(Math.max(width * 0.5, 260), 460));
    const { heads, cells } = layout(this.root, this.groups, width, height);
    this.cells = [...heads, ...cells];
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.setAttribute("height", height);
    this.svg.setAttribute(
      "aria-label",
      `What fills the window: ${counted(this.receipt.documents.length, "document")}. ` +
        "Arrow keys move, Enter opens. A table with the same content follows.",
    );
    this.svg.replaceChildren(
      ...cells.map((cell, index) => this.cell(cell, heads.length + index)),
      ...heads.map((head, index) => this.head(head, index)),
      this.ring,
    );
    this.ring.setAttribute("width", 0);
    // Opening a document beside it draws it anew: the keyboard must come back to where it was.
    const index = Math.max(
      0,
      this.cells.findIndex((cell) => cell.node === this.current),
    );
    const stop = this.svg.querySelector(`[data-cell="${index}"]`);
    stop?.setAttribute("tabindex", "0");
    if (focused) {
      stop?.focus();
    }
    this.showTrail();
  }

  cell(cell, index) {
    const { node, x, y, width, height } = cell;
    const group = this.group(node, index);
    group.append(
      drawing("rect", {
        x: x.toFixed(2),
        y: y.toFixed(2),
        width: width.toFixed(2),
        height: height.toFixed(2),
        class: `cell hue-${node.hue} shade-${node.shade ?? 0}`,
      }),
    );
    if (width > 46 && height > 18) {
      group.append(drawing("text", { x: x + 5, y: y + 14 }, clipped(node.name, width - 8)));
    }
    if (width > 46 && height > 36) {
      group.append(drawing("text", { x: x + 5, y: y + 28, class: "figure" }, compact(node.tokens)));
    }
    return group;
  }

  head({ node, x, y, width, height }, index) {
    const group = this.group(node, index);
    const figure = ` ${compact(node.tokens)}`;
    group.append(
      drawing("rect", { x, y, width, height, class: `folder hue-${node.hue}` }),
      drawing(
        "text",
        { x: x + 5, y: y + 13, class: "folder-name" },
        clipped(within(this.root, node) + figure, width - 8),
      ),
    );
    return group;
  }

  group(node, index) {
    return drawing("g", {
      role: "button",
      tabindex: "-1",
      "data-cell": index,
      "data-document": node.document?.id,
      "aria-label": this.describe(node).join(", "),
    });
  }

  describe(node) {
    const words = [
      counted(node.tokens, "token"),
      `${share(node.tokens, this.receipt.prompt_tokens)} of the window`,
    ];
    if (node.document) {
      const chunks = node.document.chunks;
      const some = chunks
        .slice(0, 6)
        .map((chunk) => chunk.locator)
        .join(", ");
      return [
        node.document.id,
        ...words,
        `${counted(chunks.length, "part")}: ${some}${chunks.length > 6 ? "…" : ""}`,
      ];
    }
    const name = node.folded
      ? `${node.name} in ${node.folded.path || "all folders"}`
      : node.path + "/";
    return [name, ...words, counted(node.count, "document")];
  }

  explain(group) {
    this.tip.hidden = !group;
    this.ring.setAttribute("width", 0);
    if (!group) {
      return;
    }
    const { node, x, y, width, height } = this.cells[Number(group.dataset.cell)];
    const [name, ...words] = this.describe(node);
    this.tip.replaceChildren(element("strong", {}, name), element("span", {}, words.join(" · ")));
    // DrawnImage over all others: the edge of a cell would lie below its neighbours.
    for (const [name, value] of Object.entries({ x, y, width, height })) {
      this.ring.setAttribute(name, value);
    }
    const below = y + Math.min(height, 60) + 8;
    const above = y - this.tip.offsetHeight - 8;
    const fits = below + this.tip.offsetHeight < this.map.clientHeight || above < 0;
    this.tip.style.left = `${Math.max(0, Math.min(x, this.width - this.tip.offsetWidth))}px`;
    this.tip.style.top = `${fits ? below : above}px`;
  }

  enter(group) {
    if (!group) {
      return;
    }
    const { node } = this.cells[Number(group.dataset.cell)];
    if (node.document) {
      this.open(node.document.id);
    } else if (node.folded === this.root) {
      // They are as large as they get: the table has them all.
      const table = this.node.querySelector("details.documents");
      table.open = true;
      table.scrollIntoView({ block: "start" });
    } else {
      this.zoom(node.folded ?? node);
      this.svg.querySelector("[data-cell]")?.focus();
    }
  }

  key(event) {
    const group = event.target.closest("[data-cell]");
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.enter(group);
    } else if (event.key === "Escape" && this.root !== this.top) {
      this.zoom(this.top);
      this.svg.querySelector("[data-cell]")?.focus();
    } else if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      this.move(group, event.key);
    }
  }

  move(group, key) {
    const next = nearest(this.cells, Number(group.dataset.cell), key);
    if (next !== null) {
      const target = this.svg.querySelector(`[data-cell="${next}"]`);
      group.setAttribute("tabindex", "-1");
      target.setAttribute("tabindex", "0");
      target.focus();
    }
  }

  showTrail() {
    this.trail.hidden = this.root === this.top;
    this.trail.replaceChildren(
      element(
        "button",
        { type: "button", class: "link", onclick: () => this.zoom(this.top) },
        "Whole window",
      ),
      ` / ${this.root.path}: ${number(this.root.tokens)} tokens, `,
      counted(this.root.count, "document"),
    );
  }
}
