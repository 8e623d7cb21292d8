// The part of a live screen that changes: put in its new form without losing the focus, what was typed
// or what was opened.
import { phrases, say } from "./live-say.js";

export function stage() {
  return document.getElementById("stage");
}

// --- What was typed ---

const TEXT = "textarea, input:not([type=hidden], [type=radio], [type=checkbox], [type=submit])";
const FIELDS = `${TEXT}, input[type=radio], input[type=checkbox]`;

// A date that is half typed has no value yet, only a bad one.
function isDirty(field) {
  if (!field.matches(TEXT)) return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue || field.validity.badInput;
}

function dirtyForms() {
  return [...stage().querySelectorAll("form[data-keep]:not([data-rate-live])")].filter((form) =>
    [...form.querySelectorAll(FIELDS)].some(isDirty),
  );
}

function isMissingFrom(fresh) {
  return (form) => !form.hasAttribute("data-minor") && !fresh.querySelector(`form[data-keep="${CSS.escape(form.dataset.keep)}"]`);
}

// Whether what is newer would disturb somebody who types, or lose what they typed.
export function wouldDisturb(fresh) {
  const here = document.activeElement;
  if (stage().contains(here) && here.matches(TEXT) && isDirty(here)) return true;
  return dirtyForms().some(isMissingFrom(fresh));
}

// Whether the answer to what was pressed would lose something typed that was not sent with it.
export function wouldLose(fresh, sent) {
  return dirtyBeside(sent).some(isMissingFrom(fresh));
}

export function isTypedBeside(sent) {
  return dirtyBeside(sent).length > 0;
}

function dirtyBeside(sent) {
  return dirtyForms().filter((form) => form.dataset.keep !== sent.keep || !wasSent(form, new URLSearchParams(sent.body)));
}

function wasSent(form, body) {
  return [...form.querySelectorAll(FIELDS)]
    .filter((field) => field.matches(TEXT) || field.checked)
    .every((field) => body.get(field.name) === field.value);
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
  if (old.dataset.revision === fresh.dataset.revision) patch(old, fresh);
  else old.replaceWith(fresh);
  for (const id of opened) {
    const details = document.getElementById(id);
    if (details) details.open = true;
  }
  restoreTyped(kept);
  dress(stage());
  if (focused && !focused.isConnected) {
    const same = focused.id && document.getElementById(focused.id);
    (same || stage()).focus({ preventScroll: true });
  }
}

// Where only counts are new, only they change: a screen reader keeps its place in the rest.
function patch(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (!isAlike(old, fresh)) old.replaceWith(fresh);
  else if (old.nodeType === Node.TEXT_NODE) old.data = fresh.data;
  else {
    takeAttributes(old, fresh);
    const pairs = [...old.childNodes].map((child, place) => [child, fresh.childNodes[place]]);
    for (const [child, other] of pairs) patch(child, other);
  }
}

function isAlike(old, fresh) {
  const isSame = old.nodeName === fresh.nodeName && (old.id ?? "") === (fresh.id ?? "");
  return isSame && old.childNodes.length === fresh.childNodes.length;
}

function takeAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
}

// What only makes sense with the script: show it, and hide what only makes sense without.
export function dress(root) {
  document.querySelectorAll("[data-keys-open], [data-tap]").forEach((each) => (each.hidden = false));
  root.querySelectorAll("[data-plain-button]").forEach((each) => (each.hidden = true));
  startTimers(root);
}

// --- The timer ---

let ticking;
let running; // when the timer ends that was seen running: only its end is told

function startTimers(root) {
  clearInterval(ticking);
  const timers = [...root.querySelectorAll("[data-timer]")];
  if (!timers.length) return;
  const { now, timer } = timers[0].dataset;
  const ahead = now - Date.now() / 1000; // the server's clock against this one's
  const tick = () => {
    const left = Math.max(0, Math.round(timer - Date.now() / 1000 - ahead));
    for (const each of timers) showLeft(each, left);
    if (left) running = timer;
    else clearInterval(ticking);
    if (!left && running === timer) say(phrases.timeUp);
    if (!left) running = null;
  };
  ticking = setInterval(tick, 500);
  tick();
}

function showLeft(timer, left) {
  const words = left ? clock(left) : phrases.timeUp;
  if (timer.textContent !== words) timer.textContent = words;
  timer.classList.toggle("timer-up", !left);
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
