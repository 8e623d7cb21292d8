"""The one way to read framework wording, as plain values that any thread may share.

Phone, paper, projector and slide all ask `wording(edition, language)`, so the words of an action
are the same everywhere. A published edition does not change, so what was read once is kept in the
process for good; drafts are read afresh each time.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from ..models import Action, Area, Edition, Level, Translation
from ..wording.languages import ENGLISH, in_language
from ..wording.values import (
    ActionWording,
    EditionWording,
    LevelLooksLike,
    LevelWording,
    area_wording,
)


def wording(edition: Edition | int, language: str, *, is_fresh: bool = False) -> EditionWording:
    """All the words of an edition in a language, at most four queries the first time; in another language
    than English one more.

    Takes the edition or its primary key; Edition.DoesNotExist if there is none. ``language`` may name a
    country: ``en-gb`` is English. What is not translated is ``InEnglish``. ``is_fresh`` says of a draft that
    its row has just been read, and need not be read again.
    """
    return wordings([edition], language, is_fresh=is_fresh)[0]


def wordings(
    editions: Sequence[Edition | int], language: str, *, is_fresh: bool = False
) -> tuple[EditionWording, ...]:
    """The words of several editions, as ``wording``: in English in as many queries as those of one."""
    language = language.partition("-")[0]
    kept = {_key(each): _find_kept(each, language) for each in editions}
    wanted = [each for each in editions if kept[_key(each)] is None]
    found = kept | _read(wanted, language, is_fresh)
    return tuple(found[_key(each)] for each in editions)


def _key(given: Edition | int) -> int:
    return given.pk if isinstance(given, Edition) else given


def _find_kept(given: Edition | int, language: str) -> EditionWording | None:
    """What is kept of a published edition; what somebody holds as a draft is read again."""
    published_at, words = _kept.get((_key(given), language), (None, None))
    is_another = isinstance(given, Edition) and given.published_at != published_at
    return None if is_another else words


def forget(**_signal) -> None:
    """Drop what is kept. Called when an edition is saved or a fixture loaded in this process."""
    _kept.clear()


# (edition, language) -> (published_at, words)
_kept: dict[tuple[int, str], tuple] = {}


def _read(given: Sequence[Edition | int], language: str, is_fresh: bool) -> dict[int, EditionWording]:
    editions = _with_rows(given, is_fresh)
    found = _in_english(editions) if editions else {}
    found = {key: spoken(words, language) for key, words in found.items()}
    for edition in editions:
        if edition.is_published:
            _kept[edition.pk, language] = (edition.published_at, found[edition.pk])
    return found


def _with_rows(given: Sequence[Edition | int], is_fresh: bool) -> list[Edition]:
    """The editions with all of their own rows, read where they are not there."""
    read = {each.pk: each for each in given if isinstance(each, Edition) and _is_read(each, is_fresh)}
    if missing := {_key(each) for each in given} - read.keys():
        read |= Edition.objects.select_related("framework").in_bulk(missing)
    if gone := missing - read.keys():
        raise Edition.DoesNotExist(f"No edition has the key {min(gone)}.")
    return list(read.values())


def _is_read(edition: Edition, is_fresh: bool) -> bool:
    """Whether all of the edition's own row is there; that of a draft may have changed since."""
    return Edition.framework.is_cached(edition) and (edition.is_published or is_fresh)


def spoken(words: EditionWording, language: str) -> EditionWording:
    """Words that have been read in English, in a language: no query for English, else one."""
    language = language.partition("-")[0]
    if language == ENGLISH:
        return words
    return in_language(words, translations(words.edition_id, language))


def translations(key: int, language: str) -> dict[tuple[str, str], str]:
    """What is translated of the edition with this key, by part (``framework.wording.parts``) and field."""
    rows = Translation.objects.filter(edition=key, language=language)
    return {(part, field): text for part, field, text in rows.values_list("part", "field", "text")}


def _in_english(editions: list[Edition]) -> dict[int, EditionWording]:
    labels, looks_like = _levels(editions)
    areas = _by_edition(Area.objects.filter(edition__in=editions).order_by("order"))
    actions = _by_edition(Action.objects.filter(edition__in=editions).order_by("number"))
    return {
        edition.pk: _edition_wording(
            edition, labels[edition.pk], areas[edition.pk], actions[edition.pk], looks_like
        )
        for edition in editions
    }


def _by_edition(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found = defaultdict(list)
    for row in rows:
        found[row.edition_id].append(row)
    return found


def _edition_wording(edition, labels, areas, actions, looks_like) -> EditionWording:
    of = {area.pk: area for area in areas}
    made = tuple(_action_wording(action, of[action.area_id], looks_like[action.pk]) for action in actions)
    return EditionWording(
        edition_id=edition.pk,
        number=edition.number,
        framework_name=edition.framework_name,
        source=edition.framework_source,
        scale_note=edition.scale_note,
        levels=tuple(LevelWording(value, label) for value, label in labels.items()),
        areas=tuple(area_wording(area.code, area.name, area.about, area.colour, made) for area in areas),
        actions=made,
    )


def _levels(editions) -> tuple[dict[int, dict[int, str]], dict[int, list[LevelLooksLike]]]:
    """The labels by edition and value, and what the levels look like by action, by their keys."""
    rows = Level.objects.filter(edition__in=editions).order_by("value")
    labels, by_action = defaultdict(dict), defaultdict(list)
    for edition, value, label, action, looks_like in rows.values_list(
        "edition_id", "value", "label", "action_levels__action", "action_levels__looks_like"
    ):
        labels[edition][value] = label
        by_action[action].append(LevelLooksLike(value, label, looks_like))
    return labels, by_action


def _action_wording(action: Action, area: Area, levels: list[LevelLooksLike]) -> ActionWording:
    return ActionWording(
        id=action.pk,
        code=action.code,
        number=action.number,
        title=action.title,
        short_title=action.short_title,
        statement=action.statement,
        question=action.question,
        prompts=tuple(action.prompts),
        helps=action.helps,
        hinders=action.hinders,
        skills_question=action.skills_question,
        area_code=area.code,
        area_name=area.name,
        colour=area.colour,
        levels=tuple(levels),
    )
