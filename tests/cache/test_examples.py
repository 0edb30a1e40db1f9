"""Joins of example scores, on real files."""

import gc
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assay.cache.examples import Pairs, pairs
from assay.cache.score_files import SEVERAL, ScoreFile, UnreadableError, inspect
from saying import refused

IDS = [f"e{k}" for k in range(10)]
SLICES = ["x", "y"] * 5


def file(path: Path, ids: object, scores: object, **more: object) -> ScoreFile:
    pd.DataFrame({"example_id": ids, "accuracy": scores, **more}).to_parquet(path, index=False)
    return inspect(path)


def joined(*sides: list[ScoreFile], slices: tuple[str, ...] = ()) -> Pairs:
    baseline, candidate = ([[one] for one in side] for side in sides)
    return Pairs(baseline, candidate, "accuracy", slices)


def test_examples_are_paired_by_id_whatever_their_order(tmp_path: Path) -> None:
    scores = np.arange(10.0)
    baseline = file(tmp_path / "b", IDS, scores)
    candidate = file(tmp_path / "c", IDS[::-1], scores[::-1] + 1)
    found = joined([baseline], [candidate])
    assert found.examples == 10
    assert found.differences().tolist() == [1.0] * 10
    assert not found.binary


def test_ids_of_numbers_meet_ids_of_text(tmp_path: Path) -> None:
    found = joined([file(tmp_path / "b", range(5), [1.0] * 5)], [file(tmp_path / "c", list("01234"), [0.0] * 5)])
    assert found.examples == 5
    assert found.binary


def test_runs_of_a_side_are_averaged_over_the_examples_that_all_of_them_hold(tmp_path: Path) -> None:
    baseline = [file(tmp_path / "b0", IDS, np.zeros(10)), file(tmp_path / "b1", IDS[2:], np.ones(8))]
    candidate = [file(tmp_path / "c0", IDS[:9], np.ones(9)), file(tmp_path / "c1", [*IDS[:9], "new"], np.ones(10))]
    found = joined(baseline, candidate)
    assert found.examples == 7
    assert set(found.scores("baseline")) == {0.5}
    assert (found.baseline.examples, found.baseline.uneven, found.baseline.only_here) == (8, 2, 1)
    assert (found.candidate.examples, found.candidate.uneven, found.candidate.only_here) == (9, 1, 2)
    assert sorted(found.matrix().mean(axis=1)) == [0.0, 1.0]
    assert found.matrix().shape == (2, 7)


def test_scores_that_are_no_number_are_left_out_and_counted(tmp_path: Path) -> None:
    baseline = file(tmp_path / "b", IDS, np.array([np.nan, np.inf, *np.ones(8)]))
    found = joined([baseline], [file(tmp_path / "c", IDS, np.zeros(10))])
    assert (found.baseline.undefined, found.examples, found.candidate.only_here) == (2, 8, 2)


def test_several_rows_of_an_example_are_averaged_within_their_run_and_counted(tmp_path: Path) -> None:
    generations = {"writer": [*"aaaaabbbbb", "b", "a"], "kind": [*SLICES, "y", "y"]}
    baseline = file(tmp_path / "b", [*IDS, "e9", "e9"], [*np.zeros(9), 1.0, 0.0, 1.0], **generations)
    candidate = file(tmp_path / "c", IDS, np.ones(10), kind=SLICES)
    found = Pairs([[baseline]], [[candidate]], "accuracy", ("kind",), cluster="writer")
    assert (found.examples, found.baseline.averaged, found.candidate.averaged) == (10, (3, 1), (0, 0))
    assert found.baseline.repeated == 0
    assert found.averaged
    assert sorted(found.scores("baseline")) == [*[0.0] * 9, pytest.approx(2 / 3)]
    assert found.binary
    # e9 has rows by two writers, so that it is none of theirs.
    assert (found.unclear, len(set(found.clusters("baseline")))) == ((0, 1), 3)


