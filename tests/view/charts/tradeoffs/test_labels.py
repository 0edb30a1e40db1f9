"""Names beside marks."""

from assay.view.charts.tradeoffs.labels import Spot, beside


def test_a_name_stands_to_the_right_while_there_is_room() -> None:
    [side] = beside([Spot(100, 100, "svc")], [], 400, 400)
    assert side is not None
    assert (side.xanchor, side.yanchor) == ("left", "bottom")


def test_a_name_at_the_right_edge_stands_to_the_left() -> None:
    [side] = beside([Spot(395, 100, "logistic-regression")], [], 400, 400)
    assert side is not None
    assert side.xanchor == "right"


def test_of_two_that_would_cover_each_other_the_first_keeps_its_place() -> None:
    first, second = beside([Spot(100, 100, "first one"), Spot(104, 103, "second one")], [], 400, 400)
    assert first is not None
    assert first != second


def test_a_name_for_which_there_is_no_room_is_left_out() -> None:
    assert beside([Spot(20, 20, "a name wider than the frame")], [], 60, 60) == [None]


def test_no_name_crosses_a_line() -> None:
    [side] = beside([Spot(100, 100, "svc")], [(100, 100, 300, 100), (112, 0, 112, 200)], 400, 400)
    assert side is not None
    assert side.xanchor == "right"


def test_letters_that_are_twice_as_wide_need_twice_the_room() -> None:
    narrow, wide = (beside([Spot(340, 100, text)], [], 400, 400)[0] for text in ("abcdef", "가나다라마바"))
    assert narrow is not None
    assert wide is not None
    assert (narrow.xanchor, wide.xanchor) == ("left", "right")
