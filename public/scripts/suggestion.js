// Puts the suggested passphrase into both fields of the new password. The button shows only where this runs.
const button = document.querySelector("[data-suggestion]");
const status = document.getElementById(button.getAttribute("aria-controls"));

button.hidden = false;
button.addEventListener("click", () => {
  const phrase = document.getElementById(button.dataset.suggestion).textContent;
  for (const field of document.querySelectorAll("input[autocomplete=new-password]")) {
    field.value = phrase;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  status.textContent = status.dataset.used;
});
