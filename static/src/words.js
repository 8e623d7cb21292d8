// The words of a draft, saved as they are typed. Nothing typed is lost, and nothing somebody else wrote
// is overwritten: with each text goes what it was when the person began, and the server compares.
// Without this script the same form is sent by its buttons.

const form = document.querySelector("form[data-words]");
const bar = form.querySelector(".words-bar");
const status = bar.querySelector("[data-words-status]");
const retry = bar.querySelector("[data-words-retry]");
const where = bar.querySelector("[data-words-show]");
const signIn = bar.querySelector("[data-words-sign-in]");
const names = [...form.querySelectorAll("[data-row]")].map((row) => row.dataset.row);

const PAUSE = 3000; // milliseconds without a key; leaving a field saves at once
const PATIENCE = 20000; // the server may then still have saved, and sending again is safe
const AGAIN = 10000;
const LONG_PRESS = 1500;
const KEEPALIVE_MOST = 60000; // bytes a browser still sends for a page that has been left

let timer;
let busy = false;
let next = null; // what to send once the answer is there: {button}
let failed = null; // the same, after a failure
let over = false; // the draft is gone: there is nowhere to save to

// --- Fields ---

const value = (name) => form.elements[name].value; // of a text, and of a row of radio buttons
const seen = (name) => form.elements[`seen-${name}`];
const same = (one, other) => tidy(one) === tidy(other);
const isDirty = (name) => !same(value(name), seen(name).value);

// Where a line ends counts: what is one prompt to talk about, and what are two.
function tidy(text) {
  return text
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n[\n ]*/g, "\n")
    .trim();
}

// --- What is typed and not saved stays in this tab ---

const place = `words:${form.elements.edition.value}:${location.pathname}`;

function storage(act) {
  try {
    return act(sessionStorage);
  } catch {
    return null; // blocked or full: the page itself still holds what was typed
  }
}

function keep() {
  const dirty = names.filter(isDirty).map((name) => [name, { text: value(name), seen: seen(name).value }]);
  storage((store) => {
    if (dirty.length) store.setItem(place, JSON.stringify(Object.fromEntries(dirty)));
    else store.removeItem(place);
  });
}

function restore() {
  const kept = storage((store) => JSON.parse(store.getItem(place))) || {};
  const lost = names.filter((name) => name in kept && !same(kept[name].text, value(name)));
  for (const name of lost) {
    form.elements[name].value = kept[name].text;
    seen(name).value = kept[name].seen;
  }
  if (lost.length) {
    say(status.dataset.kept);
    save();
  }
}

// --- Saving ---

function say(text, state = "") {
  status.textContent = text;
  bar.dataset.state = state;
  retry.hidden = state !== "failed";
  signIn.hidden = state !== "out";
  where.hidden = !["conflict", "faulty"].includes(state);
}

// The first text that is not saved: it may be far from where somebody is typing.
function pointAtTrouble() {
  const asked = form.querySelector(".words-conflict:not(:empty)");
  const wrong = form.querySelector(".field-invalid textarea, .field-invalid input");
  where.href = `#${(asked || wrong)?.id || "content"}`;
}

function save(button = null) {
  clearTimeout(timer);
  if (over) return;
  if (busy) next = { button: button || next?.button || null };
  else if (button || names.some(isDirty)) send(button);
}

function soon(pause) {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
}

async function send(button) {
  busy = true;
  failed = next = null;
  const sent = new FormData(form);
  if (button) sent.set(button.name, button.value);
  try {
    const text = await (await post(sent)).text();
    await released();
    answer(new DOMParser().parseFromString(text, "text/html"), sent, button);
  } catch (error) {
    failed = { button };
    say(status.dataset[error.message === "5xx" ? "failed" : "offline"], "failed");
    timer = setTimeout(() => save(button), AGAIN);
  } finally {
    busy = false;
    keep();
    if (next) save(next.button);
  }
}

async function post(sent, more = {}) {
  const body = new URLSearchParams(sent);
  const response = await fetch(form.action, {
    method: "POST",
    body,
    headers: { "X-Saving": "1" },
    keepalive: body.toString().length < KEEPALIVE_MOST,
    signal: AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined,
    ...more,
  });
  if (response.status >= 500 || response.status === 429) throw new Error("5xx");
  return response;
}

function answer(page, sent, button) {
  const said = page.querySelector("[data-words-answer]");
  const state = said?.dataset.state || "out"; // a page to sign in on, or one that does not know us any more
  over = state === "over";
  say(state === "out" ? status.dataset.out : said.textContent, state);
  if (over || state === "out") return;
  adopt(page, sent);
  if (button?.value === "next" && state === "saved" && !names.some(isDirty)) {
    keep();
    location.assign(form.dataset.next);
  }
}

