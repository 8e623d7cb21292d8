// Rating on a phone that loses its connection: nothing typed is lost, nothing is sent twice.
// Without this script the same form is sent by the browser itself.

const form = document.querySelector("form[data-rate]");
const notice = document.querySelector("[data-not-sent]");
const PATIENCE = 20000; // milliseconds; the server may then still have saved, and sending again is safe
let busy = false;
let sent = ""; // what the form held when it was last sent
let waiting = null; // the button whose sending failed

// --- What was typed and is not saved yet stays in this tab ---

const place = `draft:${location.pathname}`;
const KEPT = ["level", "comment", "seen", "page"];

function storage(act) {
  try {
    return act(sessionStorage);
  } catch {
    return null; // blocked or full: the page itself still holds what was typed
  }
}

function keepDraft() {
  const data = new FormData(form);
  const draft = Object.fromEntries(KEPT.map((name) => [name, data.get(name) || ""]));
  storage((store) => store.setItem(place, JSON.stringify(draft)));
}

function dropDraft() {
  storage((store) => store.removeItem(place));
}

// With the revision and the key of the page it was typed on: if another device has saved meanwhile,
// the server sees it and asks which answer counts.
function restoreDraft() {
  const draft = storage((store) => JSON.parse(store.getItem(place)));
  if (!draft || same(draft)) return;
  for (const name of ["comment", "seen", "page"]) form.elements[name].value = draft[name];
  form.querySelectorAll("[name=level]").forEach((radio) => {
    radio.checked = radio.value === draft.level;
  });
  say(notice.dataset.kept);
}

function same(draft) {
  const data = new FormData(form);
  return ["level", "comment"].every((name) => (data.get(name) || "") === draft[name]);
}

// --- Sending ---

function say(text, retry) {
  notice.replaceChildren();
  if (!text) return;
  const words = document.createElement("p");
  words.textContent = text;
  notice.append(words);
  if (retry) notice.append(retry);
}

function retryButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-secondary";
  button.textContent = notice.dataset.retry;
  button.addEventListener("click", () => send(waiting));
  return button;
}

async function send(button) {
  if (busy) return;
  busy = true;
  try {
    let response = await post(button);
    // Changed while it was under way: what is on the screen now is what counts.
    while (isSaved(response) && sent !== contents()) response = await post(button);
    await deliver(response);
    waiting = null;
  } catch (error) {
    waiting = button;
    say(notice.dataset[error.message === "5xx" ? "failed" : "offline"], retryButton());
    notice.scrollIntoView({ block: "nearest" });
  } finally {
    busy = false;
  }
}

function contents() {
  return new URLSearchParams(new FormData(form)).toString();
}

function isSaved(response) {
  return (response.headers.get("Content-Type") || "").startsWith("application/json");
}

async function post(button) {
  sent = contents();
  const data = new URLSearchParams(sent);
  data.set("go", button?.value || "on");
  const response = await fetch(form.action, {
    method: "POST",
    body: data,
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined,
  });
  if (response.status >= 500) throw new Error("5xx");
  return response;
}

// Saved: on to the next page. Anything else comes as a page of its own, which says what is the matter.
async function deliver(response) {
  if (isSaved(response)) {
    const { next } = await response.json();
    dropDraft();
    location.assign(next);
    return;
  }
  const page = await response.text();
  document.open();
  document.write(page);
  document.close();
}

// The page that asks which of two answers counts: either way the draft has served.
document.querySelectorAll("[data-drop-draft]").forEach((way) => way.addEventListener("click", dropDraft));

if (form) {
  restoreDraft();
  form.addEventListener("input", keepDraft);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.submitter);
  });
  window.addEventListener("online", () => waiting && send(waiting));
}