def test_an_example_whose_rows_differ_in_a_category_is_in_one_for_such(tmp_path: Path) -> None:
    ids = np.repeat(np.arange(20), 2)
    raters = file(tmp_path / "b", ids, np.ones(40), rater=["x", "y"] * 20, kind=np.repeat(["u", "v"], 20))
    found = joined([raters], [file(tmp_path / "c", range(20), np.zeros(20))], slices=("rater", "kind"))
    assert found.moments("rater").categories == (SEVERAL,)
    assert dict(zip(found.moments("kind").categories, found.moments("kind").n, strict=True)) == {"u": 10, "v": 10}


def test_a_cluster_is_what_all_rows_runs_and_sides_that_name_one_agree_on(tmp_path: Path) -> None:
    writers = [1, 1, 1, 2, 2, 2, None, 3, 3, 3]
    first = file(tmp_path / "b0", IDS, np.zeros(10), writer=pd.array(writers, dtype="Int64"))
    second = file(tmp_path / "b1", IDS, np.ones(10))
    other = file(tmp_path / "c", IDS, np.ones(10), writer=[*"111222", "", *"334"])
    found = Pairs([[first], [second]], [[other]], "accuracy", (), cluster="writer")
    assert found.unclear == (1, 1)
    by_score = dict(zip(IDS, found.clusters("baseline"), strict=False))
    assert len(set(by_score.values())) == 5
    apart = file(tmp_path / "d", [f"z{k}" for k in range(4)], np.ones(4), writer=["1", "1", "2", "2"])
    unpaired = Pairs([[first]], [[apart]], "accuracy", (), cluster="writer")
    assert (unpaired.examples, unpaired.unclear) == (0, (1, 0))
    assert sorted(np.bincount(unpaired.clusters("candidate"))) == [2, 2]
    assert sorted(np.bincount(unpaired.clusters("baseline"))) == [1, 3, 3, 3]


def test_text_among_the_scores_is_left_out_and_text_alone_is_refused(tmp_path: Path) -> None:
    mixed = file(tmp_path / "b", IDS, ["1.0"] * 8 + ["n/a", "yes"])
    found = joined([mixed], [file(tmp_path / "c", IDS, np.zeros(10))])
    assert (found.examples, found.baseline.undefined) == (8, 2)
    words = file(tmp_path / "w", IDS, ["yes"] * 10)
    with refused(UnreadableError, "holds no number") as raised:
        joined([mixed], [words])
    assert raised.value.path == words.path


def test_a_column_may_be_called_as_what_its_words_speak_of(tmp_path: Path) -> None:
    texts = file(tmp_path / "scores.parquet", IDS, np.ones(10), PROFILE_ms=["none"] * 10)
    with refused(UnreadableError, r"^The column PROFILE_ms of scores\.parquet holds no number\.$"):
        Pairs([[texts]], [[texts]], "PROFILE_ms", ())


@pytest.mark.parametrize(
    "numbers",
    [
        pa.array(np.arange(10), pa.int8()),
        pa.array(np.arange(10, dtype=np.float16)),
        pa.array([Decimal(k) for k in range(10)], pa.decimal256(40, 3)),
        pa.array([str(k) for k in range(10)]).dictionary_encode(),
        pa.array(np.arange(10, dtype=np.uint64)),
    ],
)
@pytest.mark.parametrize("ids", [pa.array(IDS).dictionary_encode(), pa.array(IDS, pa.large_string())])
def test_every_kind_of_number_and_id_is_read(tmp_path: Path, numbers: pa.Array, ids: pa.Array) -> None:
    pq.write_table(pa.table({"example_id": ids, "accuracy": numbers}), tmp_path / "s.parquet")
    one = inspect(tmp_path / "s.parquet")
    found = joined([one], [file(tmp_path / "plain", IDS, np.zeros(10))])
    assert sorted(found.differences()) == [-float(k) for k in range(9, -1, -1)]


def test_numbers_whose_powers_are_none_count_as_undefined(tmp_path: Path) -> None:
    found = joined([file(tmp_path / "b", IDS, [1e300, -1e300, *[1.0] * 8])], [file(tmp_path / "c", IDS, np.zeros(10))])
    assert (found.baseline.undefined, found.examples) == (2, 8)


