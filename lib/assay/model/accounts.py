"""What a policy may call a person, and what that gives them: roles, and the runs that are theirs."""

from collections.abc import Collection

from assay.model.people import Person, Role
from assay.model.review.policy import AccessPolicy

LOCAL, DEMO = "local", "demo"
"""The issuers of accounts that nobody vouches for."""


def roles_of(person: Person, access: AccessPolicy) -> frozenset[Role]:
    """Every role that names them by email, domain, group or account; without a verified email none, groups or not."""
    own = _names(person)
    return frozenset(role for role, given in access.roles.items() if any(_named(one) in own for one in given))


def users_of(person: Person, access: AccessPolicy) -> frozenset[str]:
    """The names that MLflow has their runs under, as far as the policy says."""
    own = _names(person)
    return frozenset(user for account, users in access.people.items() if _named(account) in own for user in users)


def unmatched(users: Collection[str], access: AccessPolicy) -> tuple[str, ...]:
    """Those of `users` that the policy maps to nobody, ascending."""
    known = {user for names in access.people.values() for user in names}
    return tuple(sorted({*users} - known))


def _names(person: Person) -> frozenset[str]:
    """What a policy may call them; only an issuer that was asked can say that an email or a group is theirs."""
    if person.issuer == LOCAL:
        return frozenset({LOCAL})
    if person.issuer == DEMO:
        return frozenset({f"{DEMO}:{person.subject}"})
    if not person.verified or "@" not in person.email:
        return frozenset()
    domain = person.email.rpartition("@")[2]
    groups = (f"group:{group}" for group in person.groups)
    return frozenset({"*", person.email.casefold(), f"@{domain.casefold()}", *groups})


def _named(given: str) -> str:
    """As `_names` has it: emails and domains in any case, groups as they are."""
    text = given.strip()
    return text if text.startswith(("group:", f"{DEMO}:")) else text.casefold()
