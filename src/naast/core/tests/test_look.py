"""What the tags of the look promise: Dutch dates and times, words that stay together, drawings, form controls."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from naast.core.icons import ICONS
from naast.core.templatetags import naast as look

MOMENT = dt.datetime(2026, 11, 26, 9, 30, tzinfo=dt.UTC)
STATIC = Path(look.__file__).resolve().parent.parent / "static/naast"
TEMPLATES = Path(look.__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("shape", "written"),
    [
        ("date", "26\u00a0november 2026"),
        ("day", "donderdag 26\u00a0november"),
        ("full", "donderdag 26\u00a0november 2026"),
        ("short", "do 26\u00a0nov"),
        ("month", "november 2026"),
    ],
)
def test_a_date_is_written_in_dutch(shape, written):
    with translation.override("nl"):
        assert look.nl_date(MOMENT, shape) == written


def test_a_date_just_after_midnight_in_amsterdam_is_that_day():
    late = dt.datetime(2026, 11, 26, 23, 30, tzinfo=dt.UTC)
    with translation.override("nl"):
        assert look.nl_date(late).startswith("27")


def test_a_time_is_that_of_amsterdam_with_its_unit():
    with translation.override("nl"):
        assert look.nl_time(MOMENT) == "10.30\u00a0uur"
        assert look.nl_time(dt.time(9, 5), "short") == "9.05"
    with translation.override("en"):
        assert look.nl_time(MOMENT) == "10:30"


@pytest.mark.parametrize("empty", [None, ""])
def test_nothing_gives_nothing(empty):
    assert look.nl_date(empty) == look.nl_time(empty) == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("binnen 2 werkdagen", "binnen 2\u00a0werkdagen"),
        ("op 12 november 2026", "op 12\u00a0november 2026"),
        ("kost € 38", "kost €\u00a038"),
        ("9.00–17.00 uur", "9.00–\u206017.00\u00a0uur"),
        ("huis 20 in Enschede", "huis 20 in Enschede"),
    ],
)
def test_a_number_stays_with_its_unit(typed, kept):
    assert look.nbsp(typed) == kept


def test_keeping_words_together_does_not_bless_typed_html():
    assert Template("{% load naast %}{{ text|nbsp }}").render(Context({"text": "<b>2 uur"})) == "&lt;b&gt;2\u00a0uur"


def test_every_icon_is_hidden_from_screen_readers():
    for name in ICONS:
        assert 'aria-hidden="true"' in look.icon(name)


def test_an_unknown_icon_fails_loudly():
    with pytest.raises(KeyError):
        look.icon("unicorn")


def test_every_drawing_is_small_hidden_and_ours():
    for path in look.DRAWINGS.glob("*.svg"):
        drawn = look.drawing(path.stem)
        assert 'aria-hidden="true"' in drawn
        assert len(drawn) < 5_000
        assert "<script" not in drawn
        assert "style=" not in drawn


def test_a_drawing_is_named_not_found_by_path():
    with pytest.raises(ValueError, match="drawing's name"):
        look.drawing("../../secret")


def test_every_icon_and_drawing_that_a_template_names_exists():
    for path in TEMPLATES.rglob("templates/**/*.html"):
        source = path.read_text(encoding="utf-8")
        assert set(re.findall(r'{% icon "([^"]+)" %}', source)) <= set(ICONS), path
        for name in re.findall(r'{% drawing "([^"]+)" %}', source):
            assert (look.DRAWINGS / f"{name}.svg").exists(), (path, name)


class Question(forms.Form):
    """A form with one field of each kind."""

    text = forms.CharField(widget=forms.Textarea, help_text="Geen achternaam.")
    email = forms.EmailField(required=False)
    audience = forms.ChoiceField(choices=[("ouders", "Ouder")], widget=forms.RadioSelect)


def test_a_control_carries_the_design_systems_class_and_its_hint_and_error():
    shown = look.styled(Question({})["text"])
    assert "utrecht-textarea--invalid" in shown
    assert 'aria-describedby="id_text_helptext id_text_error"' in shown
    assert 'aria-invalid="true"' in shown


def test_radios_are_printed_by_their_own_template():
    with pytest.raises(TypeError):
        look.styled(Question()["audience"])
    assert look.first_id(Question()["audience"]) == "id_audience_0"


def test_a_field_shows_its_error_under_the_id_that_the_control_names():
    shown = Template('{% include "core/form/field.html" with field=form.text %}').render(
        Context({"form": Question({})})
    )
    assert 'id="id_text_error"' in shown
    assert 'for="id_text"' in shown


def test_the_summary_links_to_each_field_in_error():
    shown = Template('{% include "core/form/errors.html" %}').render(Context({"form": Question({})}))
    assert 'href="#id_text"' in shown
    assert 'href="#id_audience_0"' in shown
    assert "autofocus" in shown


def test_our_style_sheets_hold_no_foreign_address_and_stay_small():
    for path in STATIC.glob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert "http" not in text.replace('a[href^="http"]', ""), path
        assert text.count("\n") < 400, path


def test_the_clock_of_the_tags_is_amsterdams():
    assert look.AMSTERDAM.key == "Europe/Amsterdam"
