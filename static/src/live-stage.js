// The part of a live screen that changes: put in its new form without losing the focus, what was typed
// or what was opened.

export function stage() {
  return document.getElementById("stage");
}

// --- What was typed ---

const TEXT = "textarea, input:not([type=hidden], [type=radio], [type=checkbox], [type=submit])";
const FIELDS = `${TEXT}, input[type=radio], input[type=checkbox]`;

function isDirty(field) {
  return field.matches(TEXT) ? field.value !== field.defaultValue : field.checked !== field.defaultChecked;
}

function dirtyForms() {
  return [...stage().querySelectorAll("form[data-keep]:not([data-rate-live])")].filter((form) =>
    [...form.querySelectorAll(FIELDS)].some(isDirty),
  );
}

// Whether the new form would disturb somebody who types, or lose what they typed.
export function unsaved(fresh) {
  const here = document.activeElement;
  if (stage().contains(here) && here.matches(TEXT) && isDirty(here)) return true;
  return dirtyForms().some((form) => !fresh.querySelector(`form[data-keep="${CSS.escape(form.dataset.keep)}"]`));
}

function typed() {
  return dirtyForms().map((form) => [form.dataset.keep, [...form.querySelectorAll(FIELDS)].map(valueOf)]);
}

function valueOf(field) {
  return { name: field.name, value: field.value, checked: field.checked };
}

function restoreTyped(kept) {
  for (const [keep, fields] of kept) {
    const form = stage().querySelector(`form[data-keep="${CSS.escape(keep)}"]`);
    if (!form) continue;
    for (const field of form.querySelectorAll(FIELDS)) {
      const before = fields.find(({ name, value }) => name === field.name && (field.matches(TEXT) || value === field.value));
      if (!before) continue;
      if (field.matches(TEXT)) field.value = before.value;
      else field.checked = before.checked;
    }
  }
}

// --- Replacing ---

export function replaceStage(fresh) {
  const old = stage();
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const opened = [...old.querySelectorAll("details[data-keep-open][open]")].map((each) => each.id);
  const kept = typed();
  old.replaceWith(fresh);
  for (const id of opened) {
    const details = document.getElementById(id);
    if (details) details.open = true;
  }
  restoreTyped(kept);
  dress(fresh);
  if (focused) {
    const same = focused.id && document.getElementById(focused.id);
    (same || fresh).focus({ preventScroll: true });
  }
}

// What only makes sense with the script: show it, and hide what only makes sense without.
export function dress(root) {
  document.querySelectorAll("[data-keys-open], [data-tap]").forEach((each) => (each.hidden = false));
  root.querySelectorAll("[data-plain-button]").forEach((each) => (each.hidden = true));
  startTimers(root);
}

// --- The timer ---

let ticking;

function startTimers(root) {
  clearInterval(ticking);
  const timers = [...root.querySelectorAll("[data-timer]")];
  if (!timers.length) return;
  const ahead = Number(timers[0].dataset.now) - Date.now() / 1000; // the server's clock against this one's
  const tick = () => {
    const left = Math.max(0, Math.round(Number(timers[0].dataset.timer) - Date.now() / 1000 - ahead));
    const words = left ? clock(left) : document.querySelector("[data-live]").dataset.timeUp;
    for (const each of timers) {
      if (each.textContent !== words) each.textContent = words;
      each.classList.toggle("timer-up", !left);
    }
    if (!left) clearInterval(ticking);
  };
  ticking = setInterval(tick, 500);
  tick();
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
