// Squarified treemap (Bruls, Huizing, van Wijk) of a window: pure geometry, no DOM.

const HUES = 8;
const MOST = 0.6;
const GROUPS_MAX = 40;
const SMALLEST_DOCUMENT = 40;
const SMALLEST_FOLDER = 160;
const HEAD = 18;

/// A folder: {name, path, tokens, count, children}; a document: {name, tokens, document}.
export function tree(documents) {
  const root = folder("", "");
  for (const document of documents) {
    const names = document.id.split("/");
    let node = root;
    add(node, document);
    for (const name of names.slice(0, -1)) {
      const path = node.path === "" ? name : `${node.path}/${name}`;
      if (!node.children.has(name + "/")) {
        node.children.set(name + "/", folder(name, path));
      }
      node = node.children.get(name + "/");
      add(node, document);
    }
    node.children.set(document.id, {
      name: names.at(-1),
      tokens: document.tokens,
      count: 1,
      document,
    });
  }
  return descend(root);
}

const folder = (name, path) => ({ name, path, tokens: 0, count: 0, hue: 0, children: new Map() });

function add(node, document) {
  node.tokens += document.tokens;
  node.count++;
}

/// Folders that hold nothing but one folder say nothing.
function descend(node) {
  for (;;) {
    const only = node.children.size === 1 ? node.children.values().next().value : null;
    if (only === null || only.document) {
      return node;
    }
    node = only;
  }
}

const bySize = (node) => [...node.children.values()].sort((a, b) => b.tokens - a.tokens);

/// The folders and documents that a picture of a folder is made of, and coloured by. One that holds
/// most of it is replaced by what it holds: a picture in one colour tells nothing.
export function groupsOf(top) {
  let groups = bySize(top);
  for (;;) {
    const largest = groups[0];
    if (
      !largest ||
      largest.document ||
      largest.tokens < MOST * top.tokens ||
      groups.length > GROUPS_MAX
    ) {
      break;
    }
    groups = [...groups.slice(1), ...bySize(descend(largest))].sort((a, b) => b.tokens - a.tokens);
  }
  let hue = 0;
  for (const group of groups) {
    // The many hues of the rest could not be told apart: they share a grey.
    paint(group, group.document ? 0 : ++hue <= HUES ? hue : 0, 0);
  }
  return groups;
}

/// The path of a folder as seen from another.
export const within = (top, node) =>
  (top.path !== "" && node.path.startsWith(top.path + "/")
    ? node.path.slice(top.path.length + 1)
    : node.path) + "/";

function paint(node, hue, shade) {
  node.hue = hue;
  node.shade = shade;
  let next = 0;
  for (const child of node.document ? [] : bySize(node)) {
    paint(child, hue, child.document ? shade : next++ % 3);
  }
}

/// Returns {heads, cells} that fill the rectangle: a head for each group that is a folder.
export function layout(top, groups, width, height) {
  const result = { heads: [], cells: [] };
  place(groups, { x: 0, y: 0, width, height }, top, result, true);
  return result;
}

function place(children, room, parent, result, first) {
  const tokens = children.reduce((sum, child) => sum + child.tokens, 0);
  if (tokens === 0 || room.width < 1 || room.height < 1) {
    return;
  }
  const scale = (room.width * room.height) / tokens;
  const shown = folded(children, scale, parent);
  for (const [child, box] of squarify(shown, room, scale)) {
    if (child.document || child.folded || child.tokens * scale < SMALLEST_FOLDER) {
      result.cells.push({ node: child, ...box });
    } else if (first && box.width > 56 && box.height > 3 * HEAD) {
      result.heads.push({ node: child, ...box, height: HEAD });
      place(
        bySize(child),
        { ...box, y: box.y + HEAD, height: box.height - HEAD },
        child,
        result,
        false,
      );
    } else {
      place(bySize(child), box, child, result, false);
    }
  }
}

/// Documents too small to see become one cell "n more".
function folded(children, scale, parent) {
  const small = children.filter((child) => child.tokens * scale < SMALLEST_DOCUMENT);
  if (small.length < 2) {
    return children;
  }
  const sum = (of) => small.reduce((total, child) => total + child[of], 0);
  const rest = {
    name: `${sum("count")} more`,
    tokens: sum("tokens"),
    count: sum("count"),
    folded: parent,
    hue: small[0].hue,
    shade: small[0].shade,
  };
  return [...children.filter((child) => child.tokens * scale >= SMALLEST_DOCUMENT), rest].sort(
    (a, b) => b.tokens - a.tokens,
  );
}

/// Fills the room with rows along its shorter side, each as long as its worst ratio gets better.
function* squarify(children, room, scale) {
  let { x, y, width, height } = room;
  let start = 0;
  while (start < children.length) {
    const side = Math.min(width, height);
    let end = start;
    let area = 0;
    let worst = Infinity;
    while (end < children.length) {
      const grown = area + children[end].tokens * scale;
      const ratio = worstRatio(
        children[start].tokens * scale,
        children[end].tokens * scale,
        grown,
        side,
      );
      if (ratio > worst) {
        break;
      }
      worst = ratio;
      area = grown;
      end++;
    }
    const thick = side > 0 ? area / side : 0;
    let along = 0;
    for (const child of children.slice(start, end)) {
      const long = thick > 0 ? (child.tokens * scale) / thick : 0;
      yield [
        child,
        width >= height
          ? { x, y: y + along, width: thick, height: long }
          : { x: x + along, y, width: long, height: thick },
      ];
      along += long;
    }
    if (width >= height) {
      x += thick;
      width -= thick;
    } else {
      y += thick;
      height -= thick;
    }
    start = end;
  }
}

function worstRatio(largest, smallest, area, side) {
  const square = area * area;
  const length = side * side;
  return smallest > 0
    ? Math.max((length * largest) / square, square / (length * smallest))
    : Infinity;
}
