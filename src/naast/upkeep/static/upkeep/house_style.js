/* Live preview of a house style: the page works without it, by the button "show the preview". */
const form = document.querySelector("[data-tailor]");
const frame = form?.querySelector("iframe");

function query() {
  const params = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value && !["csrfmiddlewaretoken", "page", "no_logo"].includes(name)) params.set(name, value);
  }
  if (form.elements.no_logo?.checked) params.delete("logo");
  return params.toString();
}

function offer(field, found) {
  const box = form.querySelector(`[data-wrong="${field}"]`);
  const input = form.elements[field];
  if (!box || !input) return;
  box.replaceChildren();
  input.toggleAttribute("aria-invalid", Boolean(found));
  box.parentElement.classList.toggle("naast-wrong", Boolean(found));
  if (!found) return;
  const words = document.createElement("p");
  words.className = "utrecht-paragraph naast-wrong__text";
  words.textContent = found.text;
  const button = document.createElement("button");
  button.className = "utrecht-button utrecht-button--secondary-action";
  button.type = "button";
  button.textContent = `${form.dataset.take} ${found.offer}`;
  button.addEventListener("click", () => { input.value = found.offer; input.focus(); changed(); });
  box.append(words, button);
}

let waiting = 0;
let asked = 0;
async function show() {
  const text = query();
  const page = form.querySelector("[name=page]:checked");
  const src = `${page.dataset.src}?${text}`;
  if (frame.getAttribute("src") !== src) frame.setAttribute("src", src);
  const mine = ++asked;
  const answer = await fetch(`${form.dataset.check}?${text}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || mine !== asked) return;
  const { wrong, follows } = await answer.json();
  for (const [field, colour] of Object.entries(follows)) {
    const input = form.elements[field];
    input.placeholder = colour;
    const pick = form.querySelector(`[data-picks="${input.id}"]`);
    if (!input.value) pick.value = colour;
    else if (/^#[0-9a-f]{6}$/i.test(input.value)) pick.value = input.value;
    offer(field, wrong[field]);
  }
}
function changed() {
  clearTimeout(waiting);
  waiting = setTimeout(show, 350);
}

if (form && frame) {
  for (const pick of form.querySelectorAll("[data-picks]")) {
    pick.disabled = false;
    pick.addEventListener("input", () => { document.getElementById(pick.dataset.picks).value = pick.value; });
  }
  form.querySelector("[data-live-note]").hidden = false;
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
}
