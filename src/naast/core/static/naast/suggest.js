/* Suggestions while typing: an editable combobox with a list (WAI-ARIA APG), for every field with data-suggest="<address>".

   What is typed goes to our own server, is written nowhere there (no-store) and never into the address or the history. Without
   this script the field is a plain one. The list is made here and taken away with its field; search.js may replace both. */

const WAIT = 180;
const LEAST = 2;
let number = 0;

class Suggest {
  constructor(field) {
    this.field = field;
    this.id = `suggest-${(number += 1)}`;
    this.list = document.createElement("ul");
    this.list.className = "naast-suggest";
    this.list.id = this.id;
    this.list.hidden = true;
    this.list.tabIndex = -1; // it may scroll, and what scrolls would else be a stop of Tab
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", field.labels?.[0]?.textContent.trim() ?? "");
    this.said = document.createElement("span");
    this.said.className = "naast-hidden";
    this.said.setAttribute("role", "status");
    field.parentElement.append(this.list, this.said);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.id })) field.setAttribute(name, value);
    field.addEventListener("input", () => this.later());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    // The field keeps the focus while somebody presses an option.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
    field.form?.addEventListener("submit", () => this.close());
  }

  later() {
    clearTimeout(this.timer);
    this.asking?.abort();
    if (this.field.value.trim().length < LEAST) this.close();
    else this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const typed = this.field.value;
    this.asking = new AbortController();
    try {
      const query = new URLSearchParams({ q: typed });
      const answer = await fetch(`${this.field.dataset.suggest}?${query}`, { signal: this.asking.signal, cache: "no-store" });
      if (!answer.ok) return this.close();
      const { suggestions, said } = await answer.json();
      if (this.field.value !== typed || document.activeElement !== this.field) return;
      this.show(suggestions, said);
    } catch {
      this.close();
    }
  }

  show(suggestions, said) {
    this.list.replaceChildren(
      ...suggestions.map((one, place) => {
        const option = document.createElement("li");
        option.id = `${this.id}-${place}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        if (document.documentElement.lang !== "nl") option.lang = "nl";
        option.append(one.text);
        if (one.about) {
          const about = document.createElement("small");
          about.textContent = one.about;
          option.append(" ", about);
        }
        option.dataset.text = one.text;
        option.dataset.href = one.href;
        return option;
      }),
    );
    this.said.textContent = said;
    this.list.hidden = !suggestions.length;
    this.field.setAttribute("aria-expanded", String(!this.list.hidden));
    this.field.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hidden = true;
    this.said.textContent = "";
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  get chosen() {
    return this.list.querySelector('[aria-selected="true"]');
  }

  move(to) {
    this.chosen?.setAttribute("aria-selected", "false");
    if (!to) {
      this.field.removeAttribute("aria-activedescendant");
      return;
    }
    to.setAttribute("aria-selected", "true");
    this.field.setAttribute("aria-activedescendant", to.id);
    to.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" && !open) {
      event.preventDefault();
      this.later();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      this.move(this.chosen ? this.chosen.nextElementSibling : this.list.firstElementChild);
    } else if (event.key === "ArrowUp" && open) {
      event.preventDefault();
      this.move(this.chosen ? this.chosen.previousElementSibling : this.list.lastElementChild);
    } else if (event.key === "Enter" && open && this.chosen) {
      event.preventDefault();
      this.choose(this.chosen);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      this.close();
    }
  }

  choose(option) {
    if (!option) return;
    this.close();
    if (option.dataset.href) {
      location.assign(option.dataset.href);
      return;
    }
    this.field.value = option.dataset.text;
    this.field.form.requestSubmit();
  }
}

const made = new WeakMap();

function ready(root) {
  for (const field of root.querySelectorAll("[data-suggest]")) if (!made.has(field)) made.set(field, new Suggest(field));
}

ready(document);
document.addEventListener("naast:replaced", (event) => ready(event.target));
