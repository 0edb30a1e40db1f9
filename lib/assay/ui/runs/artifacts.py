"""The paragraphs of a run's files: the evidence that a review needs, and every file, listed, opened and handed out."""

from pathlib import PurePosixPath

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assay.model.runs.artifacts import (
    MOST_LOADED_BYTES,
    MOST_SHOWN_BYTES,
    ArtifactAsked,
    ArtifactList,
    FileKind,
    Preview,
    kind_of,
)
from assay.model.runs.detail import Detail
from assay.queries.runs import artifacts, detail
from assay.ui import links, load, show
from assay.ui.frame import Context
from assay.view.tables.runs import artifacts as tables
from assay.view.text.escape import block, code, flat, markdown, short
from assay.view.text.notes import as_markdown
from assay.view.text.notes.artifacts import size
from assay.view.text.numbers import count

_MOST_OPENED = 4
_TEXT_LINES, _TEXT_HEIGHT = 16, 380
_LIMITS = (
    f"Ticked files are shown beside: images, text, JSON, CSV and Parquet up to {size(MOST_SHOWN_BYTES)}. HTML and SVG "
    f"are shown as text. Every file up to {size(MOST_LOADED_BYTES)} can be downloaded."
)


def looked_up(context: Context, found: Detail) -> ArtifactList:
    """The run's files, from the store now."""
    return load.answer(context.work, artifacts.listed, found.run.run_id)


def show_evidence(context: Context, found: Detail, place: DeltaGenerator) -> None:
    """What a review would rest on: there, or not logged with the line that logs it."""
    with place.container(border=True):
        st.subheader("Evidence for a review", anchor=False)
        state = load.answer(context.work, detail.evidence, found.run.run_id)
        words = {True: ":green-badge[✓ logged]", False: ":gray-badge[– not logged]", None: ":gray-badge[? not known]"}
        rows = {markdown(item.name): words[item.logged] for item in state.items}
        st.table(rows, border="horizontal", alt="Evidence that this run logged")
        if state.reason:
            st.caption("The artifacts can't be looked at now.")
        if missing := [item.how for item in state.items if item.logged is False]:
            logged = len(state.items) - len(missing)
            with st.expander(f"{logged} of {len(state.items)} logged: how to log the others"):
                st.code("\n".join(["from assay import evidence", *missing]), wrap_lines=True)


def show_artifacts(context: Context, found: Detail, listed: ArtifactList) -> None:
    """Every file with kind and size; those that are ticked are opened beside the list."""
    files = listed.files
    st.subheader(_heading(listed), anchor=False)
    if listed.reason:
        known = f"These were fetched before: {count(len(files), 'file')}." if files else ""
        st.caption(f"The artifacts can't be looked at now. {known}")
    elif not files and not listed.left_out:
        st.markdown("This run logged no artifact.")
    left, right = st.columns([5, 8], gap="medium")
    asked = links.ticks()
    with left:
        if files:
            asked = _ticked(found, listed, asked)
            st.caption(_LIMITS)
        if listed.cut:
            shown = count(len(files), "file")
            st.caption(f":orange[:material/warning:] Listed are the first {shown} only; MLflow shows the rest.")
        if listed.left_out:
            names = count(listed.left_out, "name")
            st.caption(f":orange[:material/warning:] Not listed: {names} that can't be opened here; MLflow may.")
    with right:
        for path in asked[:_MOST_OPENED]:
            _opened(context, ArtifactAsked(found.run.run_id, path))
        if len(asked) > _MOST_OPENED:
            st.caption(f"The first {_MOST_OPENED} of {len(asked):,} ticked files are opened.")


def _heading(listed: ArtifactList) -> str:
    if not listed.files:
        return "Artifacts"
    total = sum(artifact.size or 0 for artifact in listed.files)
    more = " and more" if listed.cut else ""
    return f"Artifacts, {count(len(listed.files), 'file')}{more}, {size(total)}"


def _ticked(found: Detail, listed: ArtifactList, asked: list[str]) -> list[str]:
    """Shows the list; the paths that are ticked in it, in the address too, after those that are in no row."""
    paths = [artifact.path for artifact in listed.files]
    place_of = {path: place for place, path in enumerate(paths)}
    key = f"files-{found.run.run_id}-{hash(tuple(paths))}"
    show.preset(key, [place_of[path] for path in asked if path in place_of])
    unlisted = [path for path in asked if path not in place_of]
    chosen = [*unlisted, *(paths[place] for place in show.choice(tables.files(listed.files), key))]
    links.tick(chosen)
    return chosen


def _opened(context: Context, asked: ArtifactAsked) -> None:
    """One file in a frame of its own, as far as it can be shown, with the button that hands it out."""
    found = load.answer(context.work, artifacts.opened, asked)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{markdown(short(asked.path, 60))}** {_measure(found)}", width="stretch")
            _download(context, asked, found)
        if found.reason:
            st.info(as_markdown(found.reason), icon=":material/block:")
        elif found.text is not None:
            _text(found)
        elif found.table is not None:
            show.table(tables.rows(found), f"rows-{asked.run_id}-{asked.path}")
            rows, columns = found.table.shape
            if (rows, columns) != (found.rows, found.columns):
                st.caption(f"The first {count(rows, 'row')} and {count(columns, 'column')}.")
        elif found.image is not None:
            name, (width, height) = flat(asked.path), found.pixels
            show.image(found, f"The image {name}, {width} by {height} pixels")


def _measure(found: Preview) -> str:
    if found.table is not None:
        return f":gray[{count(found.rows, 'row')}, {count(found.columns, 'column')}]"
    if found.image is not None:
        return f":gray[{found.pixels[0]:,} × {found.pixels[1]:,}]"
    return "" if found.size is None else f":gray[{size(found.size)}]"


def _text(found: Preview) -> None:
    assert found.text is not None
    language = "json" if kind_of(found.path) is FileKind.JSON else None
    tall = found.text.count("\n") >= _TEXT_LINES or len(found.text) > 80 * _TEXT_LINES
    st.code(block(found.text), language=language, wrap_lines=True, height=_TEXT_HEIGHT if tall else "content")
    if found.cut:
        st.caption(f"The first {count(len(found.text), 'character')}; the download is whole.")


def _download(context: Context, asked: ArtifactAsked, found: Preview) -> None:
    """Fetched once it is clicked, and always handed out as bytes that no browser opens by itself."""
    if found.size is None or found.size > MOST_LOADED_BYTES:
        return
    name = flat(PurePosixPath(asked.path).name) or "artifact"
    st.download_button(
        "Download",
        lambda: artifacts.loaded(context.work, asked),
        file_name=name,
        mime="application/octet-stream",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key=f"load-{asked.run_id}-{asked.path}",
        help=f"{code(name)}, {size(found.size)}",
    )
