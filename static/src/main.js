// What makes the pages smoother. Every page works without it.

function focusProblem() {
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
}

// --- Copying a link ---

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  const said = button.closest(".copy-field").querySelector("[data-copy-said]");
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy"); // plain http, where there is no clipboard object
  }
  const usual = button.textContent;
  button.textContent = button.dataset.done;
  said.textContent = button.dataset.done;
  setTimeout(() => {
    button.textContent = usual;
    said.textContent = "";
  }, 2500);
}

function showCopyButtons(root) {
  root.querySelectorAll("[data-copy][hidden]").forEach((button) => {
    button.hidden = false;
  });
}

// --- A form sent once ---

// A second click within a moment is the same click; after that the person may try again, for a
// connection that was lost must never leave a dead button behind.
const MOMENT = 3000;
const sent = new WeakMap();

function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  const before = sent.get(form);
  if (before && Date.now() - before < MOMENT) {
    event.preventDefault();
    return;
  }
  sent.set(form, Date.now());
  const button = event.submitter;
  if (!button) return;
  button.setAttribute("aria-disabled", "true");
  setTimeout(() => button.removeAttribute("aria-disabled"), MOMENT);
}

// The back button brings the page back as it was left: let it be sent again.
function forgetSending() {
  document.querySelectorAll("form").forEach((form) => sent.delete(form));
  document.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}

// --- Menus ---

function closeMenus(except) {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
}

function onKey(event) {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

// --- htmx ---

function addCsrfHeader(event) {
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (field) event.detail.headers["X-CSRFToken"] = field.value;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
  closeMenus(event.target.closest("details[data-menu]"));
});
document.addEventListener("keydown", onKey);
document.addEventListener("submit", sendOnce);
document.addEventListener("htmx:configRequest", addCsrfHeader);
document.addEventListener("htmx:load", (event) => showCopyButtons(event.target));
window.addEventListener("pageshow", (event) => event.persisted && forgetSending());
showCopyButtons(document);
focusProblem();
