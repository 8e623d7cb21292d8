// What a live screen says beside the part that changes: to screen readers once, and about the connection.
const line = document.querySelector("[data-live]");
const said = line.querySelector("[data-live-said]");
const bar = line.querySelector("[data-live-offline]");
const words = line.querySelector("[data-live-offline-words]");
const cancel = line.querySelector("[data-live-cancel]");

export const phrases = line.dataset;

// "“%s” waits" with what was pressed.
export function about(phrase, pressed) {
  return phrase.replace("%s", pressed);
}

let pending = [];

// Emptied first, so that the same words twice are said twice; what comes at once is said together.
export function say(text) {
  if (!text) return;
  pending.push(text);
  if (pending.length > 1) return;
  said.textContent = "";
  setTimeout(() => {
    said.textContent = pending.join(" ");
    pending = [];
  }, 50);
}

// The words are a live region themselves, so they change only where they differ.
export function sayOffline(text, { canCancel = false } = {}) {
  if (words.textContent !== text) words.textContent = text;
  bar.classList.toggle("live-offline-on", Boolean(text));
  cancel.hidden = !canCancel;
}
