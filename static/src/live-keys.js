// Presenter keys: only where nothing that takes keys has the focus, shown on demand, and can be turned off.
import { stage } from "./live-stage.js";

const KEYS = { " ": "next", ArrowRight: "forward", ArrowLeft: "back", h: "hide", H: "hide" };
const OFF = "presenter-keys-off";

function stored(act) {
  try {
    return act(localStorage);
  } catch {
    return null; // blocked: the keys are on
  }
}

function isFree() {
  const here = document.activeElement;
  return !here || here === document.body || here === stage() || here.id === "content";
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
    if (!isOn.checked || !isFree()) return;
    if (event.key === "?") dialog.showModal();
    else if (!KEYS[event.key] || !pressKey(KEYS[event.key])) return;
    event.preventDefault();
  });
}
