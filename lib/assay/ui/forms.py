"""How every form saves: as whoever is here now, once, on the version that its writer saw, and never losing the text."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import uuid4

import streamlit as st

from assay import actions, identity, settings
from assay.errors import AssayError, ReviewError
from assay.model.journal import Via
from assay.model.note import Note
from assay.model.people import Acting, Here
from assay.model.review.notes import ReviewNote
from assay.queries import desk as desks
from assay.queries.review import reading
from assay.view.text.notes import as_markdown
from assay.workspace import Desk

Values = Mapping[str, str]
Act = Callable[[Desk, Acting, Values, int], object]
"""Does what a form is for: at this desk, as this person, with these inputs, on the version that was pinned."""

LOOKED_AT = "review-looked-at"
"""What of a review is on the page; forgotten with every save, so that the page then shows what came of it."""
YOU_ARE = "you-are"
_SHOWN_ANEW = (ReviewNote.ACT_CHANGED_MEANWHILE, ReviewNote.EVIDENCE_MOVED, ReviewNote.BASIS_MOVED)
"""Refused because something else is there now: the page shows that, and the next save is made on it."""
_AS_SHOWN_NEXT = -1
"""Pinned after a refusal: whatever the page shows then."""
_ONE_CLICK = 2.0
"""Seconds in which a second press of a button that nothing was written for since is the same press."""


def here_now() -> tuple[Desk, Here]:
    """Who is here, and what rules and runs there are, as of this moment: made anew for every save."""
    desk = desks.now(settings.read())
    return desk, here_at(desk)


def here_at(desk: Desk) -> Here:
    """Who is here by the rules of this desk; on the demo whom they took on in this session."""
    return identity.here(desk.settings, desk.policy, st.session_state.get(YOU_ARE) or "")


@dataclass(frozen=True, slots=True)
class KeptForm:
    """One thing to save. Its inputs are a draft at every change, until they are saved.

    `place`: tells it from every other form of its owner. `version`: the newest entry of what it changes, as it is
    shown. `start`: what its inputs hold before anything is written, by name.
    """

    desk: Desk
    here: Here
    place: str
    version: int = 0
    start: tuple[tuple[str, str], ...] = ()

    @property
    def owner(self) -> str:
        """Whose drafts these are; "" for nobody."""
        return self.here.person.key if self.here.person else ""

    def text(
        self, label: str, name: str = "text", *, hint: str = "", height: int | None = None, lines: bool = True
    ) -> str:
        """An input of plain text, of one line unless `lines`."""
        key, changed = self._ready(name), self._changed
        if lines:
            return st.text_area(label, key=key, placeholder=hint or None, height=height, on_change=changed) or ""
        return st.text_input(label, key=key, placeholder=hint or None, on_change=changed, live="1s") or ""

    def choice(self, label: str, name: str, options: Mapping[str, str], *, across: bool = True) -> str:
        """One of `options` (value → what stands there), the first until another is chosen."""
        key = self._ready(name)
        values = list(options)
        if st.session_state.get(key) not in options:
            st.session_state[key] = values[0]
        changed = self._changed

        def said(value: str) -> str:
            return options[value]

        if across:
            return st.radio(label, values, key=key, on_change=changed, format_func=said, horizontal=True)
        return st.selectbox(label, values, key=key, on_change=changed, format_func=said)

    def button(
        self, label: str, act: Act, *, names: Sequence[str] = ("text",), why_not: Note | None = None,
        primary: bool = False, icon: str | None = None, stretch: bool = False,
    ) -> None:  # fmt: skip
        """Saves by `act` what its inputs called `names` hold; where it can't be pressed, why stands below it."""
        st.button(
            label,
            key=self._key("save"),
            type="primary" if primary else "secondary",
            icon=icon,
            disabled=why_not is not None,
            width="stretch" if stretch else "content",
            on_click=self._save,
            args=(act, tuple(names)),
        )
        held = self._held()
        if why_not is not None:
            st.caption(as_markdown(why_not))
        elif held.get("error"):
            st.error(as_markdown(held["error"]), icon=":material/error:")
        elif held.pop("saved", False):
            st.caption(":green[:material/check_circle:] Saved.")
        if held.get("undrafted"):
            st.caption(f":orange[:material/warning:] This is not kept as a draft: {as_markdown(held['undrafted'])}")
        elif 0 < held.get("pin", 0) < self.version:
            st.caption(
                ":orange[:material/history:] This changed since you began to write: a save will be refused once."
            )

    def _key(self, name: str) -> str:
        return f"form:{self.owner}:{self.place}:{name}"

    def _held(self) -> dict[str, Any]:
        """What this session knows of the form beside its inputs."""
        held: dict[str, Any] = st.session_state.setdefault(self._key("held"), {})
        return held

    def _ready(self, name: str) -> str:
        """Fills an input with its draft where this session does not know it, and anew where nobody has written in it
        and what it changes is another by now.
        """
        key, held = self._key(name), self._held()
        filled = held.setdefault("filled", {})
        moved = "pin" not in held and filled.get(name, self.version) != self.version
        if key not in st.session_state or moved:
            draft = self._draft()
            st.session_state[key] = draft.get("values", {}).get(name, dict(self.start).get(name, ""))
            filled[name] = self.version
        return key

    def _draft(self) -> dict[str, Any]:
        """The draft that the server keeps; what it is on is pinned as it was when it began."""
        with suppress(AssayError, ValueError):
            written = reading.draft(self.desk, self.owner, self.place)
            found = json.loads(written) if written else {}
            if isinstance(found, dict):
                if "pin" in found:
                    self._held().setdefault("pin", int(found["pin"]))
                return found
        return {}

    def _values(self, names: Sequence[str]) -> dict[str, str]:
        start = dict(self.start)
        return {name: str(st.session_state.get(self._key(name), start.get(name, "")) or "") for name in names}

    def _begun(self) -> dict[str, Any]:
        """Pins the version that is shown, where nothing was written before."""
        held = self._held()
        if held.get("pin", _AS_SHOWN_NEXT) == _AS_SHOWN_NEXT:
            held["pin"] = self.version
        held.setdefault("nonce", str(uuid4()))
        return held

    def _changed(self) -> None:
        """Keeps what its inputs hold as a draft."""
        held = self._begun()
        held.pop("done", None)
        prefix = self._key("")
        names = [key.removeprefix(prefix) for key in map(str, st.session_state) if key.startswith(prefix)]
        values = self._values([name for name in names if name not in ("held", "save")])
        desk, here = here_now()
        held.pop("undrafted", None)
        try:
            if here.person and here.person.key == self.owner:
                text = json.dumps({"pin": held["pin"], "values": values}, ensure_ascii=False)
                actions.drafted(desk, Acting(here, Via.PAGE, held["nonce"]), self.place, text)
        except AssayError as error:
            held["undrafted"] = error.note

    def _save(self, act: Act, names: Sequence[str]) -> None:
        """Before the page runs again; what is refused stays written."""
        held = self._begun()
        if monotonic() - held.get("done", -_ONE_CLICK) < _ONE_CLICK:
            return
        held.pop("error", None)
        desk, here = here_now()
        acting = Acting(here, Via.PAGE, held["nonce"])
        try:
            if here.person is None or here.person.key != self.owner:
                raise ReviewError(ReviewNote.ACT_SIGNED_OUT)
            act(desk, acting, self._values(names), held["pin"])
            with suppress(AssayError):
                actions.drafted(desk, acting, self.place, "")
        except AssayError as error:
            held["error"] = error.note
            if error.note.code in _SHOWN_ANEW:
                held["pin"] = _AS_SHOWN_NEXT
                st.session_state.pop(LOOKED_AT, None)
            return
        self._forget(names)

    def _forget(self, names: Sequence[str]) -> None:
        """After a save: inputs that begin anew, and a page that shows what is there now."""
        for name in names:
            st.session_state.pop(self._key(name), None)
        st.session_state[self._key("held")] = {"saved": True, "done": monotonic()}
        st.session_state.pop(LOOKED_AT, None)
