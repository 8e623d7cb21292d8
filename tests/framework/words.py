"""Small wordings made of plain values, for what is pure."""

from dataclasses import replace

from framework.wording.values import ActionWording, AreaWording, EditionWording, LevelLooksLike, LevelWording

COLOURS = {"meet": "convene", "plan": "system", "dare": "edge"}
LABELS = ("Not yet", "Starting", "Partly", "Mostly", "Fully")


def action(code="trust", number=1, area="meet", **other):
    """An action with every text; name the fields that are to be something else."""
    facts = {
        "title": f"Build {code} with care",
        "short_title": code.capitalize(),
        "statement": f"We build {code} between us in every meeting we hold, week after week.",
        "question": f"Do we build {code} between us in every meeting we hold?",
        "prompts": ("Who was missing last time?", "What went well?"),
        "helps": "Time.",
        "hinders": "Haste.",
        "skills_question": "What do I do?",
        "levels": tuple(
            LevelLooksLike(value, label, f"We see {code} {label.lower()}")
            for value, label in enumerate(LABELS, 1)
        ),
    }
    area_of = {"area_code": area, "area_name": area.capitalize(), "colour": COLOURS.get(area, "ethos")}
    return ActionWording(id=0, code=code, number=number, **{**facts, **area_of, **other})


def looks_like(made, value, text):
    """The action with other words for one level."""
    levels = [replace(each, looks_like=text) if each.value == value else each for each in made.levels]
    return replace(made, levels=tuple(levels))


def edition(*actions, areas=("meet", "plan"), labels=LABELS, **other):
    """An edition with these actions, in areas with these codes."""
    facts = {"number": 1, "framework_name": "Trust", "source": "A book", "scale_note": "Our own words."}
    return EditionWording(
        edition_id=0,
        levels=tuple(LevelWording(value, label) for value, label in enumerate(labels, 1)),
        areas=tuple(
            AreaWording(
                code,
                code.capitalize(),
                f"How we {code}.",
                COLOURS.get(code, "ethos"),
                tuple(each for each in actions if each.area_code == code),
            )
            for code in areas
        ),
        actions=actions,
        **{**facts, **other},
    )
