// The desk by keyboard, and drafts that keep themselves. Without this file every button and link still works.
const typing = (target) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
const rows = [...document.querySelectorAll("[data-row]")];
const answer = document.querySelector("[data-answer]");
const text = answer?.querySelector("textarea");

for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;

function step(by) {
  if (!rows.length) return;
  const here = rows.indexOf(document.activeElement);
  const open = rows.findIndex((row) => row.getAttribute("aria-current") === "true");
  const from = here >= 0 ? here : open;
  const next = Math.min(rows.length - 1, Math.max(0, from + by));
  rows[next].focus();
}

function press(key) {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return false;
  const fold = target.closest("details");
  if (target.tagName === "INPUT") {
    if (fold) fold.open = true;
    target.focus();
  } else if (target.tagName === "SUMMARY") {
    fold.open = !fold.open;
    if (fold.open) fold.querySelector("select, textarea, dl")?.focus();
  } else {
    target.click();
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target === text) {
    event.preventDefault();
    answer.querySelector("[data-send]").click();
    return;
  }
  if (event.key === "Escape") {
    if (typing(event.target)) event.target.blur();
    else document.querySelector(".naast-keys__all")?.removeAttribute("open");
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const key = event.key.toLowerCase();
  let done = true;
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "a" && text) text.focus();
  else done = ["n", "d", "x", "/", "?"].includes(key) && press(key);
  if (done) event.preventDefault();
});

// A draft keeps itself a second and a half after the last key, and when the page goes.
if (text) {
  const line = answer.querySelector("[data-draft-line]");
  let kept = text.value;
  let timer;
  let said = line.textContent.trim();

  const longest = () => {
    const words = text.value.split(/[.!?\n]+/).map((sentence) => sentence.trim().split(/\s+/).filter(Boolean).length);
    return Math.max(0, ...words);
  };
  const show = () => {
    const number = longest();
    const sentence = number ? line.dataset.sentence.replace("#", number) : "";
    line.textContent = [sentence, said].filter(Boolean).join(" · ");
  };
  const keep = async () => {
    if (text.value === kept) return;
    const body = new URLSearchParams({ text: text.value, csrfmiddlewaretoken: answer.elements.csrfmiddlewaretoken.value });
    try {
      const response = await fetch(answer.dataset.draftUrl, { method: "POST", body, keepalive: true });
      if (!response.ok) return;
      kept = body.get("text");
      said = (await response.json()).saved;
      show();
    } catch {
      // The text still stands in the field; the next key tries again.
    }
  };
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 1500);
    show();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  answer.addEventListener("submit", () => {
    kept = text.value;
  });
  show();
}
