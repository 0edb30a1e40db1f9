"""Tables of several tasks."""

from dataclasses import replace

from assay.model.comparison.notes import TaskNote
from assay.model.comparison.tasks import Aggregate, LeftOutTask
from assay.model.note import note
from assay.view.tables.comparison import tasks as tables
from assay.view.text.comparison.scale import scale_of
from assay.view.text.comparison.tasks import left_out
from tasked import answer

LOW, HIGH = [[0.1, 0.2, 0.3], [1000.0, 1001.0, 1003.0]], [[0.4, 0.5, 0.6], [1200.0, 1300.0, 1250.0]]


def test_every_side_has_its_aggregates_and_a_candidate_the_rest() -> None:
    found = answer(LOW, HIGH, one=2000.0)
    table = tables.aggregates(found, scale_of(found.first))
    base, own = table.frame.to_dict("records")
    assert (base["side"], own["side"]) == ("a (baseline)", "b")
    assert (base["difference"], base["improvement"], base["verdict"]) == ("–", "–", [])
    assert own["improvement"] == "100 [100, 100]"
    assert own["verdict"] == ["▲ better"]
    assert own["iqm"].count("[") == 1
    assert list(table.columns)[2:6] == ["iqm", "median", "mean", "optimality_gap"]
    assert "optimality_gap" not in tables.aggregates(answer(LOW, HIGH), scale_of(found.first)).columns
    assert "excluded" not in table.columns


def test_each_task_is_written_in_digits_of_its_own() -> None:
    table = tables.by_task(answer(LOW, HIGH))
    assert table.frame["baseline"].tolist() == ["0.20 ± 0.10", "1,001 ± 2"]
    assert table.frame["n"].tolist() == ["3 + 3", "3 + 3"]
    assert table.columns["p"].header == "p, Holm over 2"
    assert "candidate" not in table.columns
    assert "reason" not in table.columns
    assert "candidate" in tables.by_task(answer(LOW, HIGH, LOW)).columns


def test_a_task_of_several_lines_or_a_formula_is_one_harmless_cell() -> None:
    found = answer(LOW, HIGH)
    over = found.first.tasks
    assert over is not None
    rows = (replace(over.rows[0], task="=1+1"), replace(over.rows[1], task="two\nlines"))
    evil = replace(found, metrics=(replace(found.first, tasks=replace(over, rows=rows)),))
    assert tables.by_task(evil).frame["task"].tolist() == ["'=1+1", "two lines"]


def test_every_run_behind_the_tasks_is_listed_once() -> None:
    table = tables.runs(answer(LOW, HIGH, HIGH))
    assert len(table.frame) == 18
    assert table.frame["side"].value_counts().to_dict() == {"a": 6, "b": 6, "c": 6}


def test_tasks_left_out_are_counted_by_reason_with_some_names() -> None:
    found = answer(LOW, HIGH)
    over = found.first.tasks
    assert over is not None
    lost = [LeftOutTask(f"t{at}", note(TaskNote.TASK_ONLY_ELSEWHERE, 1)) for at in range(5)]
    lost.append(LeftOutTask("zero", note(TaskNote.BASELINE_AT_ZERO)))
    told = replace(found, metrics=(replace(found.first, tasks=replace(over, left_out=tuple(lost))),))
    assert left_out(told) == (
        "6 tasks are left out: no run of b (t0, t1, t2 and 2 more); the baseline's mean is 0 there (zero)."
    )
    assert left_out(found) == ""


def test_a_program_reads_every_figure_by_itself() -> None:
    found = answer(LOW, HIGH)
    over = found.first.tasks
    assert over is not None
    data, each = tables.aggregates(found, scale_of(found.first)).data, tables.by_task(found).data
    assert data is not None
    assert each is not None
    own = data.iloc[1]
    assert (own["iqm"], own["difference"]) == (
        over.sides[1].aggregates[Aggregate.IQM].value, found.first.candidates[0].difference.value,
    )  # fmt: skip
    assert each["candidate_mean"].tolist() == [row.candidate.value for row in over.rows]
    assert each["difference_low"].tolist() == [
        row.difference.interval and row.difference.interval.low for row in over.rows
    ]
