"""The matrix of checks on a page: where it is turned to, and which of its cells is chosen, both in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from assay.model.evidence.matrix import CheckCell, CheckMatrix, CheckRow
from assay.ui import links, show
from assay.view.tables.column import Table
from assay.view.text.escape import code, short
from assay.view.text.notes import as_markdown

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

    def nothing(self, found: CheckMatrix, heading: str) -> None:
        """Why there is no row, and the way on; `heading`: what is said where no run is found."""
        asked = found.question
        with st.container(border=True):
            if found.total:
                st.header("No row here", anchor=False)
                st.markdown(f"The link asks for rows from {asked.first + 1:,} on; there are {found.total:,}.")
                self._button("Show the first rows", 0, icon=":material/first_page:")
                return
            st.header(heading, anchor=False)
            narrowed = asked.filter or asked.experiments
            st.markdown("No run is found; ask for others above." if narrowed else "The store holds no run yet.")
            show.warnings([as_markdown(note) for note in found.notes])
            links.to_runs("All runs", {}, icon=":material/list:")

    def cell(self, found: CheckMatrix, names: Mapping[str, str]) -> tuple[CheckRow, CheckCell]:
        """That of the address, else the worst; what the address asks for and there isn't is said.

        `names`: what the checks are called; `found` has a row.
        """
        run_id, check = self.chosen()
        row = next((one for one in found.rows if run_id in one.run_ids), None)
        if run_id and row is None:
            _missing(f"run {code(short(run_id, 40))}, which is in none of the rows in view")
        if check and check not in names:
            _missing(f"check {code(short(check, 40))}; there are {', '.join(map(code, names))}")
            check = ""
        own = row or found.worst
        assert own is not None
        return own, own.cell(check) if check else own.worst

    def matrix(self, found: CheckMatrix, table: Table, chosen: tuple[CheckRow, CheckCell], key: str) -> None:
        """Rows × checks, in which a click on a cell writes it into the address; the columns shown are checks."""
        row, cell = chosen
        shown = {str(one.check.check) for one in row.cells} & {*table.columns}

        def picked(at: tuple[int, str] | None) -> None:
            if at is None:
                self.let_go()
            else:
                place, column = at
                self.choose(found.rows[place].run_id, column if column in shown else "")

        show.cell(table, key, (found.rows.index(row), str(cell.check.check)), picked)

    def _button(self, label: str, first: int, **manner: Any) -> None:
        st.button(label, on_click=self.turn, args=(first,), **manner)


def _missing(what: str) -> None:
    st.warning(f"The link asks for {what}; shown is the worst finding.", icon=":material/link_off:")
