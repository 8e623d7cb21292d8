// The screens of a live workshop: ask what is newer, replace the part that changes, keep what was pressed.
// Without this script every page works by its buttons and a reload.
import { dress, replaceStage, stage, unsaved } from "./live-stage.js";
import { startKeys } from "./live-keys.js";
import { startRating } from "./live-rating.js";

const line = document.querySelector("[data-live]");
const said = line.querySelector("[data-live-said]");
const offline = line.querySelector("[data-live-offline]");
const moved = line.querySelector("[data-live-moved]");

const PACE = 1000; // milliseconds between two questions, and up to a third more, so that phones spread out
const HIDDEN_PACE = 15000;
const SLOWEST = 8000; // while there is no connection
const PATIENCE = 8000;

let timer;
let failures = 0;
let asking = false;
let pressing = false;
let waiting = null; // what is newer, held back while somebody types
let have = { ...stage().dataset };

// --- Saying ---

export function say(words) {
  if (!words) return;
  said.textContent = "";
  setTimeout(() => (said.textContent = words), 50); // the same words twice are said twice
}

function sayOffline(words) {
  if (offline.textContent !== words) offline.textContent = words;
  offline.hidden = !words;
}

// --- Asking ---

function address() {
  const url = new URL(line.dataset.live, location.href);
  url.searchParams.set("since", have.revision);
  if (have.counts !== undefined) url.searchParams.set("counts", have.counts);
  if (have.seat !== undefined) url.searchParams.set("seat", have.seat);
  return url;
}

async function ask() {
  if (asking) return;
  asking = true;
  clearTimeout(timer);
  try {
    await rating?.flush();
    const response = await fetch(address(), { headers: { "X-Live": "1" }, signal: patience() });
    if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
    connected();
    if (response.status === 200 && !response.redirected) adopt(parse(await response.text()));
    else if (response.status !== 204) location.reload(); // signed out, or no longer in the room: the page says so
  } catch {
    failed();
  } finally {
    asking = false;
    again();
  }
}

function patience() {
  return AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined;
}

function again() {
  clearTimeout(timer);
  if (stage().hasAttribute("data-over")) return;
  const pace = document.hidden ? HIDDEN_PACE : Math.min(PACE * 2 ** Math.max(failures - 1, 0), SLOWEST);
  timer = setTimeout(ask, pace * (1 + Math.random() / 3));
}

function connected() {
  if (failures > 1) say(line.dataset.back);
  failures = 0;
  sayOffline("");
}

function failed() {
  failures += 1;
  if (failures > 1 || rating?.isWaiting()) {
    sayOffline(rating?.isWaiting() ? line.dataset.notSaved : line.dataset.offline);
  }
}

export function parse(text) {
  return new DOMParser().parseFromString(text, "text/html").getElementById("stage");
}

// --- Showing ---

export function adopt(fresh, { pressed = false } = {}) {
  if (!fresh) return location.reload();
  const hasMoved = fresh.dataset.revision !== stage().dataset.revision;
  have = { ...fresh.dataset };
  if (!pressed && unsaved(fresh)) {
    waiting = fresh;
    moved.hidden = moved.hidden && !hasMoved;
    return undefined;
  }
  return show(fresh);
}

function show(fresh) {
  waiting = null;
  moved.hidden = true;
  const before = stage().dataset.say;
  replaceStage(document.adoptNode(fresh));
  if (fresh.dataset.say !== before) say(fresh.dataset.say);
}

function catchUp() {
  if (!waiting) return;
  show(waiting);
  stage().focus({ preventScroll: true });
}

// What was held back comes as soon as nothing typed would be lost.
function maybeShow() {
  if (waiting && !unsaved(waiting)) show(waiting);
}

// --- Buttons of the facilitator ---

// One at a time: what is pressed before the answer is there was meant for a screen that is gone.
async function press(form, button) {
  if (pressing) return;
  pressing = true;
  const data = new URLSearchParams(new FormData(form));
  if (button?.name) data.set(button.name, button.value);
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: data,
      headers: { "X-Live": "1" },
      signal: patience(),
    });
    if (response.status >= 500) throw new Error(String(response.status));
    if (response.ok && !response.redirected) {
      connected();
      form.closest("details[data-close-after]")?.removeAttribute("open");
      const text = await response.text();
      adopt(parse(text), { pressed: true });
    } else if (response.redirected) {
      location.assign(response.url);
    } else {
      await deliver(response);
    }
  } catch {
    failures = Math.max(failures, 1);
    failed();
  } finally {
    pressing = false;
  }
}

// Anything but the stage comes as a page of its own, which says what is the matter.
async function deliver(response) {
  const page = await response.text();
  clearTimeout(timer);
  document.open();
  document.write(page);
  document.close();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-live-form]")) return;
  event.preventDefault();
  press(form, event.submitter);
});
document.addEventListener("focusout", () => setTimeout(maybeShow, 0));
line.querySelector("[data-live-catch-up]").addEventListener("click", catchUp);
document.addEventListener("visibilitychange", () => (document.hidden ? again() : ask()));
window.addEventListener("online", ask);
window.addEventListener("pageshow", (event) => event.persisted && ask());

const rating = startRating({ adopt, parse, say, failed, connected, patience });
startKeys();
dress(stage());
if (rating.isWaiting()) ask();
else again();
