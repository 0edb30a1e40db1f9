"""Where a matrix of checks is turned to, and which of its cells is chosen: both in the address."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from assay.model.evidence.matrix import CheckMatrix
from assay.view.text.escape import code, short

_LONGEST = 6


@dataclass(frozen=True, slots=True)
class MatrixPlace:
    """Of one page, whose names in the address begin with `prefix` and a hyphen."""

    prefix: str

    def name(self, what: str) -> str:
        """`leak-row`."""
        return f"{self.prefix}-{what}"

    def first(self) -> int:
        """The first row in view; what is no such number is said."""
        given = st.query_params.get(self.name("first"), "0")
        if given.isdecimal() and len(given) <= _LONGEST:
            return int(given)
        st.warning(
            f"The link asks for rows from {code(short(given, 20))} on, which is no number; shown are the first.",
            icon=":material/link_off:",
        )
        return 0

    def turn(self, first: int) -> None:
        """Turns to the rows from `first` on; the chosen cell stays behind."""
        self.let_go()
        if first:
            st.query_params[self.name("first")] = str(first)
        else:
            st.query_params.pop(self.name("first"), None)

    def choose(self, run_id: str, check: str = "") -> None:
        """Writes a cell into the address: without a check the worst of its row."""
        self.let_go()
        st.query_params[self.name("row")] = run_id
        if check:
            st.query_params[self.name("check")] = check

    def let_go(self) -> None:
        """Takes the cell out of the address: the worst is shown."""
        for what in ("row", "check"):
            st.query_params.pop(self.name(what), None)

    def chosen(self) -> tuple[str, str]:
        """Run and check of the cell that the address asks for, each empty where it asks for none."""
        return st.query_params.get(self.name("row"), ""), st.query_params.get(self.name("check"), "")

    def pager(self, found: CheckMatrix) -> None:
        """Which rows are in view, and the ways to the others."""
        asked = found.question
        if found.total <= len(found.rows):
            return
        after = asked.first + len(found.rows)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"Rows {asked.first + 1:,} to {after:,} of {found.total:,}.", width="content")
            if asked.first:
                back = max(asked.first - asked.most, 0)
                self._button(f"Previous {asked.most}", back, icon=":material/arrow_back:", type="tertiary")
            if after < found.total:
                rest = min(asked.most, found.total - after)
                self._button(f"Next {rest}", after, icon=":material/arrow_forward:", type="tertiary")

    def beyond(self, found: CheckMatrix) -> None:
        """Says that the address asks for rows after the last one, and leads to the first."""
        st.header("No row here", anchor=False)
        st.markdown(f"The link asks for rows from {found.question.first + 1:,} on; there are {found.total:,}.")
        self._button("Show the first rows", 0, icon=":material/first_page:")

    def _button(self, label: str, first: int, **manner: Any) -> None:
        st.button(label, on_click=self.turn, args=(first,), **manner)
