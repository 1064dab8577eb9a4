// Helpers for the cells of the picture: where the keyboard goes, and what fits.

/// The index of the nearest cell that lies in the direction of an arrow key; null if none does.
export function nearest(cells, from, key) {
  const middle = (cell) => [cell.x + cell.width / 2, cell.y + cell.height / 2];
  const [fromX, fromY] = middle(cells[from]);
  let best = null;
  let least = Infinity;
  cells.forEach((cell, index) => {
    const [x, y] = middle(cell);
    const [ahead, aside] = {
      ArrowRight: [x - fromX, y - fromY],
      ArrowLeft: [fromX - x, y - fromY],
      ArrowDown: [y - fromY, x - fromX],
      ArrowUp: [fromY - y, x - fromX],
    }[key];
    const far = ahead + 2 * Math.abs(aside);
    if (ahead > 0.5 && far < least) {
      least = far;
      best = index;
    }
  });
  return best;
}

const ruler = document.createElement("canvas").getContext("2d");

/// Cuts what would run out of its cell.
export function clipped(text, width) {
  ruler.font = "600 12px system-ui, 'DejaVu Sans', sans-serif";
  const full = ruler.measureText(text).width;
  return full <= width
    ? text
    : text.slice(0, Math.max(Math.floor((text.length * width) / full) - 1, 1)) + "…";
}
