"""Small pictures in cells."""

from urllib.parse import unquote
from xml.etree import ElementTree

from assay.view.tables.strips import among, effect, span, strip


def parsed(url: str) -> ElementTree.Element:
    return ElementTree.fromstring(unquote(url.partition(",")[2]))


def test_a_strip_is_a_small_svg_with_a_dot_a_replicate_and_a_tick() -> None:
    url = strip((0.1, 0.2, 0.3), 0.0, 1.0)
    assert url is not None
    svg = parsed(url)
    assert svg.attrib["width"] == "132"
    assert len(svg.findall("{*}circle")) == 3
    assert len(svg.findall("{*}path")) == 2


def test_lower_scores_are_further_left_on_the_columns_scale() -> None:
    url = strip((0.0, 1.0), 0.0, 1.0)
    assert url is not None
    left, right = (float(c.attrib["cx"]) for c in parsed(url).findall("{*}circle"))
    assert (left, right) == (6.0, 126.0)


def test_equal_scores_stand_in_the_middle_and_none_is_no_picture() -> None:
    url = strip((0.5,), 0.5, 0.5)
    assert url is not None
    assert parsed(url).findall("{*}circle")[0].attrib["cx"] == "66.0"
    assert strip((), 0.0, 1.0) is None


def test_the_span_is_over_all_rows() -> None:
    assert span([(0.5, 0.6), (), (0.1,)]) == (0.1, 0.6)
    assert span([()]) is None


def test_trials_are_hollow_and_have_no_mean() -> None:
    url = strip((0.1, 0.2), 0.0, 1.0, hollow=True)
    assert url is not None
    svg = parsed(url)
    assert {dot.attrib["fill"] for dot in svg.findall("{*}circle")} == {"none"}
    assert len(svg.findall("{*}path")) == 1


def test_an_effect_stands_right_of_the_middle_where_it_is_better() -> None:
    svg = parsed(effect(1.0, 2.0, 3.0, "#178A6E"))
    [dot] = svg.findall("{*}circle")
    assert float(dot.attrib["cx"]) == 96.0
    assert [float(svg.findall("{*}rect")[0].attrib[name]) for name in ("x", "width")] == [51.0, 30.0]


def test_an_effect_beyond_the_scale_is_an_arrow() -> None:
    assert not parsed(effect(5.0, 6.0, 7.0, "#178A6E")).findall("{*}circle")
    assert not parsed(effect(-70.0, -60.0, -50.0, "#C94F38")).findall("{*}circle")


def test_a_run_among_others_is_the_large_dot_on_a_scale_of_their_own() -> None:
    url = among(0.2, (0.1, 0.2, 0.3))
    assert url is not None
    *others, own = parsed(url).findall("{*}circle")
    assert [dot.attrib["cx"] for dot in others] == ["6.0", "66.0", "126.0"]
    assert (own.attrib["cx"], own.attrib["r"]) == ("66.0", "6")
    assert among(0.2, (0.2,)) is None
    outside = among(0.5, (0.1, 0.3))
    assert outside is not None
    assert parsed(outside).findall("{*}circle")[-1].attrib["cx"] == "126.0"
