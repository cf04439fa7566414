/* Small comforts on top of pages that work without them. */

// htmx without eval, without inline styles, and without copies of pages in the device's storage.
if (window.htmx) {
  Object.assign(window.htmx.config, {
    allowEval: false, allowScriptTags: false, historyCacheSize: 0, includeIndicatorStyles: false, refreshOnHistoryMiss: true, selfRequestsOnly: true,
  });
}

// A summary of errors takes the focus, also where the browser ignores autofocus on a block.
document.querySelector("[data-errors]")?.focus();

// What only works with scripts is hidden until here.
for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button[data-print]") : null;
  if (button) window.print();
});

// A second press on the same button sends nothing; the server would see through it anyway.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.hasAttribute("data-send-once")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
