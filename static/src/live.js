// The screens of a live workshop: ask what is newer, replace the part that changes, keep what was pressed.
// Without this script every page works by its buttons and a reload.
import { startKeys } from "./live-keys.js";
import { startPresses } from "./live-press.js";
import { startRating } from "./live-rating.js";
import { phrases, say, sayOffline } from "./live-say.js";
import { dress, replaceStage, stage, wouldDisturb, wouldLose } from "./live-stage.js";

const line = document.querySelector("[data-live]");
const moved = line.querySelector("[data-live-moved]");

const PACE = 1000; // milliseconds between two questions, and up to a third more, so that phones spread out
const HIDDEN_PACE = 15000;
const SLOWEST = 8000; // while there is no connection
const PATIENCE = 8000;

let timer;
let failures = 0;
let asking = false;
let isLeft = false; // another page has come in place of this one
let waiting = null; // what is newer, held back while somebody types
let have = { ...stage().dataset };

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
    await presses.flush();
    await rating.flush();
    if (isLeft) return;
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
  if (isLeft || stage().hasAttribute("data-over")) return;
  const pace = document.hidden ? HIDDEN_PACE : Math.min(PACE * 2 ** Math.max(failures - 1, 0), SLOWEST);
  timer = setTimeout(ask, pace * (1 + Math.random() / 3));
}

function connected() {
  if (failures > 1) say(phrases.back);
  failures = 0;
  sayOffline("");
}

function failed() {
  failures += 1;
  if (presses.waits()) sayOffline(presses.waits(), { canCancel: true });
  else if (rating.isWaiting()) sayOffline(phrases.notSaved);
  else if (failures > 1) sayOffline(phrases.offline);
}

function parse(text) {
  return new DOMParser().parseFromString(text, "text/html").getElementById("stage");
}

// --- Showing ---

// ``sent`` is what this screen pressed, where this is the answer to it.
function adopt(fresh, sent = null) {
  if (!fresh) return location.reload();
  if (isOlder(fresh)) return undefined;
  const hasMoved = fresh.dataset.revision !== stage().dataset.revision;
  have = { ...fresh.dataset };
  if (sent ? wouldLose(fresh, sent) : wouldDisturb(fresh)) {
    waiting = fresh;
    moved.hidden = moved.hidden && !hasMoved;
    return undefined;
  }
  return show(fresh);
}

// An answer that was overtaken by a later one.
function isOlder({ dataset: { revision, counts = 0 } }) {
  const behind = revision - have.revision;
  return behind < 0 || (behind === 0 && counts < Number(have.counts ?? 0));
}

function show(fresh) {
  waiting = null;
  moved.hidden = true;
  const [before, after] = [stage(), fresh].map((each) => each.dataset.say.split("\n"));
  replaceStage(document.adoptNode(fresh));
  if (fresh.hasAttribute("data-from-top") && before[0] !== after[0]) scrollTo(0, 0);
  say(after.filter((words) => !before.includes(words)).join(" "));
}

function catchUp() {
  if (!waiting) return;
  show(waiting);
  stage().focus({ preventScroll: true });
}

// What was held back comes as soon as nothing typed would be lost.
function maybeShow() {
  if (waiting && !wouldDisturb(waiting)) show(waiting);
}

// Without a connection a link would lead to a page of the browser's, and away from what waits.
function keepHere(event) {
  if (failures < 2 || !event.target.closest("a[href]:not([href^='#'])")) return;
  event.preventDefault();
  say(phrases.offline);
}

// A page of its own in answer to something pressed: it says what is the matter.
function deliver(page) {
  isLeft = true;
  clearTimeout(timer);
  document.open();
  document.write(page);
  document.close();
}

// --- All together ---

document.addEventListener("click", keepHere);
document.addEventListener("focusout", () => setTimeout(maybeShow, 0));
line.querySelector("[data-live-catch-up]").addEventListener("click", catchUp);
document.addEventListener("visibilitychange", () => (document.hidden ? again() : ask()));
window.addEventListener("online", ask);
window.addEventListener("pageshow", (event) => event.persisted && ask());

const presses = startPresses({ adopt, parse, deliver, connected, failed, ask });
const rating = startRating({ adopt, parse, connected, failed, patience });
startKeys();
dress(stage());
if (presses.waits() || rating.isWaiting()) ask();
else again();
