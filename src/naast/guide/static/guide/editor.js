// Beside a form of the guides' editor: what the check says about what stands there now, before it is saved.
const PAUSE = 700;
const form = document.querySelector("form[data-check]");
const panel = document.querySelector("[data-check-panel]");

if (form && panel) {
  let timer = 0;
  let latest = 0;

  const look = async () => {
    const mine = ++latest;
    try {
      const answer = await fetch(form.dataset.check, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "fetch" },
      });
      // Signed out, or a colleague removed this part: what stands there stays.
      if (!answer.ok || answer.redirected || mine !== latest) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      panel.replaceChildren(...page.body.children);
    } catch {
      // No network: the check comes when the form is saved.
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  };

  form.addEventListener("input", later);
  form.addEventListener("change", later);

  let dirty = false;
  form.addEventListener("input", () => {
    dirty = true;
  });
  form.addEventListener("submit", () => {
    dirty = false;
  });
  addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
}
