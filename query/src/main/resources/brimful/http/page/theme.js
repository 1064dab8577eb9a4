// A classic script in the head: a module runs after the first paint, which would flash.
(() => {
  const chosen = localStorage.getItem("brimful.theme");
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.dataset.theme = chosen;
  }
})();
