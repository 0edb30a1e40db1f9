"""What differs and what repeats say on the left, how to run one run again on the right, and what can be taken along."""

from collections.abc import Mapping

import streamlit as st

from assay.model.evidence.matrix import CheckRow
from assay.model.evidence.reproduction import Reproduction
from assay.queries.evidence.reproduction import reproduction
from assay.queries.runs.meant import meant
from assay.ui import controls, export, links, load, show
from assay.ui.evidence.record.answer import RecordAnswer
from assay.ui.evidence.record.question import RUN
from assay.view.objects import reproducibility as objects
from assay.view.tables.column import Table
from assay.view.tables.evidence.reproducibility import differences, matrix, repeats
from assay.view.text.escape import flat, short
from assay.view.text.evidence import reproducibility as text
from assay.view.text.evidence.reproduce.file import reproduce

RECORD, DIFFERENCES, REPEATS = "Record", "Differences", "Repeats"
NAME = "REPRODUCE.md"
_OF_ID, _TALL, _LONGEST = 8, 520, 40


def show_beside(answer: RecordAnswer) -> None:
    """Both columns; the file last, for it asks anew."""
    left, right = st.columns([7, 5], gap="medium")
    with left:
        _differences(answer)
        _repeats(answer)
    with right, st.container(border=True):
        _file(answer)


def _differences(answer: RecordAnswer) -> None:
    found = answer.found
    st.subheader(DIFFERENCES, anchor=False)
    if found.differences:
        show.table(differences(found), "differences")
    st.caption(text.compared(found))


def _repeats(answer: RecordAnswer) -> None:
    found = answer.found
    st.subheader("Repeats of the same setup and seed", anchor=False)
    if not found.repeats:
        st.caption("No setup was run twice with the same seed: run one again, and log it as a run of its own.")
        return
    show.table(repeats(found), "repeats")
    for told in filter(None, (text.worst_repeat(found), text.by_chance(found))):
        st.caption(told)


def _file(answer: RecordAnswer) -> None:
    """The file of the chosen run, to read, to take along, and as a command."""
    place = st.container(horizontal=True, vertical_alignment="bottom")
    place.subheader(NAME, anchor=False, width="content")
    with place:
        run_id = _run(answer)
    found: Reproduction = load.answer(answer.context.work, reproduction, run_id)
    made = reproduce(found)
    # The keyboard scrolls a container by the button within it, and code that scrolls by itself not at all.
    with st.container(height=_TALL, border=False):
        st.code(made, language=None, wrap_lines=True)
    command = f"assay reproducibility --reproduce {run_id[:_OF_ID]} -o {NAME}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download", made.encode(), NAME, "text/markdown", key="reproduce", icon=":material/download:"
        )
        with st.popover("Copy command", icon=":material/terminal:", type="tertiary"):
            st.code(command, language=None, wrap_lines=True)
    st.caption(f"`{command}` writes the same file.")


def _run(answer: RecordAnswer) -> str:
    """The newest run of each row, or whichever the reader or the link names."""
    rows, usual = answer.found.rows, answer.run_id
    offered = {_called(row, row.run_id): row.run_id for row in rows}
    nothing = next(_called(row, usual) for row in rows if usual in row.run_ids)
    given = controls.one("Run", list(offered), RUN, nothing=nothing)
    return offered.get(given) or meant(answer.context.work, given) if given else usual


def _called(row: CheckRow, run_id: str) -> str:
    return f"{short(flat(row.label), _LONGEST)} ({run_id[:_OF_ID]})"


def show_ways_on(answer: RecordAnswer) -> None:
    """What can be taken along, and the link to here."""
    export.offer(answer.context, parcel(answer))
    with st.container(horizontal=True, vertical_alignment="center"):
        links.copy("reproducibility", answer.choices)
        links.to_checklist("Checklists", {"in": answer.row.experiment, "candidate": answer.row.filter})
        links.to_runs("Back to runs")


def parcel(answer: RecordAnswer) -> export.Parcel:
    """Every table, the sentences for the report, and every number."""
    return export.Parcel(
        about="reproducibility",
        path="reproducibility",
        choices=answer.choices,
        tables=lambda: made(answer),
        sentences=lambda: text.reports(answer.found),
        result=lambda: {"reproducibility": objects.reproducibility(answer.found)},
    )


def made(answer: RecordAnswer) -> Mapping[str, Table]:
    """The tables by heading, those with rows."""
    found = answer.found
    tables = {RECORD: matrix(found), DIFFERENCES: differences(found), REPEATS: repeats(found)}
    return {name: table for name, table in tables.items() if len(table.frame)}
