// The facilitator's buttons. What was pressed without a connection waits in this tab, says so, can be
// cancelled, and is sent again with the revision it was pressed at: where another lead was quicker, the
// server refuses it as it refuses any button of an old screen, and what has happened already it does not
// do twice.
import { keptAs, post } from "./live-kept.js";
import { about, phrases, say, sayOffline } from "./live-say.js";
import { isTypedBeside } from "./live-stage.js";

const SLOW = 1000; // milliseconds after which somebody wonders whether the button took
const PATIENCE = 8000;

export function startPresses({ adopt, parse, deliver, connected, failed, ask }) {
  const pressed = keptAs("pressed");
  let sending = null;
  let hasFailed = false;
  let isInsisted = false; // something else was pressed meanwhile
  let abort = null;
  let refused = null;
  const notice = document.querySelector("[data-live-refused]");

  // One at a time: what is pressed before the answer is there was meant for a screen that is gone.
  function press(form, button) {
    if (pressed.get()) return stillWaits();
    const data = new URLSearchParams(new FormData(form));
    if (button?.name) data.set(button.name, button.value);
    hasFailed = isInsisted = false;
    pressed.set({
      action: form.action,
      body: data.toString(),
      words: (button?.dataset.words ?? button?.textContent ?? "").replace(/\s+/g, " ").trim(),
      keep: form.dataset.keep,
      panel: form.closest("details[data-close-after]")?.id,
    });
    return flush().catch(failed);
  }

  function stillWaits() {
    if (!hasFailed) return;
    isInsisted = true;
    sayOffline(waits(), { canCancel: true });
    ask();
  }

  // What is said of what waits; nothing where nothing does.
  function waits() {
    return pressed.get() && about(isInsisted ? phrases.waitsStill : phrases.waits, pressed.get().words);
  }

  async function flush() {
    if (!pressed.get()) return undefined;
    sending ??= send(pressed.get()).finally(() => (sending = null));
    return sending;
  }

  async function send(now) {
    abort = new AbortController();
    const late = setTimeout(() => abort.abort(), PATIENCE);
    const slow = setTimeout(() => sayOffline(about(phrases.sending, now.words), { canCancel: true }), SLOW);
    try {
      const response = await post(now, abort.signal);
      if (pressed.get() !== now) return;
      pressed.set(null);
      connected();
      await arrived(response, now);
    } catch (problem) {
      hasFailed = true;
      throw problem;
    } finally {
      clearTimeout(late);
      clearTimeout(slow);
    }
  }

  async function arrived(response, now) {
    if (response.redirected) return location.assign(response.url);
    const page = await response.text();
    if (!response.ok) return isTypedBeside(now) ? holdBack(page, now) : deliver(page);
    if (now.panel) document.getElementById(now.panel)?.removeAttribute("open");
    return adopt(parse(page), now);
  }

  function cancel() {
    const { words } = pressed.get();
    pressed.set(null);
    abort?.abort();
    sayOffline("");
    say(about(phrases.cancelled, words));
    ask(); // it may have arrived all the same
  }

  // Why it was refused stands on a page of its own; that comes when nothing typed is lost by it.
  function holdBack(page, now) {
    refused = page;
    notice.querySelector("p").textContent = about(phrases.refused, now.words);
    notice.hidden = false;
  }

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !event.target.matches("[data-live-form]")) return;
    event.preventDefault();
    press(event.target, event.submitter);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-live-cancel]") && pressed.get()) cancel();
    if (event.target.closest("[data-live-why]")) deliver(refused);
  });
  return { flush, waits };
}
