"""`assay compare --task-by`, as scripts and people use it."""

from pathlib import Path

from shell import Assay
from stores import Store
from tasked import EVERYWHERE, A, B, C


def asked(arcade: Store, *more: str) -> list[str]:
    sides = ["--metric", "score", "--baseline", A, "--candidate", B]
    return ["compare", "--tracking-uri", arcade.uri, *sides, "--task-by", "env", *more]


def test_people_see_the_sides_over_all_tasks_and_every_task(assay: Assay, arcade: Store) -> None:
    found = assay(*asked(arcade, "--normalise", "minmax", "--over-steps"))
    assert found.code == 0
    for said in (
        "B is better than A: interquartile mean normalised score is 0.",
        "3 tasks, 9 runs each, noise from: new seeds.",
        "2 tasks are left out: a single run of B (duel); no run of B (maze).",
        "Task by task",
        "Over steps: 18 histories with 54 values were read from the store.",
        "This speaks of these 3 tasks and of new seeds on them, not of new tasks.",
        "with resamples of all runs of a task, 86–88 %",
        "(n = 9 runs on 3 tasks)",
    ):
        assert said in found.out
    assert "Plan the next runs" not in found.out


def test_scripts_get_every_number_under_tasks(assay: Assay, arcade: Store) -> None:
    found = assay(*asked(arcade, "--normalise", "baseline", "--candidate", C, "--json")).object
    tasks = found["tasks"]
    assert (tasks["param"], tasks["scale"], tasks["target"]) == ("env", "baseline", 1.0)
    assert tasks["tasks"] == list(EVERYWHERE)
    assert [one["task"] for one in tasks["left_out"]] == ["duel", "maze"]
    assert found["candidates"][0]["difference"]["verdict"] == "better"
    assert found["candidates"][0]["plan"] is None
    assert found["candidates"][1]["difference"]["reason"].startswith("no value of env")
    assert found["candidates"][1]["left_out"] == {"without_task": 2}
    assert found["comparisons"] == 2
    assert tasks["efficiency"] is None


def test_what_cannot_be_asked_is_one_sentence(assay: Assay, arcade: Store) -> None:
    unknown = assay(*asked(arcade)[:-1], "envv")
    assert (unknown.code, unknown.out) == (2, "")
    assert "There is no param 'envv'" in unknown.err
    examples = assay(*asked(arcade, "--unit", "examples"))
    assert (examples.code, "must be 'seeds'" in examples.err) == (2, True)
    alone = assay(*asked(arcade)[:-2], "--normalise", "minmax")
    assert (alone.code, "--task-by" in alone.err) == (2, True)


def test_the_policys_references_are_used_unasked(assay: Assay, arcade: Store, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text('tasks:\n  pong: {zero: -20.7, one: 14.6}\n  "*": {zero: 0, one: 1000}\n', encoding="utf-8")
    found = assay(*asked(arcade, "--policy", str(rules)))
    assert "0 and 1 are the policy's references for the task." in found.out
