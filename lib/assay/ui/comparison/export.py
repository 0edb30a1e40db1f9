"""Taking it along: report, tables as Markdown, LaTeX and CSV, and the whole result as JSON.

Files are made while the expander is open and handed over as bytes. A button that makes its file on the click loses it
when any session's script ends between the click and the browser's request (Streamlit 1.67 clears such files then).
"""

import json
import re
from collections.abc import Mapping, Sequence

import streamlit as st

from assay.queries import provenance
from assay.ui import links
from assay.ui.comparison import basis, examples
from assay.ui.comparison.question import Answer
from assay.view import objects
from assay.view.exports import FORMATS
from assay.view.objects.comparison import comparison
from assay.view.text.comparison.report import reports

_SUFFIXES = {"Markdown": ("md", "text/markdown"), "LaTeX": ("tex", "text/x-tex"), "CSV": ("csv", "text/csv")}
_MOST_SHOWN = 40


def show_export(answer: Answer) -> None:
    """Every table of the page in three formats, the report's sentences, and JSON of everything."""
    expander = st.expander("Take it along", icon=":material/download:", key="take", on_change="rerun")
    if not expander.open:
        return
    with expander:
        tables = {**basis.made(answer.found), **examples.made(answer)}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            title = st.selectbox("Table", list(tables), key="take-table") or next(iter(tables))
            form = st.selectbox("Format", list(FORMATS), key="take-format", width=160) or "Markdown"
            suffix, kind = _SUFFIXES[form]
            st.download_button(
                "Download table",
                FORMATS[form](tables[title]).encode(),
                f"{_name(answer, title)}.{suffix}",
                kind,
                key="take-download",
                icon=":material/download:",
                on_click="ignore",
            )
        text = FORMATS[form](tables[title].head(_MOST_SHOWN))
        st.code(text, language=None, height=320 if len(text) > 2_000 else "content")
        if len(tables[title].frame) > _MOST_SHOWN:
            st.caption(f"The first {_MOST_SHOWN} of {len(tables[title].frame):,} rows; the download has all.")
        _whole(answer)


def _whole(answer: Answer) -> None:
    choices = links.query(answer.choices)
    link = links.address("compare", choices)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Whole result as JSON",
            as_json(answer, choices, link),
            f"{_name(answer, 'result')}.json",
            "application/json",
            key="take-json",
            icon=":material/data_object:",
            on_click="ignore",
        )
        st.download_button(
            "Sentences for the report",
            "\n".join(reports(answer.found)) + "\n",
            f"{_name(answer, 'report')}.txt",
            "text/plain",
            key="take-report",
            icon=":material/notes:",
            on_click="ignore",
        )
    st.caption(
        "The JSON holds every number, parameter and run id, the versions of what computed them, the policy's digest "
        "and what the data are complete as of. Figures are saved by the button below them."
    )


def as_json(answer: Answer, choices: Mapping[str, Sequence[str]], link: str) -> bytes:
    """The whole result: what was asked, of which data, by what, and every number."""
    whole = {
        **provenance.of(answer.context.work),
        "parameters": choices,
        "link": link,
        "result": comparison(answer.found),
    }
    return json.dumps(objects.plain(whole), ensure_ascii=False, indent=2).encode()


def _name(answer: Answer, what: str) -> str:
    """A file name that says what it holds: `assay-accuracy-slices`."""
    words = f"assay {answer.found.first.metric.name} {what}".lower()
    return re.sub(r"[^\w]+", "-", words).strip("-")[:80]
