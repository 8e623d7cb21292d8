import datetime

from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from partnerships.forms.helpers import HintedRadios, PlainForm
from partnerships.templatetags import together


def render(source, **context):
    return Template("{% load together crispy_forms_tags %}" + source).render(Context(context))


def test_dates_are_written_out():
    assert together.long_date(datetime.date(2026, 11, 14)) == "14 November 2026"
    assert together.long_date(None) == ""


def test_the_bar_says_its_numbers_in_words():
    assert together.distribution_words((1, 0, 3, 0, 2), 4) == (
        "1: 1 person, 2: 0 people, 3: 3 people, 4: 0 people, 5: 2 people, don't know: 4"
    )


def test_segments_follow_each_other_in_proportion():
    segments = together.bar_segments((1, 0, 1, 0, 2), 4)
    assert [(s["level"], s["x"]) for s in segments] == [(1, "0.00"), (3, "25.00"), (5, "50.00")]
    assert segments[2]["width"] == "49.30"


def test_who_does_not_know_stands_after_the_bar():
    bar = render("{% distribution counts 2 %}", counts=(0, 0, 8, 0, 0))
    assert 'class="level-3" x="0.00"' in bar
    assert 'class="level-unknown" x="81.50"' in bar


def test_a_bar_without_ratings_is_empty_and_says_so():
    bar = render("{% distribution counts %}", counts=(0, 0, 0, 0, 0))
    assert "<rect" not in bar
    assert "1: 0 people" in bar


def test_a_label_is_text_never_markup():
    bar = render("{% distribution counts 0 label %}", counts=(1, 0, 0, 0, 0), label='"><script>')
    assert "<script>" not in bar


def test_the_steps_of_a_round_show_the_present_one():
    steps = render("{% stepper 'closed' %}")
    assert steps.count('aria-current="step"') == 1
    assert steps.count("step-done") == 2
    assert steps.count("step-next") == 2


def test_the_trail_ends_with_the_page_itself():
    trail = render("{% breadcrumbs 'Partnerships' '/p/' name '' %}", name="Ageing <well>")
    assert '<a href="/p/">Partnerships</a>' in trail
    assert '<span aria-current="page">Ageing &lt;well&gt;</span>' in trail


def test_the_place_we_are_in_is_marked_in_the_top_bar():
    source = "{% nav_link 'account_login' 'Sign in' %}"
    here = RequestFactory().get("/accounts/login/")
    elsewhere = RequestFactory().get("/")
    assert 'aria-current="page"' in render(source, request=here)
    assert 'aria-current="page"' not in render(source, request=elsewhere)
    assert render("{% nav_link 'no-such-page' 'Nothing' %}").strip() == ""


class Round(PlainForm, forms.Form):
    submit_label = "Open the round"
    title = forms.CharField(label="Title", help_text="What people will see")
    kind = forms.ChoiceField(
        label="Who sees what",
        choices=[("confidential", "Confidential"), ("named", "Named")],
        widget=HintedRadios(hints={"named": "Names stand beside levels."}),
    )
    note = forms.CharField(label="Note", required=False)


def test_a_form_in_order_has_no_summary_and_says_what_its_button_does():
    page = render("{% crispy form %}", form=Round())
    assert "error-summary" not in page
    assert "Open the round</button>" in page
    assert "Names stand beside levels." in page


def test_a_hint_is_tied_to_its_field_and_what_may_be_left_out_says_so():
    page = render("{% crispy form %}", form=Round())
    assert 'aria-describedby="id_title_helptext"' in page
    assert 'id="id_title_helptext">What people will see' in page
    assert page.count("(optional)") == 1


def test_errors_stand_beside_the_field_and_in_a_summary_that_leads_to_it():
    page = render("{% crispy form %}", form=Round({"title": "", "kind": "x<b>"}))
    assert 'href="#id_title"' in page
    assert 'href="#id_kind_0"' in page
    assert 'aria-describedby="id_title_helptext id_title_error"' in page
    assert 'id="id_title_error"' in page
    assert 'aria-invalid="true"' in page
    assert "x<b>" not in page
