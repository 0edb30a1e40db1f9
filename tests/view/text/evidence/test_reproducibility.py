"""The first lines of reproducibility: what repeats say, how many can be run again, and what was left out."""

from collections.abc import Mapping
from typing import Any

from assay.model.evidence.check import Check, CheckStatus
from assay.model.evidence.matrix import CheckCell, CheckRow
from assay.model.evidence.notes import RecordNote
from assay.model.evidence.record import Element, RecordCheck
from assay.model.evidence.reproducibility import (
    Disagreement,
    Field,
    FieldDifference,
    FieldKind,
    FieldValue,
    Repeat,
    Reproducibility,
    ReproducibilityQuestion,
)
from assay.model.metric import Direction, Metric, MetricUnit
from assay.model.note import Note, Quote, note
from assay.view.tables.evidence.reproducibility import differences, repeats
from assay.view.text.evidence import elements
from assay.view.text.evidence.records import field, logs
from assay.view.text.evidence.reproducibility import basis, caveat, compared, folded, headline, worst_repeat

PASS, NOT_LOGGED, WARN, FAIL = CheckStatus
ACCURACY = Metric("accuracy", Direction.MAXIMIZE, "policy", MetricUnit.SHARE)
COMMIT = Field(FieldKind.CODE, "commit")
SAID = {PASS: note(RecordNote.COMMIT_KNOWN, commit="42d9398"), NOT_LOGGED: note(RecordNote.NO_SEEDS, line=Quote("s()"))}

Statuses = Mapping[RecordCheck, CheckStatus]


def cell(check: RecordCheck, status: CheckStatus, said: Note | None = None) -> CheckCell:
    found = said or SAID.get(status, note(RecordNote.TREE_DIRTY, line=Quote("f(changes=True)")))
    return CheckCell(Check(check, status, found), "r", ("r",))


def recorded(rows: Mapping[str, Statuses], *, n: int = 0, **more: Any) -> Reproducibility:
    """These rows of one run each, which pass every other check; `n`: how many rows there are in all."""
    made = tuple(
        CheckRow(label, "digits", label, (label,), tuple(cell(c, own.get(c, PASS)) for c in RecordCheck))
        for label, own in rows.items()
    )
    known: dict[str, Any] = {"total": n or len(made), "runs": n or len(made), "read": len(made), "compared": {}}
    summary: dict[str, Mapping[CheckStatus, int]] = {check: {PASS: len(made)} for check in RecordCheck}
    return Reproducibility(question=ReproducibilityQuestion(), rows=made, summary=summary, **{**known, **more})


def again(label: str = "svc", *, apart: float = 0.0, **more: Any) -> Repeat:
    off = (Disagreement(ACCURACY, apart, 0.96, 0.96 + apart, 0.0033, 5),) if apart else ()
    return Repeat(label, "digits", "1", ("a", "b"), 4, 5, off, **more)


def test_the_sentence_says_what_repeats_say_and_how_many_can_be_run_again() -> None:
    two = {"svc": {}, "mlp": {RecordCheck.SEEDS: WARN}}
    off = again(apart=0.0056, status=FAIL, looked=9)
    other = again(apart=0.02, status=WARN, across=(COMMIT,))
    unread = again(apart=0.02, status=WARN, unread=True)
    shown = {
        "Nothing was repeated. One of two configurations can be run again.": recorded(two),
        "The one repeat agrees to the last digit. One of": recorded(two, repeats=(again(),)),
        "Every repeat agrees to the last digit, two of them.": recorded(two, repeats=(again(), again("mlp"))),
        "One repeat of `svc` disagrees though nothing on record differs.": recorded(two, repeats=(off, other)),
        "Two repeats disagree though nothing": recorded(two, repeats=(off, off)),
        "One repeat of `svc` disagrees, and what is on record differs too.": recorded(two, repeats=(other, again())),
        "One repeat of `svc` disagrees; why is not looked at in full.": recorded(two, repeats=(unread,)),
        "No repeat can be compared.": recorded(two, repeats=(Repeat("svc", "e", "1", ("a", "b"), 0, 5),)),
        "Nothing was repeated. The one configuration can be run again by its record.": recorded({"svc": {}}),
        "Nothing was repeated. Neither of two configurations in view can": recorded(
            {name: {RecordCheck.COMMAND: WARN} for name in "ab"}, n=30
        ),
        "Nothing that a second run needs is on record in 1 configuration.": recorded(
            {"a": dict.fromkeys(RecordCheck, NOT_LOGGED)}
        ),
        "No run to look at.": recorded({}),
    }
    for said, found in shown.items():
        assert headline(found).startswith(said)


