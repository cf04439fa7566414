/* The language level beside the text: sends the form to our own address when typing pauses, and shows what comes back. */

const WAIT = 900; // ms of rest before measuring: a sentence is rarely finished sooner

const section = document.querySelector("[data-level]");
const form = document.querySelector("form[data-edit-form], form[data-level-form]");
const shown = section?.querySelector("[data-level-shown]");
const state = section?.querySelector("[data-level-state]");
let timer = 0;
let running = null;
let last = "";

/* Only what is measured leaves the form; files and unrelated settings stay. */
function fields() {
  const data = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && /^(csrfmiddlewaretoken|summary|short|audiences|body|body-.*)$/.test(name)) data.append(name, value);
  }
  return data;
}

async function measure() {
  const data = fields();
  const now = new URLSearchParams(data).toString();
  if (now === last) return;
  running?.abort();
  running = new AbortController();
  try {
    const answer = await fetch(section.dataset.level, { method: "POST", body: data, signal: running.signal, credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.status);
    shown.innerHTML = await answer.text(); // our own template, escaped there
    state.textContent = "";
    last = now;
  } catch (error) {
    if (error.name !== "AbortError") state.textContent = section.dataset.failed ?? "…";
  }
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(measure, WAIT);
}

if (section && form) {
  for (const event of ["input", "change", "keyup", "click"]) form.addEventListener(event, soon);
  soon();
}
