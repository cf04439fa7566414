/* Big letters: kept on this device only, set before the page is drawn so that nothing jumps. A plain script in the head, on purpose. */

(() => {
  const KEY = "naast.letters";
  const root = document.documentElement;
  root.dataset.script = "on"; // what only works with scripts has its room from the start

  function kept() {
    try {
      return localStorage.getItem(KEY) === "big";
    } catch {
      return false; // storage is off on this device
    }
  }

  function show(big) {
    root.classList.toggle("naast-larger", big);
    for (const button of document.querySelectorAll("button[data-big]")) button.setAttribute("aria-pressed", String(big));
  }

  show(kept());
  document.addEventListener("DOMContentLoaded", () => show(kept()));
  // A page that comes back from memory, or stands open in a second tab.
  addEventListener("pageshow", (event) => { if (event.persisted) show(kept()); });
  addEventListener("storage", (event) => { if (event.key === KEY || event.key === null) show(kept()); });

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-big]") : null;
    if (!button) return;
    const big = !root.classList.contains("naast-larger");
    const before = button.getBoundingClientRect().top;
    show(big);
    // What one pressed stays where it was.
    scrollBy({ top: button.getBoundingClientRect().top - before, behavior: "instant" });
    try {
      if (big) localStorage.setItem(KEY, "big");
      else localStorage.removeItem(KEY);
    } catch {
      /* then it holds for this page */
    }
  });
})();