def test_an_image_stands_for_packages_and_an_element_names_what_it_lacks() -> None:
    found = recorded({"a": {RecordCheck.PACKAGES: NOT_LOGGED}, "b": {RecordCheck.CODE_CLEAN: WARN}, "c": {}})
    assert [row.label for row in found.again] == ["a", "c"]
    told = {one.element: (elements.badge(one), elements.line(found, one)) for one in found.elements}
    assert told[Element.CODE] == (":orange-badge[! 2 of 3]", "changes that nobody kept in `b`")
    assert told[Element.PIPELINE] == (":green-badge[✓ 3 of 3]", "pipeline, command, packages")
    assert told[Element.DATA_ACCESS] == (":green-badge[✓ 3 of 3]", "on record everywhere")
    assert logs(found.rows[1].cell("code_clean")) == "f(changes=True)"
    assert logs(found.rows[0].cell("packages")) == "s()"


def test_what_is_left_out_folded_or_unread_is_said() -> None:
    found = recorded({"a": {}, "b": {RecordCheck.SEEDS: NOT_LOGGED}}, n=900, aside=("latency", "cost", "qps"))
    assert caveat(found).endswith("never repeats: 3 metrics left out of repeats (`latency`, `cost` and 1 more).")
    assert "Files were read of 2 of 900 runs" in basis(found)
    told = folded(found, [one for one in RecordCheck if one not in (RecordCheck.SEEDS, RecordCheck.COMMAND)])
    assert told == "Command is on record in every row; seeds is in no finding: folded, to be unfolded under Record."
    assert folded(found, tuple(RecordCheck)) == ""
    bare = recorded({label: {RecordCheck.SEEDS: NOT_LOGGED} for label in "ab"})
    told = folded(bare, [one for one in RecordCheck if one is not RecordCheck.SEEDS])
    assert told.startswith("Seeds is not logged in any row: folded")
    assert elements.line(bare, bare.elements[3]).endswith(" in both configurations")
    assert headline(recorded({"a": {}, "b": {}})).endswith("Both configurations can be run again.")
    assert compared(recorded({"a": {}}, against=0)).startswith("No run is found to hold it against. ")
    beside = recorded({"a": {}}, against=5, compared={FieldKind.CODE: 2})
    assert compared(beside) == "No field has other values there, of 2 compared."
    assert compared(found) == "No field is on record of two runs, so nobody knows what differs."


def test_differences_hold_the_fewest_against_the_most_and_never_call_data_equal() -> None:
    values = tuple(FieldValue(value, tuple(f"{value}{k}" for k in range(n)), (of,)) for value, n, of in (
        ("9f" * 20, 5, "svc"), ("b0" * 20, 2, "mlp"), (None, 1, "=cmd()"),
    ))  # fmt: skip
    data = FieldDifference(Field(FieldKind.DATA, "train"), values, parts=("mlp",))
    torch = FieldDifference(Field(FieldKind.THREADS, "torch"), values[:2], against=values[2:])
    found = recorded({"a": {}}, differences=(data, torch), compared={FieldKind.DATA: 3, FieldKind.PACKAGES: 5_000})
    assert differences(found).frame.iloc[0].tolist() == [
        "training data", "mlp, =cmd()", "1 run: not there; 2 runs: b0b0b0b0",
        "5 runs: 9f9f9f9f", ["! warn"],
    ]  # fmt: skip
    assert "of 5,003 compared (5,000 of them packages). Same as far as MLflow looks" in compared(found)
    assert differences(found).frame["status"].tolist()[1] == ["– no warning"]
    assert differences(found).data is not None
    beside = differences(recorded({"a": {}}, differences=(torch,), against=1)).frame.iloc[0]
    assert (beside["field"], beside["against"]) == ("threads of torch", "1 run: not there")
    assert field(Field(FieldKind.PACKAGES, "python")) == "python"


def test_repeats_show_how_far_apart_they_are_beside_the_spread_of_seeds() -> None:
    found = recorded({"a": {}}, repeats=(
        again(apart=0.0056, status=FAIL, looked=9), again(apart=0.02, status=WARN, across=(COMMIT,)),
        again(across=(COMMIT,)), Repeat("x", "e", None, ("a", "b"), 0, 5, status=NOT_LOGGED),
    ))  # fmt: skip
    shown = repeats(found).frame
    assert shown["said"].tolist() == [["✕ disagrees"], ["! differs"], ["✓ reproduced"], ["– not comparable"]]
    assert shown["across"].tolist() == ["nothing on record", "commit", "commit", "no record"]
    assert shown["apart"].tolist()[:1] == ["accuracy 0.6 points"]
    assert shown["label"].tolist()[-1] == "x"
    assert worst_repeat(found).startswith("`svc`, seed `1`: `accuracy` 96.0 and 96.6 %. Nothing on record differs")
    assert worst_repeat(recorded({"a": {}}, repeats=(again(),))) == ""
    odd = again(apart=0.02, status=WARN, across=(Field(FieldKind.PACKAGES, "[x](javascript:x)"),))
    assert worst_repeat(recorded({"a": {}}, repeats=(odd,))).endswith("They differ in `[x](javascript:x)`.")
