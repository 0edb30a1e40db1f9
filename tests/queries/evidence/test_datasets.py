"""Dataset inputs that were logged as training and as test data, in a real store."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from mlflow.data.pandas_dataset import from_pandas
from mlflow.entities import Dataset, DatasetInput, InputTag

from assay.model.comparison.question import Question
from assay.model.evidence.leakage import LeakageCheck
from assay.queries.comparison.answer import compare
from assay.view.text.comparison.caveats import warnings
from assay.view.text.comparison.data import badges, line, sentence
from assay.workspace import Workspace
from evidenced import Evidenced, alone
from leaking import HOSTILE
from saying import said
from stores import Store

SAME = LeakageCheck.SAME_DATASET
WorkOf = Callable[[Store], Workspace]


def test_training_data_that_are_test_data_are_warned_of_in_every_run_that_logged_both(
    tmp_path: Path, work_of: WorkOf
) -> None:
    store = Evidenced(tmp_path)
    logged: dict[str, tuple[str, ...]] = {
        "renamed": ("warn", "Training:1:a", " TEST :1:b"),
        "evaluated": ("warn", "fit:1:a", "eval:1:b"),
        "apart": ("pass", "train:1:digits", "test:2:digits"),
        "validated": ("not_logged", "train:1:a", "validation:1:b"),
        "validation is test": ("pass", "train:1:a", "validation:2:b", "test:2:c"),
        "unnamed": ("not_logged", ":1:a", ":1:b"),
        "bare": ("not_logged", "train::a", "test::b"),
        # MLflow keeps data of one name and digest once a run, with the context of the first.
        "twice": ("not_logged", "train:1:a", "test:1:a"),
        "nothing": ("not_logged",),
        HOSTILE: ("warn", f"train:1:{HOSTILE}", "test:1:=cmd|' /C calc'!A0"),
        "deleted": ("warn", "train:1:a", "test:1:b"),
    }
    for name, (_, *inputs) in logged.items():
        run_id = store.run("e", params={"model": name}, metrics={"accuracy": 0.5}, name=name)
        for context, digest, called in (one.split(":", 2) for one in inputs):
            store.used(run_id, digest, context, called)
    store.client.delete_run(run_id)
    work = work_of(store)

    found = alone(work, SAME, "e", deleted=True)
    assert [one.status.value for one in found] == [status for status, *_ in logged.values()]
    assert [one.value for one in found[:4]] == [1, 1, 0, None]
    texts = dict(zip(logged, (said(one.note) for one in found), strict=True))
    assert texts["renamed"].startswith("Training data (a 1) and test data (b 1) have one digest: they are the same as ")
    assert "equal ones need names of their own" in texts["twice"]
    assert len(alone(work, SAME, "e")) == len(logged) - 1
    assert [one.status.value for one in alone(work, SAME, "e", filter="params.model = 'apart'")] == ["pass"]


def test_of_frames_that_differ_in_row_10_001_nobody_says_that_they_are_equal(tmp_path: Path, work_of: WorkOf) -> None:
    store = Evidenced(tmp_path)
    frame = pd.DataFrame({"x": np.arange(10_001.0)})
    other = frame.assign(x=frame["x"].where(frame.index < 10_000, -1.0))
    given = {
        (name, context): from_pandas(rows, name=name)
        for rows, name, context in ((frame, "train", "training"), (frame, "digits", "test"), (other, "digits", "eval"))
    }
    assert len({one.digest for one in given.values()}) == 1
    for model, tested in (("a", ("digits", "test")), ("b", ("digits", "eval"))):
        for run_id in store.configuration("long", {"model": model}, "accuracy", [0.5, 0.6, 0.7]):
            for name, context in (("train", "training"), tested):
                one = given[name, context]
                made = Dataset(name, one.digest, "local", "{}", profile=json.dumps(one.profile))
                store.client.log_inputs(run_id, [DatasetInput(made, [InputTag("mlflow.data.context", context)])])
    work = work_of(store)
    compared = compare(work, Question(("accuracy",), "params.model = 'a'", ("params.model = 'b'",)))
    setting = compared.setting
    texts = [
        badges(setting),
        line(setting.data),
        *(f"{text}." for text in sentence(setting.data).split(". ")),
        *warnings(compared),
        *(said(one.note) for check in (SAME, LeakageCheck.TEST_LOOKS) for one in alone(work, check, "long")),
    ]
    claims = [text for text in texts if "same" in text.lower() or "equal" in text]
    assert len(claims) == 3 + 2 * 6
    assert all("as far as MLflow looks" in text for text in claims), claims
    assert {one.status.value for one in alone(work, SAME, "long")} == {"warn"}
