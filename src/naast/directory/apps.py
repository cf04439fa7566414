"""The app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Offers of help and the search that finds them."""

    name = "naast.directory"
    label = "directory"

    def ready(self) -> None:
        """Let the alcoves declare what they keep and hang up their regular work."""
        from naast.directory.editing.keeping import register_editing
        from naast.directory.editing.queries import organisation_name, organisations_at
        from naast.directory.keeping import tasks
        from naast.directory.search import upkeep
        from naast.people.policy import register_kind
        from naast.people.policy_table import ORGANISATION
        from naast.people.staffing.queries import register_organisations

        # A place's role covers no organisation: editors reach offers by `directory.edit`, never by being the provider.
        register_kind(ORGANISATION, lambda _organisation_id: (), name=organisation_name)
        register_organisations(organisations_at)
        register_editing()
        tasks.connect()
        upkeep.connect()
