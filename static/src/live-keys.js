// Presenter keys: only where the focus is on nothing that takes the key, shown on demand, and can be turned off.
import { stage } from "./live-stage.js";

const KEYS = { " ": "next", ArrowRight: "forward", ArrowLeft: "back", h: "hide", H: "hide" };
const OFF = "presenter-keys-off";
const FIELD = "input, textarea, select, [contenteditable]";
const PRESSED_BY_SPACE = "button, summary, a[href]";

function stored(act) {
  try {
    return act(localStorage);
  } catch {
    return null; // blocked: the keys are on
  }
}

function isFree(key) {
  const here = document.activeElement ?? document.body;
  return !here.matches(FIELD) && !(key === " " && here.matches(PRESSED_BY_SPACE));
}

function pressKey(name) {
  const target = stage().querySelector(`[data-key="${name}"]`);
  if (!target) return false;
  if (target.form) target.form.requestSubmit(target);
  else target.click();
  return true;
}

export function startKeys() {
  const dialog = document.getElementById("keys");
  if (!dialog) return;
  const isOn = dialog.querySelector("[data-keys-on]");
  isOn.checked = !stored((store) => store.getItem(OFF));
  isOn.addEventListener("change", () =>
    stored((store) => (isOn.checked ? store.removeItem(OFF) : store.setItem(OFF, "1"))),
  );
  document.addEventListener("click", (event) => event.target.closest("[data-keys-open]") && dialog.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || dialog.open) return;
    if (!isOn.checked || !isFree(event.key)) return;
    if (event.key === "?") dialog.showModal();
    else if (!KEYS[event.key] || !pressKey(KEYS[event.key])) return;
    event.preventDefault();
  });
}
