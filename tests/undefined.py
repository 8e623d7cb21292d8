"""An undefined variable in one of our templates fails the test that rendered it.

Django asks its setting `string_if_invalid` whether it is true just before using it. This one
looks at who asks: a template of ours raises; templates of Django, allauth and crispy forms,
which rely on undefined variables being empty, are left alone.
"""

import sys
from pathlib import Path
from types import FrameType

from django.template.base import FilterExpression, Node

OURS = str(Path(__file__).resolve().parent.parent / "templates")


class UndefinedVariableError(Exception):
    pass


class UndefinedVariable(str):
    def __bool__(self) -> bool:
        asking = sys._getframe(1)
        expression = asking.f_locals.get("self")
        if asking.f_code.co_name == "resolve" and isinstance(expression, FilterExpression):
            origin = _template_of(asking.f_back)
            if origin.startswith(OURS):
                raise UndefinedVariableError(f"{expression.var} is undefined in {origin}")
        return False


def _template_of(frame: FrameType | None) -> str:
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node):
            origin = getattr(node, "origin", None)
            return str(origin.name) if origin else ""
        frame = frame.f_back
    return ""
