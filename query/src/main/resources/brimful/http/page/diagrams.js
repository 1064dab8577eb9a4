// Draws diagrams of Mermaid. Their styles are inline, which this page's policy forbids, so each is drawn in a frame that
// has no origin, no network and a policy of its own: see DiagramFrame.java.

import { element } from "./dom.js";

/// Longer ones are read as they are.
const CODE_CHARS_MAX = 20_000;

/// A diagram that takes longer stays code.
const DRAW_MILLIS_MAX = 60_000;

const HEIGHT_MAX = 4_000;

/// Each diagram is a page of its own, with all of Mermaid. The rest stay code.
const DRAWN_MAX = 30;

const FRAME = new URL("diagram-frame.html", import.meta.url).href;

/// What hears each frame, by its window.
const frames = new Map();

addEventListener("message", ({ source, data }) => frames.get(source)?.(data ?? {}));

/// Draws what comes near to the part that is seen.
const near = new IntersectionObserver(
  (seen) => {
    for (const { isIntersecting, target } of seen) {
      if (isIntersecting) {
        near.unobserve(target);
        draw(target);
      }
    }
  },
  { rootMargin: "500px" },
);

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function forget() {
  for (const [shown, { frame }] of frames) {
    if (!frame.isConnected) {
      frames.delete(shown);
    }
  }
}

/// Draws into a frame, and keeps it as high as what it shows.
function drawn(frame, code) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const hears = ({ ready, height, problem }) => {
    if (ready) {
      frame.contentWindow.postMessage({ code, dark: isDark() }, "*");
    } else if (problem) {
      reject(new Error(problem));
    } else if (height > 0) {
      frame.height = Math.min(Math.ceil(height), HEIGHT_MAX);
      resolve();
    }
  };
  hears.frame = frame;
  frames.set(frame.contentWindow, hears);
  setTimeout(() => reject(new Error("it takes too long")), DRAW_MILLIS_MAX);
  return promise;
}

/// Puts a diagram in the place of a block of code once it is near, and a button that shows the code. What is no diagram
/// stays code.
///
/// @param code the element of the code, in its block
export function drawWhenNear(code) {
  near.observe(code);
}

async function draw(code) {
  const listing = code.parentElement;
  const text = code.textContent;
  forget();
  if (text.length > CODE_CHARS_MAX || frames.size >= DRAWN_MAX) {
    return;
  }
  const frame = element("iframe", {
    class: "diagram",
    title: "diagram",
    sandbox: "allow-scripts",
    src: FRAME,
    height: "0",
  });
  listing.before(frame);
  try {
    await drawn(frame, text);
  } catch {
    frame.remove();
    forget();
    return;
  }
  const shown = () => {
    listing.hidden = !listing.hidden;
    toggle.textContent = listing.hidden ? "Show code" : "Hide code";
  };
  const toggle = element(
    "button",
    { type: "button", class: "quiet", "data-test": "diagram-code", onclick: shown },
    "Show code",
  );
  listing.hidden = true;
  listing.parentElement.querySelector(".code-head").lastElementChild.before(toggle);
}
