"""Bars of examples by label."""

from assay.model.comparison.examples import Example
from assay.model.comparison.excerpts import Excerpt
from assay.view.charts.comparison.labels import by_label


def rows(*ids: str) -> list[Example]:
    return [Example(one, 0.0, 1.0, 1.0) for one in ids]


def labelled(**labels: str | None) -> dict[str, Excerpt]:
    return {one: Excerpt(one, label=label) for one, label in labels.items()}


def test_mended_stand_up_and_broken_down_numbers_by_size() -> None:
    known = labelled(a="10", b="2", c="2", d="<b>x</b>")
    picture = by_label(rows("a", "b"), rows("c", "d"), known, cut=False)
    assert picture is not None
    mended, broke = picture.figure.data
    assert list(mended.y) == [1, 1, 0]
    assert list(broke.y) == [-1, 0, -1] or list(broke.y) == [-1, -0, -1]
    assert list(picture.figure.layout.xaxis.ticktext) == ["2", "10", "&lt;b&gt;x&lt;/b&gt;"]
    assert all(tick == int(tick) for tick in picture.figure.layout.yaxis.tickvals)
    assert "2: 1 mended and 1 broke" in picture.alt


def test_without_two_labels_there_is_nothing_to_draw() -> None:
    assert by_label(rows("a"), rows("b"), labelled(a="x", b="x"), cut=False) is None
    assert by_label(rows("a"), rows("b"), labelled(a=None), cut=False) is None
    assert by_label(rows("a"), rows("b"), {}, cut=False) is None


def test_rare_labels_and_a_cut_list_are_said() -> None:
    names = [f"n{k:02d}" for k in range(25)]
    picture = by_label(rows(*names), rows("n24"), labelled(**{n: n for n in names}), cut=True)
    assert picture is not None
    assert len(picture.figure.data[0].y) == 20
    assert "n24" in picture.figure.layout.xaxis.ticktext
    assert "5 labels with fewer flips left out" in picture.caption
    assert "largest changes first" in picture.caption
