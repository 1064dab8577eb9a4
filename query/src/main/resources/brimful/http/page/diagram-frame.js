// Draws one diagram of Mermaid for the page that embeds this one: see diagrams.js.

(() => {
  /// A wider diagram shrinks to this on a small screen, and scrolls from there.
  const READABLE_PIXELS = 600;

  const say = (message) => parent.postMessage(message, "*");

  async function draw({ code, dark }) {
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: "strict",
      htmlLabels: false,
      flowchart: { htmlLabels: false },
      theme: dark ? "dark" : "neutral",
      suppressErrorRendering: true,
    });
    const { svg } = await mermaid.render("diagram", code);
    document.body.innerHTML = svg;
    const shown = document.body.firstElementChild;
    shown.style.minWidth = `${Math.min(shown.viewBox.baseVal.width, READABLE_PIXELS)}px`;
    const { documentElement: root, body } = document;
    const bar = () => innerHeight - root.clientHeight;
    new ResizeObserver(() => say({ height: body.scrollHeight + bar() })).observe(body);
  }

  addEventListener("message", ({ source, data }) => {
    if (source === parent) {
      draw(data).catch((problem) => say({ problem: String(problem) }));
    }
  });
  say({ ready: true });
})();