def test_damage_inside_a_file_names_the_file(tmp_path: Path) -> None:
    ids = [f"{k:x}" for k in np.random.default_rng(0).integers(0, 2**60, 50_000)]
    whole = file(tmp_path / "b", ids, np.arange(50_000.0))
    broken = tmp_path / "c"
    content = bytearray((tmp_path / "b").read_bytes())
    content[2_000:300_000] = bytes(298_000)
    broken.write_bytes(content)
    damaged = inspect(broken)
    with refused(UnreadableError, "c is damaged") as raised:
        joined([whole], [damaged])
    assert raised.value.path == broken


def test_sides_without_a_common_id_keep_their_own_scores(tmp_path: Path) -> None:
    found = joined([file(tmp_path / "b", list("abc"), [1.0, 2, 3])], [file(tmp_path / "c", list("de"), [5.0, 7])])
    assert found.examples == 0
    assert (found.baseline.only_here, found.candidate.only_here) == (3, 2)
    assert sorted(found.scores("baseline")) == [1, 2, 3]
    assert found.slices == ()


def test_flips_are_counted_and_named_in_either_direction(tmp_path: Path) -> None:
    baseline = file(tmp_path / "b", IDS, [1, 1, 1, 1, 0, 0, 0, 0, 1, 0])
    candidate = file(tmp_path / "c", IDS, [1, 1, 1, 0, 1, 1, 0, 0, 0, 0])
    found = joined([baseline], [candidate])
    counts = found.agreement(higher=True)
    assert (counts.both, counts.gained, counts.lost, counts.neither) == (3, 2, 2, 3)
    assert [e.example_id for e in found.flipped(gained=True, higher=True, limit=9)] == ["e4", "e5"]
    assert [e.example_id for e in found.flipped(gained=False, higher=True, limit=1)] == ["e3"]
    assert [e.example_id for e in found.flipped(gained=True, higher=False, limit=9)] == ["e3", "e8"]


def test_the_largest_changes_come_with_both_scores_and_their_slices(tmp_path: Path) -> None:
    baseline = file(tmp_path / "b", IDS, np.zeros(10), part=SLICES)
    candidate = file(tmp_path / "c", IDS, [0, -3, 2, -1, 0, 0, 0, 0, 0, 5.0])
    found = joined([baseline], [candidate], slices=("part",))
    losses = found.extremes(rising=True, limit=5)
    assert [(e.example_id, e.difference) for e in losses] == [("e1", -3.0), ("e3", -1.0)]
    assert dict(losses[0].slices) == {"part": "y"}
    assert [e.example_id for e in found.extremes(rising=False, limit=1)] == ["e9"]


def test_slices_may_stand_in_the_candidates_file_only(tmp_path: Path) -> None:
    baseline = file(tmp_path / "b", IDS, np.zeros(10))
    candidate = file(tmp_path / "c", IDS, np.arange(10.0), part=SLICES)
    found = joined([baseline], [candidate], slices=("part", "unknown"))
    assert found.slices == ("part",)
    table = found.moments("part")
    means = dict(zip(table.categories, table.first + table.centre, strict=True))
    assert means == pytest.approx({"x": 4.0, "y": 5.0})
    assert {name: sorted(v) for name, v in found.values("part", ["y"]).items()} == {"y": [1, 3, 5, 7, 9]}
    assert found.values("part", []) == {}


