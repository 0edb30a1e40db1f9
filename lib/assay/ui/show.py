"""Tables and figures of `view` on the page, each in the one way that the look asks for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import streamlit as st
from streamlit.typing import DataframeState

from assay.model.runs.artifacts import Preview
from assay.view.charts.picture import Picture, printed
from assay.view.tables.column import Column, Table
from assay.view.text.numbers import count

# Plotly's text in the light theme is too faint and no option changes it; dark is right as it is.
_LIGHT_TEXT = "#55616E"
_MOST_ROWS = 12
_MOST_WARNINGS = 3
_WARNING = ":orange[:material/warning:] "
_ROW, _HEADER = 35, 37
_TALL_ROW = 62
_PRINTED_WIDTH = 860
# Streamlit would make a JPEG of every image without transparency, which blurs figures and fails on 16 bits a pixel.
_AS_IT_IS: Mapping[str, Literal["JPEG", "auto"]] = {"JPEG": "JPEG", "GIF": "auto"}
_STILL = {"scrollZoom": False, "doubleClick": False}


Selected = Callable[[Mapping[str, Any]], None]


def picture(
    shown: Picture,
    name: str,
    *,
    saveable: bool = True,
    selected: Selected | None = None,
    picked: Callable[[int], None] | None = None,
    claim: Callable[[], None] | None = None,
) -> None:
    """A figure with its caption; the key changes with the theme, so that a switch draws it anew.

    `claim`: draws what the figure shows, between both. `saveable`: with a button beside its caption, if it has one,
    that shows the figure as a file has it. `selected`: takes what was dragged over (`box`), before the page runs again;
    `picked`: the number that the clicked mark holds.
    """
    theme = st.context.theme.type or "light"
    key = f"{name}-{theme}"
    if theme == "light":
        axes = {"tickfont_color": _LIGHT_TEXT, "title_font_color": _LIGHT_TEXT}
        shown.figure.update_layout(font_color=_LIGHT_TEXT)
        shown.figure.update_xaxes(**axes)
        shown.figure.update_yaxes(**axes)
    if selected is not None:
        shown.figure.update_layout(dragmode="select")
    st.plotly_chart(
        shown.figure,
        key=key,
        on_select=_taken(key, selected, picked),
        selection_mode="points" if selected is None else "box",
        config={"displayModeBar": False, **_STILL},
        alt=shown.alt,
    )
    if claim is not None:
        claim()
    with st.container(horizontal=True):
        if shown.caption:
            st.caption(shown.caption)
        save = saveable and shown.caption
        if save and st.button("Save figure", icon=":material/download:", type="tertiary", key=f"save-{name}"):
            _save(shown, name)


def _taken(
    key: str, selected: Selected | None, picked: Callable[[int], None] | None
) -> Literal["ignore"] | Callable[[], None]:
    """What a selection in a figure does."""
    if selected is not None:
        return lambda: selected(st.session_state[key]["selection"])
    if picked is None:
        return "ignore"

    def take() -> None:
        marks = [one["customdata"] for one in st.session_state[key]["selection"]["points"] if "customdata" in one]
        if marks:
            picked(int(marks[0][0] if isinstance(marks[0], list) else marks[0]))

    return take


@st.dialog("Save figure", icon=":material/download:", width="large")
def _save(shown: Picture, name: str) -> None:
    """The figure for paper, as often as wanted: a popover would close with the first file."""
    form = st.radio("Format", ["PNG", "SVG"], key=f"save-{name}-as", horizontal=True)
    figure = printed(shown.figure)
    size = {"width": _PRINTED_WIDTH, "height": figure.layout.height, "scale": 2}
    st.plotly_chart(
        figure,
        theme=None,
        key=f"saved-{name}-{form}",
        config={
            "displayModeBar": True,
            "displaylogo": False,
            "modeBarButtons": [["toImage"]],
            "toImageButtonOptions": {"format": form.lower(), "filename": f"assay-{name}", **size},
            **_STILL,
        },
        alt=shown.alt,
    )
    st.caption("Saved by the camera above the figure, light whatever the page's theme.")


def image(shown: Preview, alt: str) -> None:
    """An image that a run logged, which is whole; `alt` as one line of plain text."""
    st.image(str(shown.image), output_format=_AS_IT_IS.get(shown.form, "PNG"), alt=alt)


def table(shown: Table, name: str) -> None:
    """A table to read: sorting, search and copying are the browser's."""
    st.dataframe(shown.frame, key=name, **_manner(shown))


