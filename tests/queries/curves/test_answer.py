"""Curves of a real store: what they show, and that nothing is left out without being counted."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import curved
from assay.errors import FilterError, SelectionError
from assay.model.curves.answer import Curves
from assay.model.curves.notes import CurveNote as Says
from assay.model.curves.question import CurvesQuestion, Manner, Over
from assay.model.policy import Policy
from assay.queries.curves import answer, reading
from assay.queries.curves.answer import MOST_PLACES, MOST_SIDES, curves, line
from assay.queries.curves.inventory import curve_of
from assay.queries.curves.inventory import curved as offered
from assay.view.text.notes import words
from assay.workspace import Workspace
from curved import FAST, FEW, GOOD, HOSTILE, SLOW
from looking import looked_at
from noted import only
from stores import Store


@pytest.fixture(scope="module")
def looked(nets: Store, policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return looked_at(nets, tmp_path_factory.mktemp("data"), policy)


def asked(work: Workspace, *filters: str, metric: str = "val_loss", **more: object) -> Curves:
    question = CurvesQuestion(metric, filters[0], filters[1:], ("nets",))
    return curves(work, replace(question, **more))  # type: ignore[arg-type]


def codes(found: Curves) -> dict[Says, int]:
    return {note.code: int(str(dict(note.values).get("n", 0))) for note in found.notes}  # type: ignore[misc]


def test_three_rates_are_told_apart(looked: Workspace) -> None:
    found = asked(looked, SLOW, FAST, GOOD)
    assert found.labels == ("lr=0.0003", "lr=0.03", "lr=0.003")
    assert (found.places[0], found.places[-1], found.width) == (1.0, 40.0, 0.0)
    apart = found.apart
    assert found.sure
    assert apart is not None
    assert (found.labels[apart.leader], found.labels[apart.rival], apart.pairs) == ("lr=0.003", "lr=0.03", 5)
    assert apart.passed is not None
    assert apart.good is not None
    assert 15 < apart.passed <= apart.good < 30
    slow, fast, _ = found.shapes
    assert slow is not None
    assert fast is not None
    assert (slow.moving, fast.turned) == (True, True)


def test_sides_are_compared_where_the_first_replicate_stops(looked: Workspace) -> None:
    found = asked(looked, SLOW, GOOD)
    assert found.end is not None
    assert found.places[found.end] == 30.0
    assert codes(found)[Says.STOPPED_EARLY] == 1
    assert line(looked, found, 0, Manner()).n[28:32] == (5, 5, 4, 4)


def test_a_gap_is_counted_and_leaves_the_mean_to_the_others(looked: Workspace) -> None:
    found = asked(looked, FAST, GOOD)
    assert codes(found) == {Says.GAPS: 1}
    assert line(looked, found, 0, Manner()).n[4:9] == (5, 5, 4, 5, 5)


def test_how_much_is_read_of_a_long_history_is_said_as_it_is(
    looked: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "MOST_VALUES", 10)
    cut = asked(looked, GOOD)
    assert "only the first 10 values are read" in words(only(cut.notes, Says.HISTORIES_CUT), cut.labels)


def test_runs_without_the_metric_are_counted(looked: Workspace) -> None:
    found = asked(looked, FEW, GOOD)
    assert codes(found)[Says.WITHOUT_METRIC] == 1
    assert not found.sure
    assert len(found.sides[0].means) == 1


def test_a_metric_whose_step_is_always_0_is_drawn_over_time(looked: Workspace) -> None:
    found = asked(looked, FAST, GOOD, metric="reward")
    assert found.over is Over.TIME
    assert Says.BY_TIME in codes(found)
    assert (found.places[0], found.places[-1]) == (0.0, 58.5)


def test_what_was_logged_once_has_no_curve(looked: Workspace) -> None:
    found = asked(looked, FAST, GOOD, metric="accuracy")
    assert found.reason is not None
    assert found.reason.code is Says.LOGGED_ONCE
    assert found.reason["n"] == 10
    assert found.keeps_seconds == float("inf")


def test_between_nearer_ends_there_is_only_what_was_logged_there(looked: Workspace) -> None:
    found = asked(looked, FAST, GOOD, first=10.0, last=20.0)
    assert (found.places[0], found.places[-1], found.sides[0].counts.values) == (10.0, 20.0, 55)
    empty = asked(looked, FAST, GOOD, first=1_000.0)
    assert empty.reason is not None
    assert empty.reason.code is Says.NOTHING_BETWEEN


def test_one_side_alone_has_a_curve_and_nothing_to_be_apart_from(looked: Workspace) -> None:
    found = asked(looked, GOOD)
    assert (found.apart, found.reason, len(found.sides)) == (None, None, 1)


def test_a_side_without_runs_is_no_error(looked: Workspace) -> None:
    found = asked(looked, GOOD, "params.lr = 'nobody'")
    assert found.sides[1].means == ()
    assert found.apart is None


def test_more_sides_than_a_picture_tells_apart_are_counted(looked: Workspace) -> None:
    more = [f"params.lr = '{k}'" for k in range(MOST_SIDES)]
    assert codes(asked(looked, SLOW, FAST, *more))[Says.TOO_MANY_SIDES] == 2


def test_names_of_any_kind_are_names(looked: Workspace) -> None:
    assert asked(looked, HOSTILE, GOOD).labels[0].startswith("lr=<b>큰값</b> [x](http://evil")


def test_what_cannot_be_asked_is_said(looked: Workspace) -> None:
    for wrong in ({"metric": "nobody"}, {"first": 5.0, "last": 5.0}, {"experiments": ("no",)}, {"ignore": ("no",)}):
        with pytest.raises(SelectionError):
            asked(looked, FAST, GOOD, **wrong)
    with pytest.raises(FilterError):
        asked(looked, "lr = 1", GOOD)


def test_a_store_that_is_away_is_a_reason_and_asked_again(looked: Workspace, tmp_path: Path) -> None:
    away = replace(looked, settings=replace(looked.settings, tracking_uri=f"sqlite:///{tmp_path}/gone/mlflow.db"))
    found = asked(away, FAST, GOOD)
    assert found.reason is not None
    assert found.keeps_seconds == 0.0
    assert found.sides[0].sample.label == "lr=0.03"


def test_a_history_that_goes_on_is_read_again(tmp_path: Path, policy: Policy) -> None:
    store = Store.sqlite(tmp_path / "store" / "mlflow.db")
    run_id = curved.train(store, "0.003", 0, [3.0, 2.0])
    assert asked(looked_at(store, tmp_path / "data", policy), GOOD).places == (1.0, 2.0)
    store.client.log_metric(run_id, "val_loss", 1.0, step=3)
    assert asked(looked_at(store, tmp_path / "data", policy), GOOD).places == (1.0, 2.0, 3.0)


def test_a_long_history_has_as_many_places_as_a_picture_shows(
    tmp_path: Path, work_of: Callable[[Store], Workspace]
) -> None:
    store = Store.sqlite(tmp_path / "store" / "mlflow.db")
    curved.train(store, "0.003", 0, [1.0 / (k + 1) for k in range(700)])
    found = asked(work_of(store), GOOD)
    assert (len(found.places), found.sides[0].counts.values) == (MOST_PLACES, 700)
    assert found.width == pytest.approx(699 / MOST_PLACES)
    assert max(found.sides[0].highs[0]) == 1.0


def test_what_was_not_read_in_time_is_counted_and_read_the_next_time(
    looked: Workspace, nets: Store, policy: Policy, tmp_path: Path
) -> None:
    work = looked_at(nets, tmp_path / "again", policy)
    settings = replace(work.settings, tracking_uri=nets.uri + "?")  # another name of the store: nothing kept of it
    latest = {run_id: (0.5, 40) for side in asked(looked, GOOD).sides for run_id in side.sample.used_ids}
    assert not reading.read(settings, "val_loss", latest, seconds=0.0).keys
    assert len(reading.read(work.settings, "val_loss", latest).keys) == 5


def test_metrics_of_several_steps_are_offered_first(looked: Workspace) -> None:
    assert offered(looked, (("nets",), False))[0] == "val_loss"
    assert curve_of(looked, (("nets",), False, "accuracy")) == "val_loss"
    assert curve_of(looked, (("nets",), False, "val_loss")) == "val_loss"


def test_where_nothing_was_logged_step_by_step_no_curve_is_offered(work: Workspace) -> None:
    assert curve_of(work, ((), False, "accuracy")) == ""
    assert curve_of(work, (("nobody",), False, "accuracy")) == ""
