"""The words for who may act from here, and why a server does not start."""

from collections.abc import Mapping

from assay.model.note import Code
from assay.model.review.notes import AccountNote as Says
from assay.view.text.notes.template import Words

_SECRETS = ".streamlit/secrets.toml"

WORDS: Mapping[Code, Words] = {
    Says.AUTH_UNKNOWN: "ASSAY_AUTH is {found!r}; it must be one of {known}.",
    Says.AUTH_NO_PROVIDER: (
        f"ASSAY_AUTH is oidc, and [auth] in {_SECRETS} does not say {{missing}}: nobody could sign in."
    ),
    Says.AUTH_COOKIE_SECRET: (
        f"The cookie_secret of [auth] in {_SECRETS} can be guessed, and whoever does is anybody they like; it needs "
        "{shortest} characters or more that nobody chose: those of `openssl rand -hex 32`, for one."
    ),
    Says.AUTH_TRUSTED_HEADERS: (
        "server.trustedUserHeaders is set: whoever reaches this server could send such a header and be anybody; "
        "take it out, and let people sign in with ASSAY_AUTH=oidc."
    ),
    Says.NOT_LOOPBACK: (
        "Nothing can be saved from {host}: without a sign-in everybody there would act as the account that this "
        "server runs under. Open it at http://localhost on the machine that serves, or let people sign in with "
        "ASSAY_AUTH=oidc."
    ),
    Says.LOCAL_ACCOUNT: (
        "You act as {name}, the account that this server runs under; nobody vouches for that, and whoever else uses "
        "this machine can act as it."
    ),
    Says.NO_ROLE: (
        "You are signed in as {name}, and the policy gives that account no role here. Somebody who may edit the "
        "policy can give it one by email, domain or group."
    ),
    Says.EMAIL_UNVERIFIED: (
        "You are signed in as {name}, but your provider does not say that your email is verified, and roles are given "
        "by verified email alone. Verify it there, then sign in again."
    ),
    Says.HOST_OTHER: (
        "A sign-in leads back to {expected} and holds there alone; you are at {found}, so open this page there first."
    ),
}
