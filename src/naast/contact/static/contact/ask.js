// Asking a question: count the characters, copy and print the code. Everything works without this file.
const field = document.querySelector("textarea[data-count]");
if (field) {
  const limit = Number(field.dataset.count);
  const line = document.createElement("p");
  line.className = "utrecht-paragraph naast-meta naast-num";
  line.setAttribute("role", "status");
  const dutch = document.documentElement.lang.startsWith("nl");
  const say = () => {
    const left = limit - field.value.trim().length;
    if (left > limit / 4) line.textContent = "";
    else if (left >= 0) line.textContent = dutch ? `Nog ${left} tekens` : `${left} characters left`;
    else line.textContent = dutch ? `${-left} tekens te lang` : `${-left} characters too long`;
  };
  field.after(line);
  field.addEventListener("input", say);
  say();
}

const copy = document.querySelector("[data-copy]");
copy?.addEventListener("click", async () => {
  await navigator.clipboard.writeText(copy.dataset.copy);
  copy.querySelector("span").textContent = copy.dataset.copied;
});
