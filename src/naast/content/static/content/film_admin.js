/* The editors' admin: a film that is too large is said when it is chosen, before minutes of sending; the rest of the form stays as it is. */

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.dataset.mostBytes) return;
  const tooLarge = [...input.files].some((file) => file.size > Number(input.dataset.mostBytes));
  let note = input.parentElement.querySelector("[data-film-note]");
  if (tooLarge) {
    note ??= input.parentElement.appendChild(Object.assign(document.createElement("p"), { className: "error-message" }));
    note.dataset.filmNote = "";
    note.setAttribute("role", "alert");
    note.textContent = input.dataset.tooLarge;
    input.value = "";
  } else note?.remove();
});
