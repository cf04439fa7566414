/* Searching without a trace: results load in place and the address stays /zoeken/ or /hulp/, so that no word stands in the history.

   On the search page, [data-search] is replaced whole by the server's own answer; every form and link inside that leads to the
   same address loads in place. Elsewhere a form or link to it hands its words over through this tab's storage, which
   "leave this site" empties and which ends with the tab. Without this script everything works as plain pages. */

const KEY = "naast.search";
const page = document.querySelector("[data-search]");

function keep(query) {
  try {
    sessionStorage.setItem(KEY, query);
  } catch {
    return false;
  }
  return true;
}

function kept() {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

function isSearch(address) {
  return address.origin === location.origin && /\/(hulp|zoeken)\/$/.test(address.pathname);
}

/* A link from one search page to the other hands over its words as any page does. */
function isHere(address) {
  return page !== null && address.pathname === location.pathname;
}

function queryOf(form) {
  const query = new URLSearchParams(new FormData(form));
  for (const [key, value] of [...query]) if (!value) query.delete(key, value);
  return query.toString();
}

/* What of an address makes it another search: not its page, nor whether a map stands beside it. */
function searchOf(query) {
  const asked = new URLSearchParams([...new URLSearchParams(query)].filter(([key, value]) => value && key !== "pagina" && key !== "beeld"));
  asked.sort();
  return asked.toString();
}

/* What is seen from where: a list or a map, and the postcode. */
function sightOf(query) {
  const asked = new URLSearchParams(query);
  return `${asked.get("beeld") ?? ""} ${asked.get("postcode") ?? ""}`;
}

let asking = null;
let seen = sightOf(location.search || kept().replace(/^!/, "")); // list or map and postcode, as this page shows them
let counted = null; // the search that the server counted last, if it found nothing

async function load(query, focus = true) {
  const root = document.querySelector("[data-search]");
  root.setAttribute("aria-busy", "true");
  asking?.abort();
  const mine = (asking = new AbortController());
  try {
    const headers = { Accept: "text/html", "Naast-Search": searchOf(query) === counted ? "again" : "new" };
    counted = searchOf(query);
    const answer = await fetch(`${root.dataset.search}?${query}`, { headers, cache: "no-store", signal: mine.signal });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-search]");
    if (!fresh) throw new Error("no results in the answer");
    // What stood open stays open, and who chose a filter stays at it.
    const open = [...root.querySelectorAll("details[id][open]")].map((one) => one.id);
    const at = focus ? "" : document.activeElement?.id;
    root.replaceWith(document.adoptNode(fresh));
    for (const id of open) fresh.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "");
    fresh.dispatchEvent(new Event("naast:replaced", { bubbles: true }));
    ready();
    if (at) document.getElementById(at)?.focus({ preventScroll: true });
    if (at) say(fresh.querySelector("[data-search-status]")?.textContent ?? "");
    keep(query);
    if (focus) fresh.querySelector("[data-search-status]")?.focus({ preventScroll: true });
    // What was asked of the map or the distance stands below the fold of a phone; a field that is wrong says so itself.
    if (focus && seen !== sightOf(query)) fresh.querySelector(".naast-sight")?.scrollIntoView();
    seen = sightOf(query);
    if (focus) fresh.querySelector(".naast-sight [aria-invalid]")?.focus({ preventScroll: true });
    if (focus && query.includes("pagina=")) fresh.querySelector("[data-search-status]")?.scrollIntoView();
  } catch {
    if (!mine.signal.aborted) location.assign(`${root.dataset.search}?${query}`);
  }
}

/* With scripts each choice counts at once, so the button can say how many there are. */
function ready() {
  for (const button of document.querySelectorAll("[data-show]")) button.textContent = button.dataset.show;
}

const said = document.querySelector("[data-search-said]");

function say(text) {
  if (said) said.textContent = text.replace(/\s+/g, " ").trim();
}

document.addEventListener("change", (event) => {
  const form = event.target instanceof Element ? event.target.closest("[data-filters]") : null;
  if (form && isHere(new URL(form.action, location.href))) load(queryOf(form), false);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const address = new URL(form.action, location.href);
  if (form.method !== "get" || !isSearch(address)) return;
  const query = queryOf(form);
  if (isHere(address)) {
    event.preventDefault();
    const folded = form.closest("#filters > form")?.parentElement;
    if (folded && getComputedStyle(folded.querySelector("summary")).display !== "none") folded.open = false;
    load(query).then(() => folded && document.querySelector("[data-search-status]")?.scrollIntoView());
  } else if (keep(`!${query}`)) {
    event.preventDefault();
    location.assign(address.pathname);
  }
});

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!link || link.target) return;
  const address = new URL(link.href);
  if (!isSearch(address)) return;
  const query = address.search.slice(1);
  if (isHere(address) && link.hash) return;
  if (isHere(address) && link.closest("[data-search]")) {
    event.preventDefault();
    load(query);
  } else if (query && keep(`!${query}`)) {
    event.preventDefault();
    location.assign(address.pathname);
  }
});

ready();

if (page) {
  const way = performance.getEntriesByType("navigation")[0]?.type;
  const words = kept();
  if (location.search) {
    // Came here by an address with words: they leave the address, as far as a page can.
    keep(location.search.slice(1));
    counted = searchOf(location.search);
    history.replaceState(null, "", location.pathname);
  } else if (words.startsWith("!")) {
    load(words.slice(1));
  } else if (words && (way === "back_forward" || way === "reload")) {
    counted = searchOf(words);
    load(words, false);
  }
}
