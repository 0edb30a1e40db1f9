"""What has been run? Asked of real runs."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from assay.errors import SelectionError
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.listing import Listing, ListQuestion
from assay.model.runs.notes import RunNote
from assay.model.runs.selection import RunGroups
from assay.model.runs.store import RunStatus
from assay.queries.runs import configurations as whole
from assay.queries.runs.detail import detail
from assay.queries.runs.filters import filters_for
from assay.queries.runs.inventory import experiments, keys
from assay.queries.runs.listing import listing
from assay.settings import read
from assay.workspace import Workspace
from noted import has, of, only
from saying import refused
from stores import Store

DIGITS = ListQuestion(("digits",))


def ask(work: Workspace, **more: Any) -> Listing:
    return listing(work, replace(DIGITS, **more))


def test_replicates_of_a_configuration_are_averaged(work: Workspace) -> None:
    found = ask(work)
    name = found.rows.index[found.rows["name"] == "svc"][0]
    svc = found.rows.loc[name]
    assert (svc["n"], svc["replicates"], svc["found"]) == (9, 6, 11)
    assert svc["states"] == ((RunStatus.FAILED, 1), (RunStatus.RUNNING, 1))
    assert found.mean["accuracy"].loc[name] == pytest.approx(0.9532)
    assert found.count["accuracy"].loc[name] == 5
    assert found.excluded == {Exclusion.REPEAT: 1, Exclusion.FAILED: 1, Exclusion.RUNNING: 1}
    assert of(only(found.notes, RunNote.NOT_FINITE), RunNote.NOT_FINITE) == {"metric": "accuracy", "n": 2}
    assert found.metrics[0] == "accuracy"


def test_what_the_filter_hides_is_counted(work: Workspace) -> None:
    found = ask(work, filter="params.model = 'svc'")
    assert (found.found, found.hidden) == (11, 10)


def test_a_filter_that_names_a_status_may_list_failed_runs(work: Workspace) -> None:
    assert ask(work, filter="attributes.status = 'FAILED'").rows["replicates"].tolist() == [1]


def test_without_grouping_every_run_is_a_row(work: Workspace) -> None:
    found = ask(work, group_by=None)
    assert len(found.rows) == found.found == 21
    assert set(found.rows["excluded"]) == {"", Exclusion.FAILED, Exclusion.RUNNING, Exclusion.REPEAT}


def test_grouping_by_a_param_pools_the_others(work: Workspace) -> None:
    assert len(ask(work, group_by=("C",)).rows) == 1
    with refused(SelectionError, "no param 'D'"):
        ask(work, group_by=("D",))


def test_runs_with_other_params_are_no_repeats_of_each_other_in_a_coarser_group(
    tmp_path: Path, work_of: Callable[[Store], Workspace]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for rate in ("0.1", "0.2", "0.2"):
        store.run("e", params={"model": "m", "lr": rate, "seed": 1}, metrics={"accuracy": 0.9, "loss": 0.1})

    found = listing(work_of(store), ListQuestion(group_by=("model",)))

    assert found.rows["replicates"].tolist() == [2]
    assert found.count["accuracy"].tolist() == [2]
    assert found.excluded == {Exclusion.REPEAT: 1}
    assert not found.notes


def test_a_filter_that_finds_nothing_may_still_be_grouped_by_a_param_that_runs_carry(work: Workspace) -> None:
    found = ask(work, filter="params.modl = 'svc'", group_by=("C",), metrics=("accuracy",), params=("model",))
    assert len(found.rows) == 0
    assert of(found.notes[0], RunNote.UNKNOWN_NAME)["name"] == "modl"


def test_an_empty_selection_is_an_empty_listing(work: Workspace) -> None:
    for group_by in ((), None):
        question = ListQuestion(filter="params.model = 'none of them'", group_by=group_by)
        assert listing(work, question).rows.empty


def test_a_configuration_gets_the_shortest_filter_that_finds_it_again(work: Workspace) -> None:
    found = ask(work)
    groups = [tuple(found.members.index[found.members == row]) for row in found.rows.index]
    texts = filters_for(work, RunGroups(found.selection.experiments, tuple(groups)))
    assert len(texts) == len(groups) == 3
    for text, members in zip(texts, groups, strict=True):
        assert text.startswith("params.model = ")
        assert sorted(ask(work, filter=text).members.index) == sorted(members)


def test_runs_that_params_cannot_tell_apart_are_named_by_id(work: Workspace) -> None:
    found = ask(work)
    some = tuple(found.members.index[:2])
    [text] = filters_for(work, RunGroups(found.selection.experiments, (some,)))
    assert text.startswith("attributes.run_id IN (") or text.startswith("run_id IN (")
    assert sorted(listing(work, ListQuestion(filter=text)).members.index) == sorted(some)


def test_awkward_values_survive_the_way_through_a_filter(tmp_path: Path, work_of: Callable[[Store], Workspace]) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    values = ["it's", 'a "b"', 'it\'s "both"', "한글", "a\nb", " padded ", "None", ""]
    ids = {value: store.run("e", params={"pa ram": value}, metrics={"m": 1.0}) for value in values if value}
    work = work_of(store)
    texts = filters_for(work, RunGroups((), tuple((run_id,) for run_id in ids.values())))
    for (value, run_id), text in zip(ids.items(), texts, strict=True):
        assert listing(work, ListQuestion(filter=text)).members.index.tolist() == [run_id], (value, text)


def test_whole_configurations_carry_key_and_moments(work: Workspace) -> None:
    found = whole.configurations(work, DIGITS)
    svc = next(c for c in found.configurations if c.key["model"] == "svc")
    assert svc.key == {"model": "svc", "C": "1"}
    assert (svc.n, svc.replicates, len(svc.run_ids)) == (9, 6, 11)
    assert svc.metrics["accuracy"].n == 5
    assert svc.metrics["loss"].n == 1
    assert found.excluded == {Exclusion.REPEAT: 1, Exclusion.FAILED: 1, Exclusion.RUNNING: 1}


def test_whole_runs_are_complete(work: Workspace) -> None:
    (run,) = whole.runs(work, ListQuestion(("한국어 실험",)))
    assert run.name == "첫 실행"
    assert dict(run.params) == {"모델": "트리", "seed": "1"}
    assert dict(run.metrics) == {"정확도": 0.5}
    assert run.tags["mlflow.runName"] == "첫 실행"


def test_what_of_a_filter_no_run_carries_is_said_of_whole_runs_too(work: Workspace) -> None:
    assert (
        whole.notes(work, replace(DIGITS, filter="metrics.acuracy > 0.9"))
        == ask(work, filter="metrics.acuracy > 0.9", group_by=None).notes
    )


def test_one_run_knows_its_replicates(work: Workspace, tmp_path: Path) -> None:
    elsewhere = read({}, tracking_uri="https://user:secret@mlflow.example/base/", data=tmp_path)
    run_id = ask(work, filter="params.model = 'svc'", group_by=None).rows.index[0]
    found = detail(replace(work, settings=elsewhere), run_id)
    assert found.seeds == ("seed",)
    assert len(found.replicates) == 11
    assert found.link == f"https://mlflow.example/base/#/experiments/{found.run.experiment_id}/runs/{run_id}"
    with refused(SelectionError, "no run 'nope'"):
        detail(work, "nope")


def test_the_runs_of_a_configuration_say_why_they_are_in_no_mean(work: Workspace) -> None:
    run_id = ask(work, filter="params.model = 'svc'", group_by=None).rows.index[0]
    reasons = pd.Series([one.excluded for one in detail(work, run_id).replicates], dtype=object).value_counts()
    assert reasons.to_dict() == {Exclusion.REPEAT: 1, Exclusion.FAILED: 1, Exclusion.RUNNING: 1}


def test_a_row_of_several_configurations_is_called_by_what_it_is_grouped_by(work: Workspace) -> None:
    found = ask(work, group_by=("C",), params=("model", "C"))
    assert found.rows["name"].tolist() == ["C=1"]
    assert found.params.iloc[0].to_dict() == {"model": "3 values", "C": "1"}


def test_the_only_configuration_left_is_not_called_like_one_of_its_runs(work: Workspace) -> None:
    assert ask(work, filter="params.model = 'svc'").rows["name"].tolist() == ["svc"]


def test_a_filter_on_what_nobody_logged_or_on_scores_is_said(work: Workspace) -> None:
    unknown = of(only(ask(work, filter="metrics.acuracy > 0.9").notes, RunNote.UNKNOWN_NAME), RunNote.UNKNOWN_NAME)
    assert (unknown["kind"], unknown["name"], unknown["close"]) == ("metric", "acuracy", ("accuracy",))
    picked = {"filter": "metrics.accuracy > 0.9"}
    by = of(only(ask(work, **picked).notes, RunNote.PICKED_BY_SCORE), RunNote.PICKED_BY_SCORE)
    assert by == {"metrics": ("accuracy",)}
    assert not has(ask(work, **picked, group_by=None).notes, RunNote.PICKED_BY_SCORE)


def test_a_filter_that_finds_nothing_hears_of_values_that_there_are_and_of_nothing_else(work: Workspace) -> None:
    typed = "params.model = 'scv' and metrics.accuracy > 0.9"
    found = ask(work, filter=typed)
    assert len(found.rows) == 0
    [only_one] = found.notes
    meant = of(only_one, RunNote.UNKNOWN_VALUE)
    assert (meant["key"], meant["value"], meant["close"][0]) == ("model", "scv", "svc")
    assert whole.notes(work, ListQuestion(filter=typed)) == found.notes


def test_experiments_and_what_their_runs_carry_can_be_chosen_from(work: Workspace) -> None:
    assert [(one.name, one.runs) for one in experiments(work)] == [("digits", 21), ("한국어 실험", 1)]
    assert keys(work, ("digits",)).metrics == ("accuracy", "loss")
    assert keys(work, ("한국어 실험",)).params == ("seed", "모델")
    with refused(SelectionError, "no experiment 'digit'"):
        keys(work, ("digit",))
