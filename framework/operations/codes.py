"""Codes for what is new in a draft."""

from django.utils.text import slugify

from ..files.yamlvalues import LONGEST_CODE
from ..models import Action, Area


def free_code(framework, title, kind, number):
    """A code made from the title that nothing in any edition of the framework ever had.

    What is new must not be taken for something that was retired long ago. Of a title without a letter to
    make a code of, ``kind`` and ``number`` make one.
    """
    used = {
        code.casefold()
        for model in (Action, Area)
        for code in model.objects.filter(edition__framework=framework).values_list("code", flat=True)
    }
    begin = _cut(slugify(title), LONGEST_CODE)
    first = 2 if begin else number
    wished = [begin] if begin else []
    tries = (_numbered(begin or kind, at) for at in range(first, first + len(used) + 1))
    return next(code for code in (*wished, *tries) if code not in used)


def _numbered(begin, number):
    ending = f"-{number}"
    return _cut(begin, LONGEST_CODE - len(ending)) + ending


def _cut(slug, room):
    """At most so many letters, in whole words where there are some."""
    if len(slug) > room:
        slug = slug[: room + 1].rpartition("-")[0] or slug[:room]
    return slug.strip("-_")