def test_moments_of_slices_are_those_of_their_differences(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    ids, parts = np.arange(4_000), np.array([f"p{k % 7}" for k in range(4_000)])
    before, after = rng.exponential(size=4_000) + 1e4, rng.exponential(size=4_000) + 1e4
    found = joined(
        [file(tmp_path / "b", ids, before, part=parts)], [file(tmp_path / "c", ids, after)], slices=("part",)
    )
    table = found.moments("part")
    for k, name in enumerate(table.categories):
        d = (after - before)[parts == name] - table.centre
        powers = (table.first[k], table.second[k], table.third[k], table.fourth[k])
        assert powers == pytest.approx([(d**power).mean() for power in (1, 2, 3, 4)], rel=1e-6)
        assert table.n[k] == (parts == name).sum()


def test_shares_of_slices_are_counts(tmp_path: Path) -> None:
    baseline = file(tmp_path / "b", IDS, [1, 1, 1, 1, 0, 0, 0, 0, 1, 0], part=SLICES)
    candidate = file(tmp_path / "c", IDS, [1, 1, 1, 0, 1, 1, 0, 0, 0, 0])
    counts = joined([baseline], [candidate], slices=("part",)).shares("part")
    found = {
        c: tuple(a[k] for a in (counts.n, counts.baseline, counts.candidate, counts.both))
        for k, c in enumerate(counts.categories)
    }
    assert found == {"x": (5, 3, 3, 2), "y": (5, 2, 2, 1)}


def test_odd_names_of_columns_and_folders_are_only_names(tmp_path: Path) -> None:
    folder = tmp_path / "a[1]*'?"
    folder.mkdir()
    frame = pd.DataFrame({"id": IDS, 'sc"ore; --': np.arange(10.0), "select": SLICES, "d": SLICES, "h": SLICES})
    frame.to_parquet(folder / "s.parquet", index=False)
    one = inspect(folder / "s.parquet")
    found = Pairs([[one]], [[one]], 'sc"ore; --', ("select", "d", "h"))
    assert found.examples == 10
    assert found.slices == ("select", "d", "h")


def test_a_join_is_made_once_and_read_by_several_at_once(tmp_path: Path) -> None:
    one = file(tmp_path / "b", IDS, np.arange(10.0), part=SLICES)
    again = inspect(tmp_path / "b")
    found = pairs(((one,),), ((one,),), "accuracy", ("part",))
    assert pairs(((again,),), ((again,),), "accuracy", ("part",)) is found
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: found.differences().sum() + found.moments("part").n.sum(), range(64)))
    assert answers == [10.0] * 64


def large(path: Path, n: int, seed: int, shuffled: bool) -> ScoreFile:
    rng = np.random.default_rng(seed)
    order = np.random.default_rng(99).permutation(n) if shuffled else np.arange(n)
    frame = pd.DataFrame({"example_id": order, "accuracy": rng.exponential(size=n)})
    frame["part"] = pd.Categorical.from_codes(order % 1000, pd.Index([f"p{k}" for k in range(1000)]))
    return inspect(_written(frame, path))


def _written(frame: pd.DataFrame, path: Path) -> Path:
    frame.to_parquet(path, index=False)
    return path


def test_a_million_examples_stay_interactive(tmp_path: Path) -> None:
    sides = [large(tmp_path / "b", 1_000_000, 0, False), large(tmp_path / "c", 1_000_000, 1, True)]
    start = time.process_time()
    found = joined([sides[0]], [sides[1]], slices=("part",))
    assert found.examples == 1_000_000
    made = time.process_time()
    assert len(found.moments("part").categories) == 1000
    sliced = time.process_time()
    # Far above what it takes (0.5 s and 13 ms of one core), so that only a lost order of magnitude fails.
    assert made - start < 5
    assert sliced - made < 0.5


@pytest.mark.slow
def test_ten_million_examples_fit(tmp_path: Path) -> None:
    sides = [large(tmp_path / name, 10_000_000, seed, bool(seed)) for seed, name in enumerate("bc")]
    found = joined([sides[0]], [sides[1]], slices=("part",))
    assert found.examples == 10_000_000
    assert abs(found.differences().mean()) < 0.01
    assert found.moments("part").n.sum() == 10_000_000
    del found
    gc.collect()


def test_examples_are_counted_by_how_many_of_the_baselines_trainings_are_right(tmp_path: Path) -> None:
    said = [[1, 1, 0, 1], [1, 0, 0, 1], [0, 0, 0, 1]]
    baseline = [file(tmp_path / f"b{k}", IDS[:4], own) for k, own in enumerate(said)]
    candidate = [file(tmp_path / "c", IDS[:3], [1, 1, 1])]
    assert joined(baseline, candidate).votes().tolist() == [1, 1, 1, 0]
    assert joined(candidate, baseline).votes().tolist() == [0, 3]
