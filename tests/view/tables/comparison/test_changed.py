"""Tables of changed examples with what was logged of them."""

from dataclasses import replace

from assay.model.comparison.answer import Candidate
from assay.model.comparison.examples import Example, Flips
from assay.model.comparison.excerpts import Excerpt, Reply, RunReply
from assay.model.comparison.side import Replicate
from assay.view.tables.comparison.changed import Shown, changed, kinds, replies, taken
from assay.view.text.comparison.scale import scale_of
from examined import answer, candidate

ROWS = (Example("x1", 1.0, 0.2, -0.8, {"kind": "owl"}), Example("=x2", 0.6, 0.4, -0.2, {"kind": "cat"}))
FLIPPED = candidate("b", flips=Flips(0, 2, 10, 3, averaged=True, higher=True, limit=500, lost_examples=ROWS))
KNOWN = {
    "x1": Excerpt(
        "x1", "<b>hi</b>\n" + "x" * 190, 900, ("r1", "i/x1.png"), "owl", Reply("owl", 2, 2), Reply("cat", 1, 2)
    ),
    "=x2": Excerpt("=x2", None, 0, ("r1", "i/gone.png"), "@cat", Reply("cat", 1, 1), None),
}
IMAGES = {("r1", "i/x1.png"): "data:image/png;base64,AAAA"}


def headers(one: Candidate, shown: Shown, rows: tuple[Example, ...] = ROWS) -> list[str]:
    found = answer(one)
    return [
        column.header for column in changed(found, one, rows, scale_of(found.first), "Broke", shown).columns.values()
    ]


def test_what_was_logged_stands_beside_the_example_and_replaces_flipped_scores() -> None:
    shown = Shown(KNOWN, IMAGES, {"x1": "/compare?example=x1"})
    assert headers(FLIPPED, shown) == ["input", "example", "input, as logged", "label", "model=a", "b", "link"]
    found = answer(FLIPPED)
    frame = changed(found, FLIPPED, ROWS, scale_of(found.first), "Broke", shown).frame
    assert frame["image"].dropna().tolist() == ["data:image/png;base64,AAAA"]
    assert frame["input"].tolist() == ["<b>hi</b> " + "x" * 190 + "…", "–"]
    assert frame["label"].tolist() == ["owl", "'@cat"]
    assert frame["said-baseline"].tolist() == ["owl in 2 of 2", "cat"]
    assert frame["said-candidate"].tolist() == ["cat in 1 of 2", "–"]
    assert frame["link"].dropna().tolist() == ["/compare?example=x1"]


def test_where_nothing_was_logged_scores_and_slices_stand_there() -> None:
    sliced = candidate("b", flips=FLIPPED.examined.flips if FLIPPED.examined else None, slice_columns=("kind",))
    assert headers(sliced, Shown()) == ["example", "model=a, %", "b, %", "difference", "kind"]


def test_losses_keep_their_scores_beside_the_answers() -> None:
    lost = candidate("b", losses=ROWS)
    assert kinds(lost) == {"loss": ROWS, "gain": ()}
    expected = ["example", "label", "model=a said", "b said", "model=a, %", "b, %", "difference"]
    known = {"x1": replace(KNOWN["x1"], input=None, image=None)}
    assert headers(lost, Shown(known)) == expected


def test_a_file_holds_every_figure_by_itself() -> None:
    first, second = taken(FLIPPED, "broke", ROWS, KNOWN).to_dict("records")
    assert first["input"].startswith("<b>hi</b>\n")
    assert (first["change"], first["label"], first["baseline_said"], first["baseline_times"]) == (
        "broke",
        "owl",
        "owl",
        2,
    )
    assert (first["baseline_mean"], first["candidate_mean"], first["difference"]) == (1.0, 0.2, -0.8)
    assert (second["input"], second["candidate_said"], second["candidate_answers"]) == ("i/gone.png", None, None)


def test_every_run_has_a_row_and_those_of_the_baseline_only_one() -> None:
    runs = (RunReply("r1", 1.0, "owl"), RunReply("r2", None, None), RunReply("alien", 0.0, "x"))
    one = replace(KNOWN["x1"], runs=runs)
    seeded = replace(FLIPPED.side, sample=replace(FLIPPED.side.sample, replicates=(Replicate(("r2",), seed="7"),)))
    assert FLIPPED.examined is not None
    base = replace(FLIPPED.examined.baseline.sample, replicates=(Replicate(("r1",), seed="42"),))
    examined = replace(FLIPPED.examined, baseline=replace(FLIPPED.examined.baseline, sample=base))
    own = replace(FLIPPED, side=seeded, examined=examined)
    table = replies(answer(own), [(own, one), (own, one)], scale_of(answer(own).first))
    assert table.frame["seed"].tolist() == ["42", "7"]
    assert table.frame["score"].tolist() == ["100.0", "–"]
    assert table.frame["said"].tolist() == ["owl", "–"]
    silent = replace(one, runs=(RunReply("r1", 1.0, None),))
    assert "said" not in replies(answer(own), [(own, silent)], scale_of(answer(own).first)).columns
