// Numbers and places in words.

const whole = new Intl.NumberFormat("en");

const FAR_SECONDS = 2 * 24 * 3600;

export const number = (n) => whole.format(Math.round(n ?? 0));
export const counted = (n, one, many = one + "s") => `${number(n)} ${n === 1 ? one : many}`;

export function compact(n) {
  if (n >= 999_500) {
    return trimmed(n / 1e6) + "M";
  }
  return n >= 1_000 ? trimmed(n / 1e3) + "k" : String(Math.round(n));
}

const trimmed = (x) => (x >= 100 ? x.toFixed(0) : x.toFixed(1).replace(/\.0$/, ""));

export function share(part, all) {
  const percent = all > 0 ? (100 * part) / all : 0;
  if (percent > 0 && percent < 0.1) {
    return "< 0.1 %";
  }
  // 99.97 % is not full, and must not read as if it were.
  return (
    (percent < 100 ? Math.min(percent, 99.9) : percent).toFixed(
      percent < 10 || percent < 100 ? 1 : 0,
    ) + " %"
  );
}

export function bytes(n) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  while (n >= 1000 && unit < units.length - 1) {
    n /= 1000;
    unit++;
  }
  return `${unit === 0 ? n : trimmed(n)} ${units[unit]}`;
}

export function money(dollars) {
  if (dollars > 0 && dollars < 0.0001) {
    return "< $0.0001";
  }
  return "$" + dollars.toFixed(dollars >= 1 ? 2 : 4);
}

export function duration(seconds) {
  if (seconds < 10) {
    return seconds.toFixed(1) + " s";
  }
  if (seconds < 90) {
    return Math.round(seconds) + " s";
  }
  return seconds < 5400 ? Math.round(seconds / 60) + " min" : (seconds / 3600).toFixed(1) + " h";
}

/// How much longer something takes; beyond two days, only that it does.
export const left = (seconds) =>
  seconds > FAR_SECONDS ? "more than 2 days left" : `${duration(seconds)} left`;

export function time(iso) {
  const date = new Date(iso);
  const today = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(
    "en-GB",
    today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" },
  );
}

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z/g;

/// A text with its instants as people here write them.
export const withTimes = (text) => text.replace(INSTANT, time);

/// A document with its place, as citations are written.
export function place(id, locator) {
  if (!locator) {
    return id;
  }
  return id + (locator.kind === "lines" ? ":" : " ") + displayOf(locator);
}

export function displayOf(locator) {
  if (locator.display) {
    return locator.display;
  }
  switch (locator.kind) {
    case "lines":
      return locator.first === locator.last
        ? `${locator.first}`
        : `${locator.first}-${locator.last}`;
    case "page":
      return `p. ${locator.number}`;
    case "slide":
      return `slide ${locator.number}`;
    case "cell":
      return `cell ${locator.number}`;
    case "time":
      return new Date(1000 * locator.first).toISOString().slice(11, 19);
    default:
      return `sheet ${locator.name}${locator.cells ? `!${locator.cells}` : ""}`;
  }
}
