"""How much a first visit moves, as a real browser sees it: every byte that came over the wire."""

from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from scripts.chromium import FLAGS, find


@contextmanager
def browser():
    path = find()  # asks playwright, too: before the loop below runs
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


def first_visit(chromium, url, cookies):
    """(kilobytes moved, addresses asked that are not the site's) of a visit with nothing kept from before."""
    site = url.split("/", 3)[2]
    context = chromium.new_context()
    context.add_cookies(cookies)
    page, sizes, foreign = context.new_page(), [], []
    page.on("request", lambda request: _note_foreign(request.url, site, foreign))
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(url, wait_until="networkidle")
    context.close()
    return sum(sizes) / 1000, foreign


def _note_foreign(address, site, foreign):
    if not address.startswith(("data:", "blob:")) and address.split("/", 3)[2] != site:
        foreign.append(address)
