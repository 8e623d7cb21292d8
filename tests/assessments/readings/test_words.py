"""What readings are called: the same on a pill, in a sentence and in a file."""

import pytest
from django.template import Context, Template

from assessments.analysis import Band, ChangeReading, Reason, Verdict
from assessments.readings.change import Reading, pill
from assessments.readings.words import READINGS, words_of


@pytest.mark.parametrize("key", READINGS)
def test_every_reading_has_a_sign_and_a_word(key):
    page = Template("{% load readings %}{% reading key %}").render(Context({"key": key}))
    assert 'aria-hidden="true"' in page
    assert words_of(key).split()[0] in page
    assert f">{READINGS[key][1]}<" in page


def test_every_verdict_and_band_has_words():
    assert {*Verdict, *Band} <= {*READINGS}
    assert {band.value for band in Band} == {"strength", "keep_working", "needs_attention"}


def test_every_reason_has_words():
    assert {*Reason} <= {*READINGS}


def test_every_reading_of_a_change_has_words():
    class Changed:
        def __init__(self, reading):
            self.reading = reading

    assert {reading: words_of(pill(Changed(reading))) for reading in ChangeReading} == {
        Reading.HIGHER: "More rate it higher",
        Reading.LOWER: "More rate it lower",
        Reading.NO_CLEAR_CHANGE: "No clear change",
        Reading.TOO_FEW: "Too few to say",
        Reading.NOT_COMPARABLE: "Not comparable",
    }
