"""What another person is in a thread is a role in an export; the owner's own words stay."""

import io
import json
import zipfile

import pytest

from naast.conversations import actions
from naast.conversations.tests.factories import a_thread, adviser
from naast.lockers import download
from naast.lockers.tests.factories import a_locker

pytestmark = pytest.mark.django_db


def of(made):
    with zipfile.ZipFile(io.BytesIO(download.as_zip(locker_id=made.locker.pk, place_name="Enschede"))) as archive:
        return archive.read("lees-mij.html").decode(), json.loads(archive.read("gegevens.json"))


def test_names_of_staff_become_their_role_in_who_and_in_what_they_wrote(places):
    made = a_locker()
    thread = a_thread(made, text="Marije zei aan de balie dat dit mag.")
    actions.reply(thread=thread, author=adviser("Marije Voorbeeld"), text="Bel mij, Marije Voorbeeld. Groet, Marije")
    actions.reply(thread=thread, author=adviser("Omar Test"), text="Marije is vrij. Marijes kamer is open.")
    page, data = of(made)
    talk = next(one for one in data["inhoud"] if one["soort"] == "conversations.Thread")["gegevens"][0]["berichten"]
    assert talk[0]["van"] == "jij"
    assert all(one["van"].startswith("adviseur, ") for one in talk[1:])
    assert talk[0]["tekst"] == "Marije zei aan de balie dat dit mag."
    assert talk[1]["tekst"] == "Bel mij, adviseur. Groet, adviseur"
    assert talk[2]["tekst"] == "adviseur is vrij. Marijes kamer is open."
    assert "Voorbeeld" not in page
    assert "Omar" not in page


def test_what_only_the_mask_needs_is_in_no_file(places):
    made = a_locker()
    actions.reply(thread=a_thread(made), author=adviser(), text="Dag")
    page, data = of(made)
    assert "_namen" not in json.dumps(data)
    assert "_rol" not in page


def test_one_parents_file_holds_nothing_of_the_other_parent(places):
    one, other = a_locker(), a_locker()
    a_thread(one, text="Mijn kant. Zilverpopulier.")
    a_thread(other, text="De andere kant. Kwikstaartje.")
    page, data = of(one)
    assert "Zilverpopulier" in page
    assert "Kwikstaartje" not in page + json.dumps(data)
