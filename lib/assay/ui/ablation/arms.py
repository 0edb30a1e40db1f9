"""The arms as a table, what can go, the same in words, and the ways on."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assay.model.ablation.answer import Ablation, Arm
from assay.ui import export, links, show
from assay.ui.ablation.finding import AblationAnswer
from assay.view.objects.ablation import ablation as objects
from assay.view.tables.ablation import arms as tables
from assay.view.tables.ablation import parts
from assay.view.tables.ablation.gains import MOST
from assay.view.tables.column import Table
from assay.view.text.ablation.account import shares
from assay.view.text.ablation.pairs import in_words, of_which_system
from assay.view.text.ablation.report import reports
from assay.view.text.escape import markdown
from assay.view.text.numbers import count

ARMS, ADDED, SYSTEMS, TOGETHER = "Arms of the ablation", "What each adds", "What can go", "What they do together"


def show_arms(answer: AblationAnswer) -> None:
    """Ticked rows lead to Compare, with the full system as baseline."""
    found = answer.found
    st.subheader(ARMS, anchor=False)
    ticked = _ticked(found, f"arms-{abs(hash((found.question, answer.context.work.snapshot.name)))}")
    rest = tables.hidden(found)
    more = f"{count(rest, 'more arm')} of fewer components: the CSV below has all." if rest else ""
    if said := " ".join(filter(None, (shares(found), more))):
        st.caption(said)
    others = [arm for place in ticked if (arm := found.arms[place]).off and arm.side.sample.used_ids]
    with st.container(horizontal=True, vertical_alignment="center"):
        label = f"Compare {count(len(others), 'arm')} with full" if others else "Compare with full"
        links.to_compare(label, _compared(found, others), disabled=not others)
        if not others:
            st.caption("Tick an arm to see its runs beside those of the full system.")


def _ticked(found: Ablation, key: str) -> list[int]:
    """Shows the table; the rows that are ticked in it, in the address by a run of each."""
    runs = [arm.side.sample.used_ids[:1] for arm in found.arms[:MOST]]
    asked = links.ticks()
    show.preset(key, [place for place, first in enumerate(runs) if first and first[0] in asked])
    ticked = show.choice(tables.arms(found), key)
    links.tick([run_id for place in ticked for run_id in runs[place]])
    return ticked


def _compared(found: Ablation, arms: Sequence[Arm]) -> links.Choices:
    asked = found.question
    return {
        "experiment": asked.experiments[:1],
        "metric": found.metric.name,
        "baseline": _runs(found, found.full),
        "candidate": [_runs(found, one) for one in arms],
        "direction": None if found.metric.assumed else found.metric.direction.value,
        "with-deleted": "true" if asked.deleted else None,
        "ignore": asked.ignore,
    }


def _runs(found: Ablation, arm: Arm) -> str:
    """What finds the runs of an arm where nothing else narrows them."""
    return " and ".join(filter(None, (arm.filter, found.question.within.strip())))


def show_systems(answer: AblationAnswer) -> None:
    """Left what smaller systems lose, right the same in words."""
    found = answer.found
    left, right = st.columns([7, 5], gap="medium")
    with left, st.container(border=True):
        st.subheader(SYSTEMS, anchor=False)
        show.table(parts.what_can_go(found), "systems")
    with right, st.container(border=True):
        st.subheader("In words", anchor=False)
        for said in in_words(found, name=markdown):
            st.markdown(f"**{said.title}.** {said.text}")
        if told := of_which_system(found):
            st.caption(told)
        if found.smallest is not None:
            links.to_compare("Compare it with full", _compared(found, [found.smallest.arm]), second="smallest")


def show_ways_on(answer: AblationAnswer) -> None:
    """What can be taken along, and the link to here."""
    export.offer(answer.context, parcel(answer))
    with st.container(horizontal=True, vertical_alignment="center"):
        links.copy("ablation", answer.choices)
        links.to_runs("Back to runs")


def parcel(answer: AblationAnswer) -> export.Parcel:
    """Every table, the sentences for the report, and every number."""
    found = answer.found
    return export.Parcel(
        about=f"ablation {found.metric.name}",
        path="ablation",
        choices=answer.choices,
        tables=lambda: made(found),
        sentences=lambda: reports(found),
        result=lambda: objects(found),
    )


def made(found: Ablation) -> Mapping[str, Table]:
    """The tables that the page shows, by heading, and what they leave out."""
    shown = {ARMS: tables.arms(found), ADDED: parts.contributions(found), SYSTEMS: parts.what_can_go(found)}
    return {**shown, TOGETHER: parts.interactions(found)} if found.interactions else shown
