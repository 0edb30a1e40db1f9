"""Examples that changed: which broke, which were mended, what went in, and what the runs said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from assay.model.comparison.answer import Candidate
from assay.model.comparison.examples import Example, Flips
from assay.model.comparison.excerpts import LONG, Excerpt, ExcerptQuestion, ImageQuestion, Images
from assay.queries.comparison.excerpts import excerpts
from assay.queries.comparison.images import images, url
from assay.ui import controls, links, load, show
from assay.ui.comparison.question import Answer
from assay.view.charts.comparison.labels import by_label
from assay.view.charts.picture import Picture
from assay.view.exports import comma_separated
from assay.view.tables.column import Table
from assay.view.tables.comparison import changed as tables
from assay.view.tables.comparison.changed import Shown
from assay.view.text.comparison import flips as said
from assay.view.text.comparison.scale import scale_of
from assay.view.text.escape import block, code, flat
from assay.view.text.notes import as_markdown
from assay.view.text.numbers import count

_HEADINGS = {
    "broke": ("Broke", ":red-badge[▼ {n:,} right → wrong]"),
    "mended": ("Mended", ":green-badge[▲ {n:,} wrong → right]"),
    "loss": ("Largest losses", ""),
    "gain": ("Largest gains", ""),
}
_MOST_CHANGED = 8
_MOST_COMPARED = 5
_THUMBNAIL = (100_000, 1_000_000)  # bytes, pixels
_WHOLE = (5_000_000, 16_000_000)
_KEY = "example"


def made(answer: Answer) -> Mapping[str, Table]:
    """The tables of changed examples, whole, by heading; their data hold every figure."""
    found, shown = answer.found, {}
    for candidate in found.first.candidates:
        known = _excerpts(answer, candidate)
        for kind, rows in tables.kinds(candidate).items():
            what = _HEADINGS[kind][0] if found.single else f"{_HEADINGS[kind][0]}, {candidate.side.label}"
            table = _table(answer, candidate, rows, what, Shown(known))
            shown[what] = replace(table, data=tables.taken(candidate, kind, rows, known))
    return {what: table for what, table in shown.items() if len(table.frame)}


def show_example(answer: Answer) -> None:
    """The one example that the link names, whole and before everything else; nothing where it names none."""
    chosen, found = controls.current(_KEY), answer.found
    if not chosen:
        return
    if found.over_seeds:
        st.caption(f"The link names the example {code(chosen)}: choose examples or both under Method to see it.")
        return
    shown = found.first.candidates[:_MOST_COMPARED]
    known = [(c, own) for c in shown if (own := _excerpts(answer, c, chosen).get(chosen)) is not None]
    with st.container(border=True):
        st.header(f"Example {code(chosen)}", anchor=_KEY)
        if not known:
            st.warning(f"No run of these scored an example {code(chosen)}.", icon=":material/search_off:")
            return
        left, right = st.columns(2, gap="medium")
        with left:
            _show_input(answer, known[0][1])
        with right:
            show.table(tables.replies(found, known, scale_of(found.first)), "one")
        if len(shown) < len(found.first.candidates):
            st.caption(f"Of the first {_MOST_COMPARED} of {len(found.first.candidates)} candidates.")


def _show_input(answer: Answer, one: Excerpt) -> None:
    """What went in, whole, and what would have been right."""
    if one.image:
        held = _images(answer, [one.image], _WHOLE)
        for shown in held.found.values():
            if shown.image:
                show.image(shown, f"The input of {flat(one.example_id)}")
        _say_refused(held)
    if one.input is not None:
        st.code(block(one.input), language=None, wrap_lines=True, height=400 if len(one.input) > 2_000 else "content")
        if one.letters > LONG:
            st.caption(f"The first {LONG:,} of {one.letters:,} characters.")
    if not one.image and one.input is None:
        st.caption("No input is logged: a column `input` or `image` of the scores would show it.")
    if one.label is not None:
        st.markdown(f"Label: {code(one.label)}")


def show_changes(answer: Answer) -> None:
    """Of every candidate what broke and what was mended, or where scores are not right or wrong what changed most."""
    found = answer.found
    for number, candidate in enumerate(found.first.candidates):
        if not any(tables.kinds(candidate).values()):
            continue
        if found.single:
            _show(answer, candidate, number)
        else:
            with st.expander(f"Examples that changed under {code(candidate.side.label)}"):
                _show(answer, candidate, number)
    if not found.single:
        _card(answer)


def _show(answer: Answer, candidate: Candidate, number: int) -> None:
    examined = candidate.examined
    assert examined is not None
    kinds, known = tables.kinds(candidate), _excerpts(answer, candidate)
    if examined.flips:
        st.subheader(said.mended(candidate, examined.flips), anchor=False)
        st.caption(said.account(examined.flips, examined.n))
    else:
        st.subheader("Examples that changed most", anchor=False)
    tops = {kind: rows[:_MOST_CHANGED] for kind, rows in kinds.items()}
    held = _images(answer, [key for rows in tops.values() for row in rows if (key := _image(known, row))], _THUMBNAIL)
    urls = {key: data for key, one in held.found.items() if (data := url(one))}
    wide = examined.flips is None or any(one.input is not None for one in known.values())
    places = [st.container(), st.container()] if wide else st.columns(2, gap="medium")
    for place, (kind, rows) in zip(places, tops.items(), strict=True):
        if rows:
            with place:
                _show_kind(answer, candidate, kind, rows, Shown(known, urls, _links(answer, rows)), number)
    _say_refused(held)
    _below(answer, examined.flips, known, number)


def _show_kind(
    answer: Answer, candidate: Candidate, kind: str, rows: Sequence[Example], shown: Shown, number: int
) -> None:
    heading, badge = _HEADINGS[kind]
    flips = candidate.examined.flips if candidate.examined else None
    total = len(tables.kinds(candidate)[kind]) if flips is None else flips.lost if kind == "broke" else flips.gained
    st.markdown(f"**{heading}** {badge.format(n=total)}")
    show.table(_table(answer, candidate, rows, heading, shown), f"changed-{number}-{kind}")
    if total > len(rows):
        st.caption(f"{total - len(rows):,} more; all that are listed can be taken along below.")


def _below(answer: Answer, flips: Flips | None, known: Mapping[str, Excerpt], number: int) -> None:
    """Where it broke, and beside it what to do with these examples."""
    chart: Picture | None = None
    if flips:
        cut = flips.lost > len(flips.lost_examples) or flips.gained > len(flips.gained_examples)
        chart = by_label(flips.gained_examples, flips.lost_examples, known, cut=cut)
    if not answer.found.single:
        if chart:
            show.picture(chart, f"labels-{number}")
        return
    left, right = st.columns([5, 3], gap="medium") if chart else (None, st.container())
    if left and chart:
        with left:
            st.subheader("Where it broke, by label", anchor=False)
            show.picture(chart, f"labels-{number}")
    with right:
        _card(answer)


def _card(answer: Answer) -> None:
    """One example by name, and all of them to take along."""
    found = answer.found
    listed = [(c, kind, rows) for c in found.first.candidates for kind, rows in tables.kinds(c).items() if rows]
    with st.container(border=True):
        st.subheader("Take them along", anchor=False)
        chosen = controls.one(
            "Example on top",
            list(dict.fromkeys(row.example_id for _, _, rows in listed for row in rows[:_MOST_CHANGED])),
            _KEY,
            nothing="none",
            help="Shows one example before everything else: its whole input and what every run said of it.",
        )
        if chosen:
            st.markdown(f"[Go up to the example](#{_KEY})")
        if not listed:
            return
        data = pd.concat([tables.taken(c, kind, rows, _excerpts(answer, c)) for c, kind, rows in listed])
        st.download_button(
            "CSV",
            comma_separated(Table(data, {}, "", data)).encode(),
            "assay-changed-examples.csv",
            "text/csv",
            key="take-examples",
            icon=":material/download:",
            on_click="ignore",
        )
        st.caption(
            f"{count(len(data), 'example')} with what was logged of them. A link opens one at the top of this page."
        )


def _table(answer: Answer, candidate: Candidate, rows: Sequence[Example], what: str, shown: Shown) -> Table:
    return tables.changed(answer.found, candidate, rows, scale_of(answer.found.first, candidate), what, shown)


def _excerpts(answer: Answer, candidate: Candidate, only: str = "") -> Mapping[str, Excerpt]:
    """Of every example that is listed, or of `only` one, with every run and its long texts."""
    if candidate.examined is None:
        return {}
    ids = (only,) if only else tuple(row.example_id for rows in tables.kinds(candidate).values() for row in rows)
    before, after = candidate.examined.baseline.sample.used_ids, candidate.side.sample.used_ids
    asked = ExcerptQuestion(before, after, answer.found.first.metric.name, ids, whole=bool(only))
    return load.answer(answer.context.work, excerpts, asked).found


def _image(known: Mapping[str, Excerpt], row: Example) -> tuple[str, str] | None:
    return known[row.example_id].image if row.example_id in known else None


def _images(answer: Answer, wanted: Sequence[tuple[str, str]], limits: tuple[int, int]) -> Images:
    return load.answer(answer.context.work, images, ImageQuestion(tuple(dict.fromkeys(wanted)), *limits))


def _say_refused(held: Images) -> None:
    """Up to two reasons, each with the first image that it holds for."""
    first: dict[str, str] = {}
    for (_, path), reason in held.refused.items():
        first.setdefault(as_markdown(reason), path)
    for why, path in list(first.items())[:2]:
        st.caption(f"{code(path)}: {why}")


def _links(answer: Answer, rows: Sequence[Example]) -> dict[str, str]:
    return {row.example_id: links.address("compare", {**answer.choices, _KEY: row.example_id}) for row in rows}
