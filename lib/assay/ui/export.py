"""Taking it along: a page's tables as Markdown, LaTeX and CSV, its sentences, and the whole result as JSON.

Files are made while the expander is open and handed over as bytes. A button that makes its file on the click loses it
when any session's script ends between the click and the browser's request (Streamlit 1.67 clears such files then).
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from assay.queries import provenance
from assay.ui import links
from assay.ui.frame import Context
from assay.view import objects
from assay.view.exports import FORMATS
from assay.view.tables.column import Table

_SUFFIXES = {"Markdown": ("md", "text/markdown"), "LaTeX": ("tex", "text/x-tex"), "CSV": ("csv", "text/csv")}
_MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a page gives to take along; `about`: what the files' names tell, `path` and `choices`: the link to here.

    `tables`, `sentences` and `result` are asked for when somebody looks.
    """

    about: str
    path: str
    choices: links.Choices
    tables: Callable[[], Mapping[str, Table]]
    sentences: Callable[[], Sequence[str]]
    result: Callable[[], Mapping[str, Any]]

    def name(self, what: str) -> str:
        """A file name that says what it holds: `assay-accuracy-slices`."""
        words = f"assay {self.about} {what}".lower()
        return re.sub(r"[^\w]+", "-", words).strip("-")[:80]

    def as_json(self, context: Context) -> bytes:
        """The whole result: what was asked, of which data, by what, and every number."""
        choices = links.query(self.choices)
        link = links.address(self.path, choices)
        whole = {**provenance.of(context.work), "parameters": choices, "link": link, "result": self.result()}
        return json.dumps(objects.plain(whole), ensure_ascii=False, indent=2).encode()


def offer(context: Context, parcel: Parcel) -> None:
    """Every table of the page in three formats, the report's sentences, and JSON of everything."""
    expander = st.expander("Take it along", icon=":material/download:", key="take", on_change="rerun")
    if not expander.open:
        return
    with expander:
        tables = parcel.tables()
        with st.container(horizontal=True, vertical_alignment="bottom"):
            title = st.selectbox("Table", list(tables), key="take-table") or next(iter(tables))
            form = st.selectbox("Format", list(FORMATS), key="take-format", width=160) or "Markdown"
            suffix, kind = _SUFFIXES[form]
            st.download_button(
                "Download table",
                FORMATS[form](tables[title]).encode(),
                f"{parcel.name(title)}.{suffix}",
                kind,
                key="take-download",
                icon=":material/download:",
                on_click="ignore",
            )
        text = FORMATS[form](tables[title].head(_MOST_SHOWN))
        st.code(text, language=None, height=320 if len(text) > 2_000 else "content")
        if len(tables[title].frame) > _MOST_SHOWN:
            st.caption(f"The first {_MOST_SHOWN} of {len(tables[title].frame):,} rows; the download has all.")
        _whole(context, parcel)


def _whole(context: Context, parcel: Parcel) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Whole result as JSON",
            parcel.as_json(context),
            f"{parcel.name('result')}.json",
            "application/json",
            key="take-json",
            icon=":material/data_object:",
            on_click="ignore",
        )
        st.download_button(
            "Sentences for the report",
            "\n".join(parcel.sentences()) + "\n",
            f"{parcel.name('report')}.txt",
            "text/plain",
            key="take-report",
            icon=":material/notes:",
            on_click="ignore",
        )
    st.caption(
        "The JSON holds every number, parameter and run id, the versions of what computed them, the policy's digest "
        "and what the data are complete as of. Figures are saved by the button below them."
    )
