"""Print where a Chromium is, installing one if this machine has none and we may.

Looked for, in this order: $CHROMIUM, the names under which systems ship it, and the browser
that `playwright install chromium` fetches. As root on Debian or Ubuntu it is installed.

The headless shell is the same Chromium without the window round the page, which nobody sees here and
which takes three quarters of the time to open one: it comes first where a system ships it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
PLACES = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]
# The toolbar of a window nobody sees is a page of its own, drawn anew with every page that is opened. The
# last list counts, so it names what Playwright leaves out as well.
LEFT_OUT = [
    *("PreloadTopChromeWebUI", "WebUIReloadButton", "InitialWebUI", "WebUIToolbar", "WebUIOmniboxPopup"),
    *("AcceptCHFrame", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose"),
    *("DialMediaRouteProvider", "GlobalMediaControls", "HttpsUpgrades", "LensOverlay", "MediaRouter"),
    *("PaintHolding", "ThirdPartyStoragePartitioning", "Translate", "AutoDeElevate", "RenderDocument"),
    *("OptimizationHints",),
]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=" + ",".join(LEFT_OUT),
]
HELP = """No Chromium was found, and the browser tests need a real one. Do one of these:
  - install it:        sudo apt-get install chromium    (or your system's way)
  - let playwright:    .venv/bin/playwright install --with-deps chromium
  - name one you have: CHROMIUM=/path/to/chromium make test"""


def works(path: str) -> bool:
    """Ubuntu's package is a stub that only says where to get the real one: try it."""
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and ("Chrom" in answer.stdout)


def candidates() -> list[str]:
    named = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else []
    shipped = [path for name in NAMES if (path := shutil.which(name))]
    return [*named, *shipped, *(place for place in PLACES if Path(place).exists()), *playwrights()]


def playwrights() -> list[str]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return [path] if Path(path).exists() else []


def find() -> str | None:
    return next((path for path in candidates() if works(path)), None)


def install() -> None:
    """The headless shell where the system ships it, else all of Chromium."""
    print("Installing Chromium with apt-get", file=sys.stderr)
    _apt_get("update", "-qq")
    if _apt_get("install", "-y", "-qq", "--no-install-recommends", "chromium-headless-shell"):
        _apt_get("install", "-y", "-qq", "--no-install-recommends", "chromium")


def _apt_get(*arguments: str) -> int:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(["apt-get", *arguments], stdout=sys.stderr, env=environment, check=False).returncode


def main() -> int:
    path = find()
    if path is None and os.geteuid() == 0 and shutil.which("apt-get"):
        install()
        path = find()
    if path is None:
        print(HELP, file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
