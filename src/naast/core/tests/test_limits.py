"""Limits per network, without keeping an address."""

from datetime import timedelta

import pytest
from django.test import RequestFactory

from naast.core import clock, limits
from naast.core.models import DailySecret

pytestmark = pytest.mark.django_db


def sender(address="192.0.2.7"):
    return RequestFactory().get("/", REMOTE_ADDR=address)


@pytest.fixture(autouse=True)
def new_day():
    limits._secret.cache_clear()


def test_a_network_may_write_as_often_as_the_limit_says(settings):
    settings.NAAST_LIMITS = {**settings.NAAST_LIMITS, "write": 3}
    with clock.frozen(clock.now()):
        assert [limits.allow("write", sender()).ok for _ in range(4)] == [True, True, True, False]
        assert limits.allow("write", sender("198.51.100.1")).ok
        assert 0 < limits.allow("write", sender()).retry_after <= 60


def test_a_minute_later_the_door_is_open_again(settings):
    settings.NAAST_LIMITS = {**settings.NAAST_LIMITS, "write": 1}
    moment = clock.now()
    with clock.frozen(moment):
        limits.allow("write", sender())
        assert not limits.allow("write", sender()).ok
    with clock.frozen(moment + timedelta(seconds=61)):
        assert limits.allow("write", sender()).ok


def test_one_network_shares_its_limit_and_an_ipv6_network_too():
    assert limits.prefix_hash(sender("192.0.2.7")) == limits.prefix_hash(sender("192.0.2.200"))
    assert limits.prefix_hash(sender("2001:db8:0:1::1")) == limits.prefix_hash(sender("2001:db8:0:1:ffff::2"))
    assert limits.prefix_hash(sender("192.0.2.7")) != limits.prefix_hash(sender("192.0.3.7"))


def test_tomorrow_the_same_network_has_another_hash():
    today = limits.prefix_hash(sender())
    with clock.frozen(clock.now() + timedelta(days=1)):
        limits._secret.cache_clear()
        assert limits.prefix_hash(sender()) != today
    assert DailySecret.objects.count() == 1


def test_code_entry_counts_failures_only(settings):
    settings.NAAST_LIMITS = {**settings.NAAST_LIMITS, "code": 2}
    with clock.frozen(clock.now()):
        for _ in range(5):
            assert limits.blocked("code", sender()).ok
        limits.failed("code", sender())
        limits.failed("code", sender())
        assert not limits.blocked("code", sender()).ok


def test_a_nonsense_address_is_no_error():
    assert limits.prefix_hash(sender("geen adres"))
