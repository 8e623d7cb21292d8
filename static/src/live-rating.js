// Rating on a phone in the room: one tap saves. What was tapped without a connection is kept in this tab and
// sent again; the server knows for which action and stage it was, so that it never counts for another.
import { stage } from "./live-stage.js";

const PAUSE = 250; // milliseconds: arrow keys pass over the levels between
const place = `tapped:${location.pathname}`;

function storage(act) {
  try {
    return act(sessionStorage);
  } catch {
    return null; // blocked: what was tapped lives as long as the page
  }
}

export function startRating({ adopt, parse, say, connected, failed, patience }) {
  let tapped = storage((store) => JSON.parse(store.getItem(place)));
  let sending = null;
  let pause;

  function keep(value) {
    tapped = value;
    storage((store) => (value ? store.setItem(place, JSON.stringify(value)) : store.removeItem(place)));
  }

  function tap(form) {
    keep({ action: form.action, body: new URLSearchParams(new FormData(form)).toString() });
    const status = form.querySelector("[data-saved]");
    status.textContent = status.dataset.saving;
    status.classList.remove("room-saved-yes");
    clearTimeout(pause);
    pause = setTimeout(() => flush().catch(failed), PAUSE);
  }

  // One at a time; what is tapped meanwhile goes next. Throws where nothing could be sent.
  async function flush() {
    if (sending) return sending;
    if (!tapped) return undefined;
    sending = send().finally(() => (sending = null));
    return sending;
  }

  async function send() {
    while (tapped) {
      const now = tapped;
      const response = await fetch(now.action, {
        method: "POST",
        body: new URLSearchParams(now.body),
        headers: { "X-Live": "1" },
        signal: patience(),
      });
      if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
      connected();
      const fresh = response.ok || response.status === 409 ? parse(await response.text()) : null;
      if (tapped !== now) continue;
      keep(null);
      if (!fresh) return location.reload();
      adopt(fresh, { pressed: true });
      say(response.ok ? stage().querySelector("[data-saved]")?.dataset.savedWords : stage().querySelector(".notice")?.textContent);
    }
    return undefined;
  }

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-rate-live]")) tap(form);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-rate-live]")) return;
    event.preventDefault();
    tap(event.target);
  });
  return { flush, isWaiting: () => Boolean(tapped) };
}
