"""Tests of the Open Referral API."""
