"""The tables for programs hold the numbers of the JSON."""

import io
from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from assay.model.comparison.answer import Comparison
from assay.model.comparison.examples import Slice
from assay.view.exports import comma_separated
from assay.view.objects.comparison import comparison
from assay.view.tables.column import Table
from assay.view.tables.comparison import examples, figures
from assay.view.tables.comparison.metrics import metrics
from assay.view.tables.comparison.sides import runs, sides
from assay.view.text.comparison.scale import scale_of
from examined import REACH, answer, candidate

Compare = Callable[..., Comparison]
WORSE, ODD = (0.641, 0.652, 0.655, 0.640, 0.651), "=HYPERLINK(1)"


def read(table: Table) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(comma_separated(table)), float_precision="round_trip")


def test_sides_hold_what_the_json_holds(compare: Compare) -> None:
    found = compare(**{ODD: WORSE})
    written, made = read(sides(found, scale_of(found.first))), comparison(found)
    other = made["candidates"][0]
    base, own = written.to_dict("records")
    for row, side in ((base, made["baseline"]), (own, other)):
        assert [row["n"], row["mean"], row["sd"]] == [side["replicates"], side["mean"], side["std"]]
        assert [row["low"], row["high"]] == side["interval"]
        assert (row["unit"], row["level"]) == ("share", 0.95)
    said = other["difference"]
    assert own["difference"] == said["mean"] < 0
    assert [own["difference_low"], own["difference_high"]] == said["interval"]
    assert [own["difference_sd"], own["p"], own["p_adjusted"], own["pairs"]] == [
        said["std"], said["p_value"], said["p_adjusted"], said["pairs"],
    ]  # fmt: skip
    assert own["side"] == f"'{ODD}"
    assert (base["role"], own["role"], own["verdict"]) == ("baseline", "candidate", said["verdict"].value)
    assert pd.isna(base["difference"])


def test_metrics_hold_a_pair_in_each_row(compare: Compare) -> None:
    found = compare(b=WORSE, c=(0.7, 0.71, 0.69, 0.72, 0.7))
    rows = read(metrics(found)).to_dict("records")
    for row, other in zip(rows, comparison(found)["candidates"], strict=True):
        assert (row["candidate"], row["candidate_mean"], row["candidate_sd"]) == (
            other["label"],
            other["mean"],
            other["std"],
        )
        assert row["difference"] == other["difference"]["mean"]
        assert (row["better"], row["baseline_n"]) == ("higher", 5)


def test_runs_hold_whole_ids_and_scores(compare: Compare) -> None:
    found = compare(b=WORSE)
    rows = read(runs(found, scale_of(found.first)))
    assert rows["score"].tolist()[5:] == list(WORSE)
    assert rows["run_id"].tolist()[0] == "baseline-0"
    assert rows["seed"].tolist()[0] == 42


def test_slices_and_examples_have_their_own_columns() -> None:
    row = Slice("lang", "-de", 40, 0.9, 0.8, -0.1, REACH, 0.01, 0.02)
    found = answer(candidate(slices=(row,)))
    table = replace(examples.slices(found, scale_of(found.first)), data=figures.slices(found))
    [read_back] = read(table).to_dict("records")
    assert (read_back["category"], read_back["difference"], read_back["p_adjusted"]) == ("'-de", -0.1, 0.02)
    assert (read_back["low"], read_back["high"]) == (REACH.low, REACH.high)
    by_examples = read(sides(found, scale_of(found.first)))
    assert by_examples["examples"].tolist() == [200, 200]
