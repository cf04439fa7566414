"""Every interface string has its Dutch and English text."""

from tools import messages


def test_no_message_lacks_a_text():
    found = messages.problems()
    assert not found, "\n".join(found)


def test_canary_a_missing_text_is_found(tmp_path):
    templates = tmp_path / "room" / "templates" / "room"
    templates.mkdir(parents=True)
    (templates / "x.html").write_text('{% load i18n %}{% translate "Nobody wrote this in Dutch" %}')
    (tmp_path / "room" / "views.py").write_text(
        '"""x."""\nfrom django.utils.translation import gettext as _\n_("Nor this")\n'
    )
    found = messages.problems(tmp_path, ["room"])
    assert len(found) == 4  # two messages, two languages


def test_canary_a_message_inside_a_blocks_opening_is_found(tmp_path):
    templates = tmp_path / "room" / "templates"
    templates.mkdir(parents=True)
    (templates / "x.html").write_text(
        '{% blocktranslate with a=b|default:_("the name") %}Hello {{ a }}{% endblocktranslate %}'
    )
    assert any("the name" in line for line in messages.problems(tmp_path, ["room"]))


def test_canary_a_lost_placeholder_is_found(tmp_path):
    templates = tmp_path / "room" / "templates"
    templates.mkdir(parents=True)
    (templates / "x.html").write_text("{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}")
    for language in messages.LANGUAGES:
        path = messages.catalogue_path("room", language, tmp_path)
        path.parent.mkdir(parents=True)
        path.write_text('msgid ""\nmsgstr ""\n\nmsgid "Hello %(name)s"\nmsgstr "Hallo"\n')
    assert any("placeholder lost" in line for line in messages.problems(tmp_path, ["room"]))


def test_canary_two_texts_for_one_message_are_found(tmp_path):
    for room, text in (("one", "Zoek"), ("two", "Zoeken")):
        path = messages.catalogue_path(room, "nl", tmp_path)
        path.parent.mkdir(parents=True)
        path.write_text(f'msgid ""\nmsgstr ""\n\nmsgid "Search"\nmsgstr "{text}"\n')
    assert len(messages.two_texts(tmp_path, ["one", "two"])) == 1
