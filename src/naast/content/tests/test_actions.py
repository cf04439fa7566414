"""Loading the shipped texts, filling slots, and Wagtail's groups that only repeat the policy."""

from datetime import timedelta

import pytest
from wagtail.models import Page

from naast.content import actions, loading, queries
from naast.content.models import ArticlePage, FaqEntry, Slot, SlotFill
from naast.content.tests.factories import article, editor_of, filled, place, regional_editor_of, texts
from naast.core import clock, generations
from naast.core.models import AuditLine
from naast.people.tests.factories import UserFactory, staff

pytestmark = pytest.mark.django_db


class TestLoading:
    def test_everything_shipped_is_live_after_loading(self, shared_tree):
        shipped = Page.objects.live().filter(depth__gt=2).count()  # all languages, below each home
        assert shared_tree["made"] == shipped
        assert FaqEntry.objects.filter(live=True, locale__language_code="nl").count() == len(loading.faq())

    def test_loading_twice_changes_nothing(self, shared_tree):
        again = actions.load_shipped()
        assert (again["made"], again["changed"]) == (0, 0)

    def test_links_between_texts_follow_a_page_and_not_its_address(self, shared_tree):
        raw = str(article("als-het-spant-tussen-jullie").body.raw_data)
        assert f'linktype="page" id="{article("bang-voor-de-ander").pk}"' in raw
        assert "naast:" not in raw

    def test_what_an_editor_changed_stays(self, shared_tree):
        page = texts(article("kies-geen-kant"), "Onze eigen woorden.")
        page.save_revision(user=regional_editor_of("twente")).publish()
        assert actions.load_shipped()["changed"] == 0
        assert "Onze eigen woorden" in str(article("kies-geen-kant").body)

    def test_overwriting_brings_the_shipped_text_back(self, shared_tree):
        page = texts(article("kies-geen-kant"), "Onze eigen woorden.")
        page.save_revision(user=regional_editor_of("twente")).publish()
        assert actions.load_shipped(overwrite=True)["changed"] == 1
        assert "Onze eigen woorden" not in str(article("kies-geen-kant").body)

    def test_a_slot_that_editors_reworded_stays(self, shared_tree):
        Slot.objects.filter(key="wonen").update(fallback="Onze landelijke woorden.")
        actions.load_shipped()
        assert Slot.objects.get(key="wonen").fallback == "Onze landelijke woorden."

    def test_no_shipped_text_claims_a_check_that_nobody_did(self, shared_tree):
        assert not ArticlePage.objects.exclude(checked_on=None).exists()

    def test_every_shipped_text_comes_back_to_be_looked_at(self, shared_tree):
        assert not ArticlePage.objects.filter(review_due=None).exists()
        assert not FaqEntry.objects.filter(review_due=None).exists()


class TestFilling:
    def test_a_municipal_editor_fills_the_slots_of_the_own_place(self, shared_tree):
        editor = editor_of("enschede")
        due = clock.today() + timedelta(days=30)
        actions.fill_slot(user=editor, place=place("enschede"), key="wonen", body="Bel ons.", review_due=due)
        assert SlotFill.objects.get(place__slug="enschede", slot__key="wonen").updated_by == editor

    @pytest.mark.parametrize("elsewhere", ["zwolle", "hengelo", "twente"])
    def test_and_of_no_other_place(self, shared_tree, elsewhere):
        with pytest.raises(actions.NotAllowed):
            actions.fill_slot(
                user=editor_of("enschede"), place=place(elsewhere), key="wonen", body="Bel ons.", review_due=None
            )

    def test_a_regional_editor_fills_the_region_and_its_municipalities(self, shared_tree):
        editor = regional_editor_of("twente")
        for slug in ("twente", "enschede", "almelo"):
            actions.fill_slot(user=editor, place=place(slug), key="wonen", body="Bel ons.", review_due=None)
        assert SlotFill.objects.filter(slot__key="wonen").count() == 3

    def test_filling_again_replaces_and_emptying_gives_the_national_words_back(self, shared_tree):
        filled("enschede", "wonen", "Eerst dit.")
        filled("enschede", "wonen", "Nu dat.")
        assert queries.words_for("wonen", place("enschede")).body == "Nu dat."
        filled("enschede", "wonen", "  ")
        words = queries.words_for("wonen", place("enschede"))
        assert (words.own, words.body) == (False, Slot.objects.get(key="wonen").fallback)

    def test_filling_bumps_the_place_and_for_a_region_its_municipalities(self, shared_tree):
        before = {slug: generations.seen(slug)[0] for slug in ("twente", "enschede", "zwolle")}
        filled("twente", "wonen")
        after = {slug: generations.seen(slug)[0] for slug in before}
        assert {slug for slug in before if after[slug] > before[slug]} == {"twente", "enschede"}

    def test_the_access_log_names_fields_and_no_words(self, shared_tree):
        actions.fill_slot(
            user=editor_of("enschede"), place=place("enschede"), key="wonen", body="Geheime zin.", review_due=None
        )
        line = AuditLine.objects.get(act="fill")
        assert line.fields == ["body", "review_due"]
        assert line.actor.startswith("staff:")


class TestGroupsFollowThePolicy:
    def test_a_regional_editor_may_change_shared_pages(self, shared_tree):
        editor = regional_editor_of("twente")
        assert actions.let_in(user=editor)
        assert article("kies-geen-kant").permissions_for_user(editor).can_publish()

    def test_a_municipal_editor_comes_in_but_changes_no_shared_page(self, shared_tree):
        editor = editor_of("enschede")
        assert actions.let_in(user=editor)
        assert editor.has_perm("wagtailadmin.access_admin")
        assert not article("kies-geen-kant").permissions_for_user(editor).can_edit()

    @pytest.mark.parametrize("role", ["adviser", "policy-officer", "place-admin"])
    def test_others_do_not_come_in(self, shared_tree, role):
        assert not actions.let_in(user=staff(role, place("enschede")))

    def test_who_loses_the_role_loses_the_groups(self, shared_tree):
        editor = regional_editor_of("twente")
        actions.let_in(user=editor)
        editor.grants.all().delete()
        assert not actions.let_in(user=editor)
        assert not editor.groups.exists()

    def test_somebody_without_any_role_is_nobody_here(self, shared_tree):
        assert not actions.let_in(user=UserFactory())
