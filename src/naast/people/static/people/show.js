/* A button beside each password that shows what was typed. Without this file a password is typed blind, as ever. */
const words = document.querySelector("script[data-show]").dataset;
for (const field of document.querySelectorAll("input[type=password]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "utrecht-button utrecht-button--subtle people-show";
  button.setAttribute("aria-controls", field.id);
  const say = () => {
    const open = field.type === "text";
    button.textContent = open ? words.hide : words.show;
    button.setAttribute("aria-pressed", String(open));
  };
  button.addEventListener("click", () => {
    field.type = field.type === "password" ? "text" : "password";
    say();
    field.focus();
  });
  // What is sent is a password again, so that no browser keeps it among the words that were typed.
  field.form.addEventListener("submit", () => { field.type = "password"; });
  say();
  field.after(button);
}
