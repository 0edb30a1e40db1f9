"""Who is here: the one page of somebody who is signed out or has no role, and the account on every other page."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from assay import identity, settings
from assay.identity import start
from assay.model.note import Note, Quote, note
from assay.model.people import Here, Person, Role
from assay.model.review.notes import AccountNote
from assay.queries import policies
from assay.view.text.escape import sentence
from assay.view.text.notes import as_markdown
from assay.view.text.review.marks import role
from assay.view.text.times import ago
from assay.workspace import Desk

_KEPT = st.components.v2.component("assay.sign_in", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"))


def outsider() -> Here | None:
    """Who may not even read; None for whoever may, as everybody where nobody signs in.

    Raises SettingsError or PolicyError: where nobody can tell people apart, nobody reads.
    """
    current = settings.read()
    if current.auth != "oidc":
        return None
    found = identity.here(current, policies.current(current.policy))
    return None if found.roles else found


def show(found: Here) -> None:
    """The only page that there is for an outsider; the link they came by stays in the address."""
    st.title("Sign in" if found.person is None else "No role here", anchor=False)
    if found.person is None:
        st.markdown("Your team's runs and reviews are shown to people who are signed in.")
    else:
        st.info(as_markdown(_refusal(found.person)), icon=":material/lock:")
    _show_elsewhere()
    with st.container(horizontal=True):
        _show_ways(again=found.person is not None)
    _KEPT(key="kept-link")


def show_account(desk: Desk, *, acts: bool) -> None:
    """In the head of a page whose account it is; without a sign-in only where one acts, and as whom the demo asks.

    With one on every page, since when they are signed in, and how to leave.
    """
    found = identity.here(desk.settings, desk.policy)
    if found.person is None or (desk.settings.auth != "oidc" and (desk.settings.demo or not acts)):
        return
    head, name = st.container(horizontal=True, gap=None, width="content"), sentence(found.person.name)
    with head, st.popover(name, icon=":material/account_circle:", type="tertiary", key="account"):
        st.markdown(f"{sentence(found.person.email)}  \n{', '.join(role(one) for one in Role if one in found.roles)}")
        if found.signed_in_at is None:
            st.caption(as_markdown(note(AccountNote.LOCAL_ACCOUNT, name=found.person.name)))
            return
        since = desk.now - found.signed_in_at
        st.caption(f"Signed in {ago(max(since.total_seconds(), 0.0))}.")
        if since > timedelta(hours=desk.policy.promotion.sign_in_hours):
            st.caption("That is too long ago to save anything; what you write is kept while you sign in again.")
        _show_ways(again=True)
    with head:
        _KEPT(key="kept-link")


def _refusal(person: Person) -> Note:
    code = AccountNote.NO_ROLE if person.email else AccountNote.EMAIL_UNVERIFIED
    return note(code, name=person.email or person.name)


def _show_elsewhere() -> None:
    """Streamlit takes a cookie at the origin alone that a sign-in leads back to, and says nothing where it does not."""
    at, back = urlsplit(st.context.url or ""), urlsplit(start.origin())
    if at.netloc and back.netloc and at[:2] != back[:2]:
        said = note(AccountNote.HOST_OTHER, found=Quote(at.netloc), expected=Quote(f"{back.scheme}://{back.netloc}"))
        st.warning(as_markdown(said), icon=":material/alt_route:")


def _show_ways(*, again: bool) -> None:
    """A button a provider; their keys tell the browser to keep the link."""
    for place, name in enumerate(start.providers()):
        label = f"Sign in{' again' if again else ''}{f' with {name}' if name else ''}"
        kind = "secondary" if again else "primary"
        st.button(sentence(label), key=f"sign-in-{place}", type=kind, on_click=st.login, args=(name or None,))  # type: ignore[arg-type]
    if again:
        st.button("Sign out", key="sign-out", icon=":material/logout:", on_click=st.logout)
