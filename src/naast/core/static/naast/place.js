/* The chosen place, remembered on this device only (localStorage) and never sent.

   A page of a municipality with [data-remember-place] writes it; the start page offers it in [data-last-place]
   as a link, with a button to forget it. Nothing is redirected. */

const KEY = "naast.place";

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    // Only an address of ours may become a link, whatever stands in the storage.
    return kept && /^\/[a-z0-9-]+\/$/.test(kept.href) ? kept : null;
  } catch {
    return null;
  }
}

const here = document.querySelector("[data-remember-place]");
// "Back" after leaving may bring an earlier page; what leaving erased must then stay erased.
const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
if (here && !back) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ href: here.dataset.href, name: here.dataset.rememberPlace }));
  } catch {
    /* storage is off: then nothing is remembered */
  }
}

const offer = document.querySelector("[data-last-place]");
const kept = read();
if (offer && kept) {
  const link = offer.querySelector("a");
  link.href = kept.href;
  link.querySelector("[data-name]").textContent = kept.name;
  offer.querySelector("button").addEventListener("click", () => {
    localStorage.removeItem(KEY);
    offer.hidden = true;
    document.querySelector("main input")?.focus();
  });
  offer.hidden = false;
}
