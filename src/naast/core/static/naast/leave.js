/* Leave this site: at once, without a trace that we can help.

   A click on any [data-leave], or Shift pressed three times within five seconds (never while typing in a field). The screen blanks
   first; then our clearing address takes this page's place in the history, empties what we kept and goes on to a neutral page. */

const PRESSES = 3;
const WITHIN_MS = 5000;

let left = false;
let presses = [];

function blank() {
  document.documentElement.hidden = true;
  document.title = "\u200b";
}

function forget() {
  // Storage can be switched off on the device; leaving must go on all the same.
  try {
    localStorage.clear();
    sessionStorage.clear();
  } catch {
    /* nothing was kept then */
  }
}

function leave(address) {
  left = true;
  blank();
  forget();
  location.replace(address);
}

function wayOut() {
  return document.querySelector("a[data-leave]")?.href;
}

function isTyping(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[data-leave]") : null;
  if (!link) return;
  event.preventDefault();
  leave(link.href);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Shift" || isTyping(event.target)) {
    presses = [];
    return;
  }
  if (event.repeat) return;
  const now = event.timeStamp;
  presses = presses.filter((moment) => now - moment <= WITHIN_MS);
  presses.push(now);
  const address = wayOut();
  if (presses.length >= PRESSES && address) leave(address);
});

// The browser may bring this page back from memory with "back": then it stays blank and leaves again.
addEventListener("pagehide", () => {
  if (left) blank();
});
addEventListener("pageshow", (event) => {
  const address = wayOut();
  if (event.persisted && left && address) leave(address);
});
