"""Writing about sign-in elsewhere: the link between an account and a provider's person, made once, ended by hand."""

from django.db import transaction

from naast.core import audit, clock
from naast.people.models import User
from naast.people.oidc.models import SignInLink
from naast.people.oidc.queries import digest_of, found_by, works_at
from naast.people.oidc.rules import Proved, Provider, Refused, belongs


@transaction.atomic
def admitted(*, provider: Provider, proved: Proved) -> User:
    """Return whose account this is, and link it at the first time.

    Afterwards only issuer and subject count. The first time it takes an address that the provider vouches for, of one of
    its domains, that an administrator made an account for. Each time it takes a role at the provider's own place.
    Raises Refused.
    """
    digest = digest_of(proved.issuer, proved.subject)
    link = SignInLink.objects.select_related("user").filter(found_by=found_by(digest)).first()
    if link is not None:
        if not works_at(link.user, provider):
            raise Refused("no-role")
        return link.user
    user = _by_address(provider, proved)
    known = SignInLink.objects.filter(user=user, provider=provider.slug).first()
    if known is not None and known.digest == digest:
        # Them, under a key of before: it went from the ring, and `naast keys rotate` did not run yet.
        known.found_by = found_by(digest)
        known.save(update_fields=["found_by", "digest"])
        return user
    if known is not None:
        # The address went to somebody else: a new colleague does not get the account of the one before.
        raise Refused("somebody-else")
    made = SignInLink.objects.create(
        user=user, provider=provider.slug, found_by=found_by(digest), digest=digest, created=clock.now()
    )
    audit.record(
        actor=f"staff:{user.pk}", act="link", kind="people.SignInLink", record_id=made.pk, fields=("provider",)
    )
    return user


def _by_address(provider: Provider, proved: Proved) -> User:
    if not proved.email or not belongs(proved.email, provider.domains):
        raise Refused("address")
    from naast.people.staffing.actions import accept  # it ends links when somebody leaves

    user = User.objects.filter(email=proved.email).first()
    # Who was invited opens the account by proving at their municipality who they are, as well as by the mailed link.
    if user is None or not (user.is_active or accept(user=user)):
        raise Refused("no-account")
    if not works_at(user, provider):
        raise Refused("no-role")
    return user


def forget_links(user: User) -> int:
    """Take every link off an account: at the next sign-in the address counts once more. Returns how many there were."""
    return SignInLink.objects.filter(user=user).delete()[0]


@transaction.atomic
def make_findable_again() -> int:
    """Make every keyed hash anew after the oldest key of the ring changed; returns how many changed. Idempotent."""
    changed = 0
    for link in SignInLink.objects.select_for_update():
        if not link.digest:
            continue  # its key is gone: an administrator takes the link off, and the address counts once more
        wanted = found_by(str(link.digest))
        if wanted != link.found_by:
            link.found_by = wanted
            link.save(update_fields=["found_by", "digest"])
            changed += 1
    return changed
