// Reads citations as models write them, and matches them with what the server checked.

const LINES = /^(.+?)(?:[:#]|,?\s+lines?\s+)L?(\d{1,7})(?:\s?[-\u2010-\u2015]\s?L?(\d{1,7}))?$/i;
const NUMBERED =
  /^(.+?),?\s+(pp?\.|pages?|slides?|cells?)\s*(\d{1,7})(?:\s?[-\u2010-\u2015]\s?(\d{1,7}))?(?:,?\s+fig(?:ure|\.)?\s*\d{1,7})?$/i;
const CELLS = /\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?/;
const SHEET = /^(.+?),?\s+sheet\s+["']?(.+?)["']?$/i;
const ADDRESS = new RegExp(
  `^(.+?),?\\s+(?:sheet\\s+)?(?:'([^']+)'|([\\p{L}\\p{N}_.]+))!(${CELLS.source})$`,
  "iu",
);
const CLOCK = "\\d{1,3}:\\d\\d(?::\\d\\d)?";
const TIME = new RegExp(`^(.+?),?\\s+(${CLOCK})(?:\\s?[-\u2010-\u2015]\\s?(${CLOCK}))?$`);
const DAY = "\\d{4}-\\d\\d-\\d\\d";
const SAID = new RegExp(
  `^(.+?),?\\s+(${DAY}(?: ${CLOCK})?(?:-(?:${DAY} )?${CLOCK})?)(?: .*)?$`,
);
const NEXT_RANGE = /^L?(\d{1,7})(?:\s?[-\u2010-\u2015]\s?L?(\d{1,7}))?$/;

/// "A.java:3-5, 9; b.pdf p. 7" gives its places; null if it is no citation.
export function placesIn(text) {
  const places = [];
  for (const part of text.split(/[;,]\s*/)) {
    const place = placeOf(part.trim()) ?? after(places.at(-1), part.trim());
    if (place === null) {
      // A name may itself hold a comma.
      const whole = placeOf(text.trim());
      return whole === null ? null : [whole];
    }
    places.push(place);
  }
  return places;
}

/// One place; what a button carries as data-citation.
export function placeOf(written) {
  const address = ADDRESS.exec(written);
  if (address) {
    const name = address[2] ?? address[3];
    return named(written, address[1], { kind: "sheet", name, cells: address[4] });
  }
  const said = SAID.exec(written);
  if (said) {
    return named(written, said[1], { kind: "turns", time: said[2] });
  }
  const time = TIME.exec(written);
  if (time) {
    const first = seconds(time[2]);
    return named(written, time[1], { kind: "time", first, last: seconds(time[3] ?? time[2]) });
  }
  const sheet = SHEET.exec(written);
  if (sheet) {
    return named(written, sheet[1], { kind: "sheet", name: sheet[2] });
  }
  const numbered = NUMBERED.exec(written);
  if (numbered) {
    const kind = { s: "slide", c: "cell", p: "page" }[numbered[2][0].toLowerCase()];
    return named(written, numbered[1], { kind, number: Number(numbered[3]) });
  }
  const lines = LINES.exec(written);
  return lines ? named(written, lines[1], range(lines[2], lines[3])) : null;
}

function after(previous, written) {
  const next = previous?.locator.kind === "lines" ? NEXT_RANGE.exec(written) : null;
  return next ? { written, document: previous.document, locator: range(next[1], next[2]) } : null;
}

function named(written, name, locator) {
  const document = name.replace(/^[`*]+|[`*]+$/g, "").replace(/^\.?\//, "");
  // Times, ports and addresses have colons as well.
  return /\p{L}/u.test(document) && !document.includes("://")
    ? { written, document, locator }
    : null;
}

const seconds = (clock) => clock.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);

function range(first, last) {
  const a = Number(first);
  const b = Number(last ?? first);
  return { kind: "lines", first: Math.min(a, b), last: Math.max(a, b) };
}

/// Whether a checked citation is the one of a button: by its text, or by its name and place.
export function isSame(checked, place) {
  if (bare(checked.written) === bare(place.written) && /\p{L}/u.test(place.document)) {
    return true;
  }
  const a = checked.document ?? "";
  const b = place.document;
  const names = a === b || a.endsWith("/" + b) || b.endsWith("/" + a);
  return names && sameLocator(checked.locator, place.locator);
}

const bare = (written) => (written ?? "").replace(/^[[(`*]+|[\])`*]+$/g, "");

function sameLocator(a, b) {
  if (!a || a.kind !== b.kind) {
    // "report.pdf:7" is page 7; the page cannot know that before the server says so.
    return Boolean(a) && b.kind === "lines" && b.first === a.number && b.last === a.number;
  }
  if (a.kind === "turns") {
    return a.time === b.time;
  }
  return a.kind === "lines" || a.kind === "time"
    ? a.first === b.first && a.last === b.last
    : a.kind === "sheet"
      ? a.name === b.name && (a.cells ?? "") === (b.cells ?? "")
      : a.number === b.number;
}
