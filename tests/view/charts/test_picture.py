"""What every figure shares."""

from hypothesis import given
from hypothesis import strategies as st

from assay.view.charts.picture import blank, category, fitting, printed, span, staggered, ticks
from assay.view.text.escape import room

FINITE = st.floats(-1e9, 1e9, allow_nan=False)


@given(FINITE, st.floats(1e-3, 1e6))
def test_ticks_are_few_round_and_inside(low: float, size: float) -> None:
    found = ticks(low, low + size)
    assert 1 <= len(found.values) <= 7
    assert len(found.values) == len(found.texts)
    assert all(low - size * 1e-6 <= value <= low + size * (1 + 1e-6) for value in found.values)


def test_ticks_have_a_real_minus_and_no_needless_digits() -> None:
    assert ticks(-3.2, 3.1, signed=True).texts == ("−2", "0", "+2")
    assert ticks(0.61, 0.69).texts == ("0.62", "0.64", "0.66", "0.68")


@given(st.lists(FINITE, min_size=1, max_size=20))
def test_a_span_is_never_empty_and_holds_its_values(values: list[float]) -> None:
    low, high = span(values, below=0.1, above=0.1)
    assert low < high
    assert low <= min(values)
    assert high >= max(values)


def test_a_category_is_bold_escaped_and_two_lines_at_most() -> None:
    assert category("<b>x</b>", "n = 5") == "<b>&lt;b&gt;x&lt;/b&gt;</b><br>n = 5"
    assert category("a-very-long-configuration-name", "n = 5").count("<br>") == 2


def test_hangul_has_half_as_many_letters_to_a_line() -> None:
    assert fitting("기준선 모델", 12) * 2 >= 12 > fitting("기준선 모델", 12)
    assert room("기준선") == 6
    assert fitting("", 12) == 12


def test_every_second_label_stands_below_its_neighbours() -> None:
    assert staggered(["a<br>n = 5", "b<br>n = 5", "c<br>c<br>n = 5"]) == [
        "a<br>n = 5",
        "<br><br><br>b<br>n = 5",
        "c<br>c<br>n = 5",
    ]
    assert staggered([]) == []


def test_a_figure_for_paper_is_light_wider_and_a_copy() -> None:
    figure = blank(300)
    figure.update_layout(font_color="#FFFFFF", paper_bgcolor="#11161C")
    figure.update_xaxes(title_text="steps", tickfont_color="#FFFFFF")
    copy = printed(figure)
    assert (copy.layout.paper_bgcolor, copy.layout.plot_bgcolor) == ("#FFFFFF", "#FFFFFF")
    assert copy.layout.font.color == copy.layout.xaxis.tickfont.color == "#0E151C"
    assert copy.layout.font.family.startswith('"Source Sans"')
    assert (copy.layout.margin.l, copy.layout.margin.r, copy.layout.height) == (60, 32, 348)
    assert copy.layout.xaxis.title.text.startswith("steps<br>")
    assert (figure.layout.paper_bgcolor, figure.layout.margin.l) == ("#11161C", 36)