def warnings(said: Sequence[str], behind: Sequence[str] = (), of_behind: str = "") -> None:
    """Markdown, the gravest first: some in sight, the rest behind their number.

    `behind`: what never stands in sight, and `of_behind` what that is about, for where there is nothing else.
    """
    for one in said[:_MOST_WARNINGS]:
        st.caption(_WARNING + one)
    if rest := [*said[_MOST_WARNINGS:], *behind]:
        more = count(len(rest), "more warning") if said else f"{count(len(rest), 'warning')} {of_behind}"
        with st.expander(more, icon=":material/warning:"):
            for one in rest:
                st.caption(_WARNING + one)


def preset(name: str, rows: list[int]) -> None:
    """Ticks the rows that the address asks for, in a table that is new or whose reader went back to that address."""
    ticked = sorted(st.session_state[name]["selection"]["rows"]) if name in st.session_state else None
    if ticked is None or (ticked == st.session_state.get(_left(name)) != sorted(rows)):
        st.session_state[name] = {"selection": {"rows": rows}}


def choice(
    shown: Table, name: str, *, one: bool = False, ticked: Callable[[list[int]], None] | None = None
) -> list[int]:
    """A table whose rows, or `one` of them, can be ticked; the positions of those that are, as the frame has them.

    `ticked`: takes them when the reader changes them, before the page runs again.
    """

    def changed() -> None:
        # A new table tells what it has been given, beside whatever input the reader changed first.
        rows = sorted(st.session_state[name]["selection"]["rows"])
        if ticked and rows != st.session_state.get(_left(name)):
            ticked(rows)

    mode: Literal["single-row", "multi-row"] = "single-row" if one else "multi-row"
    state: DataframeState = st.dataframe(
        shown.frame,
        key=name,
        on_select="rerun" if ticked is None else changed,
        selection_mode=mode,
        **_manner(shown),
    )
    rows = sorted(state.selection.rows)
    st.session_state[_left(name)] = rows
    return rows


def cell(shown: Table, name: str, chosen: tuple[int, str], picked: Callable[[tuple[int, str] | None], None]) -> None:
    """A table of which one cell is chosen, by its row and the frame's column.

    `picked`: takes the cell that the reader clicks, None where it is let go, before the page runs again.
    """
    if name in st.session_state:
        held = st.session_state[name]["selection"]["cells"]
        moved = held == st.session_state.get(_left(name)) != [chosen]
    if name not in st.session_state or moved:
        st.session_state[name] = {"selection": {"cells": [chosen]}}

    def changed() -> None:
        cells = st.session_state[name]["selection"]["cells"]
        if cells != st.session_state.get(_left(name)):
            picked(cells[0] if cells else None)

    state: DataframeState = st.dataframe(
        shown.frame, key=name, on_select=changed, selection_mode="single-cell", **_manner(shown)
    )
    st.session_state[_left(name)] = state.selection.cells


def _left(name: str) -> str:
    """Where the rows or cells are kept that were ticked when the page last ran: a difference is the reader's doing."""
    return f"{name}-left"


def _manner(shown: Table) -> dict[str, Any]:
    """How every table is shown, to read or to tick."""
    return {
        "hide_index": True,
        "column_order": list(shown.columns),
        "column_config": {name: _column(column) for name, column in shown.columns.items()},
        "height": _height(shown),
        "row_height": _TALL_ROW if _is_tall(shown) else None,
        "placeholder": "–",
        "alt": shown.alt,
    }


def _height(shown: Table) -> Any:
    return "content" if len(shown.frame) <= _MOST_ROWS else _HEADER + _ROW * _MOST_ROWS


def _is_tall(shown: Table) -> bool:
    return any(column.kind == "image" for column in shown.columns.values())


def _column(column: Column) -> Any:
    """The Streamlit column for one of ours."""
    make, common = st.column_config, _common(column)
    match column.kind:
        case "number":
            shown = make.NumberColumn(**common, format=column.format, alignment="left" if column.left else None)
        case "marks":
            colours = list(column.colours.values())
            shown = make.MultiselectColumn(**common, options=list(column.colours), color=colours or None)
        case "strip" | "image":
            shown = make.ImageColumn(**common)
        case "ago":
            shown = make.DatetimeColumn(**common, format="distance")
        case "link":
            shown = make.LinkColumn(**common, display_text=column.format)
        case _:
            shown = make.TextColumn(**common, alignment="right" if column.kind == "right" else None)
    return shown


def _common(column: Column) -> dict[str, Any]:
    return {
        "label": column.header,
        "width": column.width,
        "pinned": column.pinned or None,
        "help": column.help or None,
    }