function adopt(page, sent) {
  names.forEach((name) => adoptField(page, name, String(sent.get(name) ?? "")));
  page.querySelectorAll("[data-fresh]").forEach(replace);
  pointAtTrouble();
}

// What was typed since it was sent builds on what was sent, if that is what is stored now. Otherwise what
// was seen stays as it was, and the next save finds out that somebody else changed the text.
function adoptField(page, name, sent) {
  const stored = page.querySelector(`[name="seen-${name}"]`).value;
  const shown = page.querySelector(`input[name="${name}"]:checked, textarea[name="${name}"]`)?.value ?? "";
  if (same(value(name), sent)) {
    if (!same(value(name), shown)) form.elements[name].value = shown;
    seen(name).value = stored;
  } else if (same(stored, sent)) {
    seen(name).value = stored;
  }
  markInvalid(name, page);
}

function markInvalid(name, page) {
  const [mine, theirs] = [form, page].map((of) => of.querySelector(`[data-row="${name}"]`));
  mine.querySelector(".field").className = theirs.querySelector(".field").className;
  const [field, model] = [mine, theirs].map((row) => row.querySelector("fieldset, textarea"));
  for (const attribute of ["aria-invalid", "aria-describedby"]) {
    if (model.hasAttribute(attribute)) field.setAttribute(attribute, model.getAttribute(attribute));
    else field.removeAttribute(attribute);
  }
}

function replace(fresh) {
  const old = document.getElementById(fresh.id);
  if (!old || old.innerHTML === fresh.innerHTML) return;
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const copy = document.importNode(fresh, true);
  old.replaceWith(copy);
  if (focused) (twin(copy, focused) || fieldBeside(copy))?.focus();
}

function twin(copy, focused) {
  const sign = (each) => `${each.value} ${each.getAttribute("href")}`;
  return [...copy.querySelectorAll("a, button")].find((each) => sign(each) === sign(focused));
}

function fieldBeside(part) {
  return part.closest("[data-row]")?.querySelector("textarea, input:checked");
}

// A button that is replaced while it is pressed would never be clicked.
let pressed = false;
addEventListener("pointerdown", () => (pressed = true));
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (pressed = false));

function released() {
  if (!pressed) return null;
  return new Promise((go) => {
    setTimeout(go, LONG_PRESS);
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(go), { once: true });
  });
}

// --- Does the short title fit the chart? As framework.checks wraps it. ---

const fits = form.querySelector("[data-fits]");

function linesOf(label, width) {
  const lines = [""];
  for (const word of label.match(/[^\s-]*-+|[^\s-]+|\s+/g) || []) {
    const last = lines.length - 1;
    if ((lines[last] + word.trimEnd()).length <= width) lines[last] += word;
    else if (word.trim()) lines.push(word);
  }
  return lines.map((line) => line.trim()).filter(Boolean);
}

function showFit() {
  if (!fits) return;
  const { number, most, width, lines: room, fine, over: long, full } = fits.dataset;
  const text = tidy(document.getElementById(fits.dataset.fits).value);
  const lines = linesOf(`${number} ${text}`, Number(width));
  const isFine = lines.length <= Number(room) && lines.every((line) => line.length <= Number(width));
  const left = Number(most) - [...text].length;
  const words = { left, beyond: -left, lines: lines.length, room };
  fits.textContent = (left < 0 ? full : isFine ? fine : long).replace(/{(\w+)}/g, (_all, key) => words[key]);
  fits.classList.toggle("words-must", !isFine || left < 0);
}

// --- Leaving the page ---

// Sent without waiting for an answer; what was typed stays in this tab until one has come.
function flush() {
  if (over || busy || !names.some(isDirty)) return;
  post(new FormData(form), { signal: undefined }).catch(() => {});
}

// Only where closing the tab would lose something: while all goes well, leaving saves.
function warn(event) {
  if (names.some(isDirty) && ["failed", "faulty", "conflict", "over", "out"].includes(bar.dataset.state)) {
    event.preventDefault();
  }
}

form.addEventListener("input", () => {
  keep();
  showFit();
  soon(PAUSE);
});
form.addEventListener("change", () => save());
form.addEventListener("submit", (event) => {
  event.preventDefault();
  save(event.submitter);
});
retry.addEventListener("click", () => save(failed?.button));
window.addEventListener("online", () => failed && save(failed.button));
window.addEventListener("pagehide", flush);
window.addEventListener("pageshow", (event) => event.persisted && save());
window.addEventListener("beforeunload", warn);

if (fits) fits.hidden = false;
showFit();
say(status.dataset.ready);
restore();
