"""Registers the people room with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Staff accounts, roles, sign-in and policy. Residents are never people here: they have lockers."""

    name = "naast.people"
    label = "people"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"
