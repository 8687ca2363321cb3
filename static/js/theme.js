/* Loaded before the first paint, so that a chosen theme does not flash: "light", "dark", or as the system does. */
(() => {
  const order = ["system", "light", "dark"];
  const root = document.documentElement;

  function stored() {
    try {
      return localStorage.getItem("theme") ?? "system";
    } catch {
      return "system"; // storage can be forbidden
    }
  }

  function show(theme) {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      button.hidden = false;
      button.textContent = button.getAttribute(`data-label-${theme}`);
    }
  }

  function turn() {
    const next = order[(order.indexOf(root.dataset.theme ?? "system") + 1) % order.length];
    try {
      localStorage.setItem("theme", next);
    } catch {
      // Then it holds for this page.
    }
    show(next);
  }

  show(stored());
  document.addEventListener("DOMContentLoaded", () => show(root.dataset.theme ?? "system"));
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-theme-toggle]")) turn();
  });
})();
