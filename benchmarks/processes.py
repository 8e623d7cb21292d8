"""How much processor time a process and all that come from it have taken.

How two processes of the server share sixteen connections is chance, and a rate goes with it; what a request
costs them together does not.
"""

import os
from pathlib import Path

PROC = Path("/proc")
PARENT, IN_USER, IN_SYSTEM = 1, 11, 12
"""Places in what /proc/PID/stat says after the name (proc(5) counts them 4, 14 and 15)."""


def processor_time(pid):
    """Seconds, of all processes that live; None where the machine does not say: /proc is Linux's."""
    stats = _stats()
    if pid not in stats:
        return None
    ticks = sum(sum(map(int, stats[each][IN_USER : IN_SYSTEM + 1])) for each in _family(pid, stats))
    return ticks / os.sysconf("SC_CLK_TCK")


def _stats():
    return {int(folder.name): stat for folder in PROC.glob("[0-9]*") if (stat := _stat(folder))}


def _stat(folder):
    try:
        # The name stands in brackets, and may hold blanks and brackets.
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has ended since
        return None


def _family(pid, stats):
    yield pid
    for child, stat in stats.items():
        if int(stat[PARENT]) == pid:
            yield from _family(child, stats)
