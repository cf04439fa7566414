"""Freshness: who keeps each text true, who is asked when, which links lead nowhere any more."""
