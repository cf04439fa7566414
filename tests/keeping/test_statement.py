"""The privacy statement ends with what is kept, as the rooms declare it."""

import re

import pytest

from naast.core import kept

pytestmark = pytest.mark.django_db


def test_the_public_statement_prints_every_kind_about_residents_with_its_term():
    from django.template import Context, Template

    said = Template("{% load whatkept %}{% what_is_kept %}").render(Context({"nl_attr": ""}))
    words = re.sub(r"\s+", " ", said)
    for entry in kept.all_kept():
        if entry.about == "inwoners":
            assert entry.called in words
            assert entry.retention.rstrip(".") in words


def test_children_read_what_and_how_long_only():
    from django.template import Context, Template

    said = Template("{% load whatkept %}{% what_is_kept short=True %}").render(Context({}))
    thread = kept.of_model("conversations.Thread")
    assert thread.called in said
    assert thread.show not in said


def test_the_template_of_texts_loads_it():
    from django.template.loader import get_template

    assert get_template("content/text_page.html")
