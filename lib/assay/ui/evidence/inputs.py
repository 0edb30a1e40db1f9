"""Inputs that pages on checks share: which runs, which checks are columns, what is ignored, and what a row is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from assay.errors import SelectionError
from assay.model.comparison.notes import ComparisonNote
from assay.queries.runs.inventory import all_keys, keys
from assay.queries.runs.inventory import experiments as held_experiments
from assay.ui import controls, load
from assay.ui.evidence.place import MatrixPlace
from assay.ui.frame import Context
from assay.view.text.numbers import count

CONFIGURATIONS, RUNS = "configurations", "runs"
MOST, SPARE = 50, 10
"""Rows of a page, and how many more where a last page would hold no others."""
WHOLE = 250
"""Runs whose files are all read, so that nothing waits on a later page."""
MOST_SEEN = 12
"""Rows that a table shows without being scrolled; of more the gravest come first."""

C = TypeVar("C", bound=str)


@dataclass(frozen=True, slots=True)
class CheckInputs:
    """Those of one page, by its `place` in the address; `names`: what its checks are called, `title`: all of them."""

    place: MatrixPlace
    names: Mapping[str, str]
    title: str

    @property
    def all(self) -> str:
        """What chooses every check: `all 14`."""
        return f"all {len(self.names)}"

    def with_deleted(self) -> bool:
        """Whether deleted runs are asked for; what else the link says is said, before the toggle in its popover."""
        key = self.place.name("deleted")
        controls.said_toggle(key)
        return controls.is_on(key)

    def within(self, context: Context, *, deleted: bool) -> list[str]:
        """The experiments."""
        held = load.answer(context.work, held_experiments, deleted)
        names = [one.name for one in held]
        nothing = controls.all_of(held)
        return controls.several("Experiments", names, self.place.name("in"), nothing=nothing, everything=True)

    def shown(self, nothing: str) -> list[str]:
        """The checks to show, in a popover that says how many; none: those of `nothing`."""
        key = self.place.name("checks")
        # After Back the inputs still hold what was left, until they are drawn: the address alone is right.
        chosen = st.query_params.get_all(key)
        of = self.all if self.all in chosen else f"{len(chosen)} of {len(self.names)}" if chosen else nothing
        with st.popover(f"{self.title}: {of}"):
            return controls.several(self.title, [self.all, *self.names.values()], key, nothing=nothing)

    def rarer(self, context: Context, within: Sequence[str]) -> tuple[list[str], bool]:
        """Ignored params and deleted runs, in a popover that says its state."""
        ignored = len(st.query_params.get_all(self.place.name("ignore")))
        key = self.place.name("deleted")
        deleted = controls.is_on(key)
        said = f"Ignored: {count(ignored, 'param') if ignored else 'as the policy'}"
        with st.popover(f"{said}, with deleted runs" if deleted else said):
            known = load.answer(context.work, all_keys if deleted else keys, tuple(within)).params
            name = self.place.name("ignore")
            ignore = controls.several("Ignore params", known, name, nothing="those of the policy")
            return ignore, controls.toggle("Deleted runs too", key, said=True)

    def single(self) -> bool:
        """Whether a row is a run: the switch beside the heading."""
        return controls.switch("What a row is", (CONFIGURATIONS, RUNS), self.place.name("rows")) == RUNS

    def checks(self, chosen: Sequence[str], every: Sequence[C]) -> tuple[C, ...]:
        """Those of `every` check that are chosen, by name or id; raises SelectionError for one that there isn't."""
        if self.all in chosen:
            return tuple(every)
        known = {self.names[one]: one for one in every} | {str(one): one for one in every}
        for one in chosen:
            if one not in known:
                allowed = (self.all, *self.names.values())
                raise SelectionError(ComparisonNote.UNKNOWN_OPTION, what="check", given=one, allowed=allowed)
        wanted = {known[one] for one in chosen}
        return tuple(one for one in every if one in wanted)

    def named(self, checks: Sequence[str]) -> list[str]:
        """Checks as the address has them."""
        return [self.all] if len(checks) == len(self.names) else [self.names[one] for one in checks]
