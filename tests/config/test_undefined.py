import pytest
from django.template import engines
from django.template.base import Origin, Template

from tests.undefined import OURS, UndefinedVariableError


def render(source, origin, **context):
    from django.template import Context

    engine = engines["django"].engine
    return Template(source, origin=Origin(origin), engine=engine).render(Context(context))


@pytest.mark.parametrize("source", ["{{ nothing }}", "{{ user.nothing }}", "{{ nothing|title }}"])
def test_undefined_variable_in_our_template_fails(source):
    with pytest.raises(UndefinedVariableError, match="nothing"):
        render(source, f"{OURS}/page.html", user={"name": "Ada"})


def test_defined_and_empty_are_fine():
    assert render("{{ a }}{{ b }}", f"{OURS}/page.html", a="", b=None) == "None"


def test_if_may_ask_whether_something_is_there():
    assert render("{% if nothing %}yes{% else %}no{% endif %}", f"{OURS}/page.html") == "no"


def test_templates_of_others_are_left_alone():
    assert render("[{{ nothing|default:'x' }}]", "/lib/other/page.html") == "[x]"
