// How often a source is read again, and when the next time is.

import { collectionPath, patch } from "./api.js";
import { busy, element } from "./dom.js";
import { time } from "./format.js";

const TIMES = [
  ["never", "no time of its own"],
  ["15m", "every 15 minutes"],
  ["1h", "every hour"],
  ["6h", "every 6 hours"],
  ["1d", "every day"],
  ["7d", "every week"],
];

/// When a source is read again by itself; empty if it is not.
export const nextOf = (source) =>
  source.next === null || source.next === undefined
    ? ""
    : `, next ${new Date(source.next) < new Date() ? "now" : time(source.next)}`;

/// The control that changes it; null for uploads, which are read when they come.
///
/// @param begun receives the job that reads it then
export function schedule(collection, source, problem, begun) {
  if (source.id === "uploads") {
    return null;
  }
  const now = source.every ?? "never";
  const known = TIMES.some(([every]) => every === now);
  const times = known ? TIMES : [...TIMES, [now, `every ${now}`]];
  const picker = element(
    "select",
    { "data-test": "every", "aria-label": `Read ${source.id} again` },
    times.map(([every, name]) => element("option", { value: every, selected: every === now }, name)),
  );
  picker.addEventListener("change", () =>
    busy(picker, problem, async () => {
      const path = collectionPath(collection, `/sources/${encodeURIComponent(source.id)}`);
      await begun(await patch(path, { every: picker.value }));
    }),
  );
  return picker;
}
