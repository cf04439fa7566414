"""Providers come from the environment; a wrong or missing setting stops the start with its name."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from naast.settings.oidc import providers_of

ONE = {
    "NAAST_OIDC": "houten",
    "NAAST_OIDC_HOUTEN_NAME": "gemeente Houten",
    "NAAST_OIDC_HOUTEN_PLACE": "houten",
    "NAAST_OIDC_HOUTEN_ISSUER": "https://aanmelden.houten.example/realm",
    "NAAST_OIDC_HOUTEN_CLIENT_ID": "naast",
    "NAAST_OIDC_HOUTEN_CLIENT_SECRET": "geheim",
    "NAAST_OIDC_HOUTEN_DOMAINS": "Houten.example, sub.houten.example",
}


def other(slug: str) -> dict[str, str]:
    """Return the same settings for another provider, with an issuer of its own."""
    made = {name.replace("HOUTEN", slug.upper()): value for name, value in ONE.items() if name != "NAAST_OIDC"}
    return {**made, f"NAAST_OIDC_{slug.upper()}_ISSUER": f"https://aanmelden.{slug}.example"}


def test_without_settings_there_is_no_provider() -> None:
    assert providers_of({}) == ()
    assert providers_of({"NAAST_OIDC": " , "}) == ()


def test_a_provider_is_read_whole() -> None:
    (found,) = providers_of({**ONE, "NAAST_OIDC_HOUTEN_ACR": "mfa", "NAAST_OIDC_HOUTEN_ONLY": "1"})
    assert (found.slug, found.place, found.acr, found.only) == ("houten", "houten", "mfa", True)
    assert found.domains == {"houten.example", "sub.houten.example"}
    assert "geheim" not in repr(found)


def test_several_stand_in_the_order_of_the_list() -> None:
    found = providers_of({**ONE, **other("twente"), "NAAST_OIDC": "twente,houten"})
    assert [one.slug for one in found] == ["twente", "houten"]


@pytest.mark.parametrize("name", sorted(set(ONE) - {"NAAST_OIDC"}))
def test_a_missing_setting_is_named(name: str) -> None:
    for value in ({}, {name: "  "}):
        with pytest.raises(ImproperlyConfigured, match=name):
            providers_of({**{key: said for key, said in ONE.items() if key != name}, **value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NAAST_OIDC", "Houten"),
        ("NAAST_OIDC", "houten,houten"),
        ("NAAST_OIDC", "../houten"),
        ("NAAST_OIDC_HOUTEN_PLACE", "Gemeente Houten"),
        ("NAAST_OIDC_HOUTEN_ISSUER", "http://aanmelden.houten.example"),
        ("NAAST_OIDC_HOUTEN_ISSUER", "https://wie:geheim@houten.example"),
        ("NAAST_OIDC_HOUTEN_ISSUER", "https://houten.example/#x"),
        ("NAAST_OIDC_HOUTEN_ISSUER", "https://houten.example/?x=1"),
        ("NAAST_OIDC_HOUTEN_ISSUER", "houten.example"),
        ("NAAST_OIDC_HOUTEN_DOMAINS", ","),
        ("NAAST_OIDC_HOUTEN_DOMAINS", "@houten.example"),
        ("NAAST_OIDC_HOUTEN_DOMAINS", "*.houten.example"),
        ("NAAST_OIDC_HOUTEN_DOMAINS", "nl"),
        ("NAAST_OIDC_HOUTEN_ONLY", "ja"),
        ("NAAST_OIDC_HOUTEN_VERIFIED", "email"),
        ("NAAST_OIDC_HOUTEN_SECRET", "misspelt"),
        ("NAAST_OIDC_UTRECHT_NAME", "not in the list"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"\b{name}\b"):
        providers_of({**ONE, name: value})


def test_two_providers_do_not_share_an_issuer() -> None:
    both = {**ONE, **other("twente"), "NAAST_OIDC": "houten,twente"}
    both["NAAST_OIDC_TWENTE_ISSUER"] = ONE["NAAST_OIDC_HOUTEN_ISSUER"]
    with pytest.raises(ImproperlyConfigured, match="_ISSUER"):
        providers_of(both)


@pytest.mark.parametrize("host", ["127.0.0.1:8129", "localhost:8129"])
def test_only_when_trying_out_this_machine_may_do_without_https(host: str) -> None:
    settings: dict[str, Any] = {**ONE, "NAAST_OIDC_HOUTEN_ISSUER": f"http://{host}"}
    assert providers_of(settings, insecure=True)[0].issuer == f"http://{host}"
    with pytest.raises(ImproperlyConfigured, match="ISSUER"):
        providers_of(settings)
    settings["NAAST_OIDC_HOUTEN_ISSUER"] = "http://10.0.0.7"
    with pytest.raises(ImproperlyConfigured, match="ISSUER"):
        providers_of(settings, insecure=True)
