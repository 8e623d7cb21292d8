"""Put the promise of a confidential round to the proof, and measure what it costs: `make audit`.

AUDIT_ROUNDS (default 2000) says how many rounds and how many pairs, workshops and three rounds are looked at.
"""

import os
import random
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from benchmarks.audit import groups, referee, rounds, scenes, usefulness

ROUNDS = int(os.environ.get("AUDIT_ROUNDS", "2000"))
SEED = int(os.environ.get("AUDIT_SEED", "20"))
SHARES = 40
"""Pieces of work that are handed out, each with chance of its own."""
MAKERS = {
    "pairs": (lambda rng: rounds.some_rounds(rng, 2), 0.5),
    "three rounds": (lambda rng: rounds.some_rounds(rng, 3), 0.15),
    "workshops": (rounds.some_workshop, 0.35),
    "several actions": (rounds.some_actions, 0.03),
}
"""What is made, and how many of them to a round."""


def say(text=""):
    print(text, flush=True)


def main():
    began = time.monotonic()
    with ProcessPoolExecutor() as pool:
        bad = _tables(pool) + _scenes(pool)
        _useful(pool)
    say(f"\n{time.monotonic() - began:.0f} seconds; something could be told in {bad} places")
    return bad > 0


# --- Can anything be told? ---


def _tables(pool):
    found = Counter()
    for counted in pool.map(_look_at_tables, range(SHARES)):
        found.update(counted)
    say(
        f"Group tables: {found['rooms']} rooms with {found['shown']} cells shown of {found['cells']}, and "
        f"{found['all hidden']} rooms that show none; told: {found['told']}"
    )
    if referee.is_there():
        say(f"  tau-Argus: {found['judged']} tables with hidden cells, fixed: {found['fixed']}")
    else:
        say("  tau-Argus: not installed (pip install pytauargus)")
    return found["told"] + found["fixed"]


def _look_at_tables(share):
    rng, found = random.Random(f"tables {SEED} {share}"), Counter()
    while found["rooms"] < ROUNDS / SHARES:
        room = groups.some_room(rng)
        if sum(room.whole[:5]) < groups.LEAST:
            continue
        cells = groups.shown(room)
        if not any(cells) and rng.random() < 0.9:  # most rooms of so few show none
            continue
        found["rooms" if any(cells) else "all hidden"] += 1
        found["shown"] += sum(cell is not None for cell in cells)
        found["cells"] += len([name for name in room.names if name])
        told = groups.determined(room, rng)
        found["told"] += bool(told)
        if told:
            say(f"  {room}\n  {told}")
        if referee.is_there() and None in cells and any(cells):
            found["judged"] += 1
            found["fixed"] += bool(referee.fixed(room))
    return found


def _scenes(pool):
    bad = 0
    for kind in MAKERS:
        found = Counter()
        for counted in pool.map(_look_at_scenes, [kind] * SHARES, range(SHARES)):
            found.update(counted)
        say(
            f"{kind.capitalize()}: {found['scenes']} with {found['people']} people; of {found['changes']} "
            f"changes {found['counts']} with counts, {found['readings']} with a reading alone; "
            f"looked at what a set of people said: {found['looked']}, told: {found['told']}"
        )
        bad += found["told"]
    return bad


def _look_at_scenes(kind, share):
    rng, found = random.Random(f"{kind} {SEED} {share}"), Counter()
    make, many = MAKERS[kind]
    for _scene in range(max(1, round(ROUNDS * many / SHARES))):
        scene = make(rng)
        seen = scenes.look(scene, rng)
        if seen.left:
            seen = scenes.look(scene, rng, scenes.TRIES * scenes.LONG)
        found.update(scenes=1, people=len(scene.where), looked=seen.looked, told=bool(seen.left))
        found.update(rounds.what_stands(scene.prints(scene.said)))
        if seen.left:
            say(f"  {scene.where}\n  {scene.said}\n  {seen.left}")
    return found


# --- What does it cost? ---


def _useful(pool):
    say("\nGroups: cells shown of all cells, and by numbers of people alone")
    for people in (8, 12, 16, 24, 40, 60):
        found = usefulness.groups(random.Random(SEED), people, 500)
        say(f"  {people:3} people  " + _percents(found))
    say("\nChange: actions with counts, with a reading, and the line over all")
    settings = [
        usefulness.Setting(people, turnover)
        for people in (8, 12, 16, 24, 40, 60)
        for turnover in (0, 0.1, 0.2, 0.4)
    ]
    for setting, found in zip(settings, pool.map(_shown, settings), strict=True):
        found.pop("alarm", None)
        say(f"  {setting.people:3} people, {setting.turnover:4.0%} turnover  " + _percents(found))
    say("\nFalse alarms: comparisons with a clear change where nobody's view changed")
    settings = [usefulness.Setting(people) for people in (8, 12, 16, 24, 40, 60)]
    for setting, found in zip(settings, pool.map(_alarms, settings), strict=True):
        say(f"  {setting.people:3} people  {found['alarm']:.1%}")
    say("\nPower: one level up on one action, on four (nobody new or gone); by Holm's correction")
    settings = [usefulness.Setting(people, risen=risen) for people in (15, 18, 21, 24) for risen in (1, 4)]
    for setting, found in zip(settings, pool.map(_power, settings), strict=True):
        say(f"  {setting.people:3} people, {setting.risen} of 11  " + _percents(found))


def _shown(setting):
    return usefulness.shown(random.Random(f"shown {SEED} {setting}"), setting, 40)


def _alarms(setting):
    return usefulness.shown(random.Random(f"alarms {SEED} {setting}"), setting, 2000)


def _power(setting):
    return usefulness.power(random.Random(f"power {SEED} {setting}"), setting, 200)


def _percents(found):
    return "  ".join(f"{what} {share:.1%}" for what, share in found.items())


if __name__ == "__main__":
    sys.exit(main())
