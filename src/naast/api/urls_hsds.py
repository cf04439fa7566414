"""Addresses of the Open Referral API (HSDS 3.0) below /hsds/v3/."""

from django.urls import re_path

from naast.api.answers import HSDS, nothing_in_hsds
from naast.api.service import hsds
from naast.api.urls import wrapped

app_name = "hsds"
urlpatterns = [*wrapped(hsds, HSDS), re_path(r"^(?P<path>(?s:.*))\Z", nothing_in_hsds)]
