// Rating on a phone in the room: one tap saves. What was tapped without a connection is kept in this tab and
// sent again; the server knows for which action and stage it was, so that it never counts for another.
import { keptAs, post } from "./live-kept.js";
import { say } from "./live-say.js";
import { stage } from "./live-stage.js";

const PAUSE = 250; // milliseconds: arrow keys pass over the levels between

export function startRating({ adopt, parse, connected, failed, patience }) {
  const tapped = keptAs("tapped");
  let sending = null;
  let pause;

  function tap(form) {
    tapped.set({ action: form.action, body: new URLSearchParams(new FormData(form)).toString() });
    const status = form.querySelector("[data-saved]");
    status.textContent = status.dataset.saving;
    status.classList.remove("room-saved-yes");
    clearTimeout(pause);
    pause = setTimeout(() => flush().catch(failed), PAUSE);
  }

  // One at a time; what is tapped meanwhile goes next. Throws where nothing could be sent.
  async function flush() {
    sending ??= send().finally(() => (sending = null));
    return sending;
  }

  async function send() {
    while (tapped.get()) {
      const now = tapped.get();
      const response = await post(now, patience());
      connected();
      const fresh = response.ok || response.status === 409 ? parse(await response.text()) : null;
      if (tapped.get() !== now) continue;
      tapped.set(null);
      if (!fresh) return location.reload();
      adopt(fresh, now);
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
  return { flush, isWaiting: () => Boolean(tapped.get()) };
}
