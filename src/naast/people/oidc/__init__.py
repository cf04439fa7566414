"""Signing in through a municipality's own sign-in: OpenID Connect, several providers at once (decision 0024)."""
