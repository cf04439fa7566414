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


def through_a_proxy(forwarded, address="127.0.0.1"):
    return RequestFactory().get("/", REMOTE_ADDR=address, HTTP_X_FORWARDED_FOR=forwarded)


def test_behind_a_proxy_each_network_has_its_own_limit(settings):
    # Else the whole country shares the proxy's: ten wrong codes of one person would close every locker.
    settings.NAAST_PROXIES = 1
    here = limits.prefix_hash(through_a_proxy("192.0.2.7"))
    assert here == limits.prefix_hash(sender("192.0.2.7"))
    assert here != limits.prefix_hash(through_a_proxy("198.51.100.7"))


def test_what_a_sender_says_of_their_own_address_is_not_believed(settings):
    settings.NAAST_PROXIES = 1
    assert limits.prefix_hash(through_a_proxy("203.0.113.9, 192.0.2.7")) == limits.prefix_hash(sender("192.0.2.7"))
    settings.NAAST_PROXIES = 0
    assert limits.prefix_hash(through_a_proxy("203.0.113.9", "192.0.2.7")) == limits.prefix_hash(sender("192.0.2.7"))
    settings.NAAST_PROXIES = 2  # one hop is missing: this did not come through our proxies
    assert limits.prefix_hash(through_a_proxy("203.0.113.9", "192.0.2.7")) == limits.prefix_hash(sender("192.0.2.7"))


def test_ipv4_that_comes_in_through_an_ipv6_socket_is_told_apart():
    assert limits.prefix_hash(sender("::ffff:192.0.2.7")) == limits.prefix_hash(sender("192.0.2.7"))
    assert limits.prefix_hash(sender("::ffff:192.0.2.7")) != limits.prefix_hash(sender("::ffff:198.51.100.7"))


def test_many_networks_together_cannot_close_the_door_for_who_did_nothing_yet(settings):
    # One person with an IPv6 /48 has 256 networks: enough to reach the ceiling over all.
    settings.NAAST_LIMITS = {**settings.NAAST_LIMITS, "code": 2, "write": 2}
    with clock.frozen(clock.now()):
        for number in range(limits.GLOBAL_FACTOR):
            for _ in range(2):
                limits.failed("code", sender(f"10.0.{number}.1"))
                limits.allow("write", sender(f"10.0.{number}.1"))
        assert limits.blocked("code", sender()).ok
        assert limits.allow("write", sender()).ok
        limits.failed("code", sender())
        assert not limits.blocked("code", sender()).ok
        assert not limits.allow("write", sender()).ok


def test_past_five_times_the_ceiling_the_door_closes_for_all(settings):
    settings.NAAST_LIMITS = {**settings.NAAST_LIMITS, "code": 1, "write": 1}
    with clock.frozen(clock.now()):
        for number in range(limits.GLOBAL_FACTOR * 5):
            limits.failed("code", sender(f"10.0.{number}.1"))
            limits.allow("write", sender(f"10.0.{number}.1"))
        assert not limits.blocked("code", sender()).ok
        assert not limits.allow("write", sender()).ok
