// A tree of collections, folders and files with check boxes, opened folder by folder. One item
// takes part in the order of Tab; the arrow keys lead to the others.

import { collectionPath, get } from "./api.js";
import { element } from "./dom.js";
import { compact, counted } from "./format.js";

const STEP = 200;

/// A pattern that matches a path: what patterns or the field of them would read otherwise is "?".
export const literal = (path) =>
  path.replace(/[\s,*?{}]/gu, "?").replace(/\[(?![^[\]]*\])/g, "?");

class Item {
  constructor(tree, parent, { collection, path, name, folder, documents }) {
    Object.assign(this, { tree, parent, collection, path, name, folder, documents });
    this.children = null;
    this.loading = null;
    this.after = null;
    this.state = "false";
    this.box = element("span", { class: "box", "aria-hidden": "true" });
    this.group = element("ul", { role: "group", hidden: true });
    const files = folder ? counted(documents, "document") : "";
    this.row = element(
      "div",
      { class: "tree-row" },
      element("span", { class: "twist", "aria-hidden": "true" }),
      this.box,
      element("bdi", {}, name),
      folder ? element("span", { class: "hint", title: files }, ` ${compact(documents)}`) : null,
    );
    this.node = element(
      "li",
      {
        role: "treeitem",
        tabindex: "-1",
        "aria-checked": "false",
        "aria-label": folder ? `${name}, ${files}` : name,
        "aria-expanded": folder ? "false" : undefined,
        "data-path": path === "" ? collection : path,
      },
      this.row,
      folder ? this.group : null,
    );
    tree.items.set(this.node, this);
    this.row.addEventListener("click", (event) => {
      tree.move(this);
      if (folder && event.target.classList.contains("twist")) {
        this.toggle();
      } else {
        this.check(this.state !== "true");
      }
    });
  }

  get isOpen() {
    return !this.group.hidden;
  }

  set(state) {
    this.state = state;
    this.node.setAttribute("aria-checked", state);
  }

  /// Checks an item with all below it; those above it follow.
  check(on) {
    this.setAll(String(on));
    for (let above = this.parent; above !== null; above = above.parent) {
      above.follow();
    }
    this.tree.changed();
  }

  setAll(state) {
    this.set(state);
    this.children?.forEach((child) => child.setAll(state));
  }

  follow() {
    const states = new Set(this.children.map((child) => child.state));
    // What is not loaded yet is as it was before.
    const rest = this.after === null ? [] : [this.rest];
    rest.forEach((state) => states.add(state));
    this.set(states.size === 1 ? [...states][0] : "mixed");
  }

  async toggle(open = !this.isOpen) {
    this.group.hidden = !open;
    this.node.setAttribute("aria-expanded", String(open));
    if (open && (this.children === null || this.loading)) {
      this.loading ??= this.loadFirst();
      await this.loading;
    }
  }

  async loadFirst() {
    this.children = [];
    this.rest = this.state;
    try {
      await this.load();
    } catch (error) {
      // Opened once more, it is asked for again.
      this.children = null;
      this.tree.onproblem(error);
    } finally {
      this.loading = null;
    }
  }

  async load() {
    const query = new URLSearchParams({ folder: this.path, limit: STEP });
    if (this.after !== null) {
      query.set("after", this.after);
    }
    const page = await get(collectionPath(this.collection, `/folders?${query}`));
    this.more?.remove();
    this.after = page.next ?? null;
    const added = page.data.map(
      (entry) => new Item(this.tree, this, { ...entry, collection: this.collection }),
    );
    added.forEach((child) => child.set(this.state === "mixed" ? this.rest : this.state));
    this.children.push(...added);
    this.group.append(...added.map((child) => child.node));
    if (this.after !== null) {
      this.group.append(this.moreItem());
    }
  }

  moreItem() {
    this.more = element(
      "li",
      { role: "treeitem", tabindex: "-1", class: "tree-more", "aria-checked": "false" },
      "Show more",
    );
    this.more.addEventListener("click", () => this.showMore());
    return this.more;
  }

  async showMore() {
    const from = this.children.length;
    await this.load().catch(this.tree.onproblem);
    this.tree.move(this.children[from]);
  }

  /// The patterns of what is checked here, relative to the collection.
  patterns() {
    switch (this.state) {
      case "true":
        return [literal(this.path) + (this.folder ? "**" : "")];
      case "mixed":
        return this.children.flatMap((child) => child.patterns());
      default:
        return [];
    }
  }

  sum() {
    return this.state === "true"
      ? this.documents
      : this.state === "mixed"
        ? this.children.reduce((sum, child) => sum + child.sum(), 0)
        : 0;
  }
}

export class ScopeTree {
  /// @param onchange receives what is chosen, onproblem what cannot be loaded
  constructor(collections, onchange, onproblem) {
    this.items = new Map();
    this.onchange = onchange;
    this.onproblem = onproblem;
    this.others = [];
    this.chosen = [];
    this.roots = collections.map(
      ({ name, documents }) =>
        new Item(this, null, { collection: name, path: "", name, folder: true, documents }),
    );
    this.node = element(
      "ul",
      { role: "tree", class: "tree", "aria-label": "Collections, folders and files", "aria-multiselectable": "true" },
      this.roots.map((root) => root.node),
    );
    this.node.addEventListener("keydown", (event) => this.key(event));
  }

  /// Checks what patterns say; those that are no path of the tree are kept as they are.
  async choose(names, patterns) {
    const roots = this.roots.filter((root) => names.includes(root.name));
    this.chosen = roots;
    if (patterns.length === 0) {
      roots.forEach((root) => root.check(true));
    }
    for (const pattern of patterns) {
      const found = await this.find(roots, pattern);
      if (found === null) {
        this.others.push(pattern);
      } else {
        found.check(true);
      }
    }
    this.move(roots[0] ?? this.roots[0]);
    if (roots.length === 1) {
      await roots[0].toggle(true);
    }
    this.changed();
  }

  async find(roots, pattern) {
    const several = roots.length > 1;
    const root = several ? roots.find((each) => pattern.startsWith(each.name + "/")) : roots[0];
    if (!root) {
      return null;
    }
    const wanted = (several ? pattern.slice(root.name.length + 1) : pattern).replace(/\*\*$/, "");
    let item = root;
    while (item !== null && literal(item.path) !== wanted) {
      if (!item.folder) {
        return null;
      }
      await item.toggle(true);
      item =
        item.children?.find(
          (child) =>
            wanted === literal(child.path) ||
            (child.folder && wanted.startsWith(literal(child.path))),
        ) ?? null;
    }
    return item;
  }

  /// The collections of which something is checked, and the patterns; none for all of them.
  result() {
    const some = this.roots.filter((root) => root.state !== "false");
    const own = this.others.length > 0 && some.length === 0 ? this.chosen : some;
    const collections = own.map((root) => root.name);
    if (this.others.length === 0 && own.every((root) => root.state === "true")) {
      return { collections, patterns: [] };
    }
    const several = own.length > 1;
    const patterns = own.flatMap((root) =>
      root.patterns().map((each) => (several ? `${root.name}/${each}` : each)),
    );
    return { collections, patterns: [...patterns, ...this.others] };
  }

  changed() {
    this.onchange({ documents: this.roots.reduce((sum, root) => sum + root.sum(), 0) });
  }

  focus() {
    this.node.querySelector("[tabindex='0']")?.focus();
  }

  /// Makes an item the one that Tab leads to.
  move(item) {
    this.moveTo(item?.node);
  }

  moveTo(node) {
    if (node) {
      this.node.querySelectorAll("[tabindex='0']").forEach((each) => (each.tabIndex = -1));
      node.tabIndex = 0;
      node.focus();
    }
  }

  key(event) {
    const at = event.target.closest("[role=treeitem]");
    const item = this.items.get(at);
    // Those in closed folders are not to be seen.
    const shown = [...this.node.querySelectorAll("[role=treeitem]")].filter(
      (node) => node.closest("ul[hidden]") === null,
    );
    const index = shown.indexOf(at);
    const steps = {
      ArrowDown: () => this.moveTo(shown[index + 1]),
      ArrowUp: () => this.moveTo(shown[index - 1]),
      Home: () => this.moveTo(shown[0]),
      End: () => this.moveTo(shown.at(-1)),
      ArrowRight: () =>
        item?.folder && !item.isOpen ? item.toggle() : this.moveTo(shown[index + 1]),
      ArrowLeft: () =>
        item?.folder && item.isOpen
          ? item.toggle()
          : this.moveTo(at.parentElement.closest("[role=treeitem]")),
      " ": () => (item ? item.check(item.state !== "true") : at.click()),
      Enter: () => (item?.folder ? item.toggle() : at.click()),
    };
    if (Object.hasOwn(steps, event.key)) {
      event.preventDefault();
      steps[event.key]();
    }
  }
}
