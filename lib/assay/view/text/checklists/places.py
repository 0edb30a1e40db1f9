"""Where each proof is seen: the page and what its address asks for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from assay.model.evidence.checklist import Proof, ProofOf
from assay.model.evidence.proved import Proved
from assay.model.evidence.record import RecordCheck

Choices = Mapping[str, str | Sequence[str] | None]


def place(found: Proved, proof: Proof) -> tuple[str, Choices]:
    """A page by its path, and choices by name; None and "" are left out."""
    return _PLACES[proof.of](found, proof)


def page(found: Proved, proof: Proof) -> str:
    """The same as an address without its root: `compare?baseline=…`."""
    path, choices = place(found, proof)
    lists = {key: [value] if isinstance(value, str) else list(value or ()) for key, value in choices.items()}
    said = urlencode({key: [one for one in values if one] for key, values in lists.items() if any(values)}, doseq=True)
    return f"{path}?{said}".removesuffix("?")


def _runs(found: Proved, proof: Proof) -> tuple[str, Choices]:
    """One run, or the list of the candidate's."""
    listed = {"in": _one(found), "where": found.question.candidate, "deleted": _deleted(found)}
    return "", {"run": proof.run_id} if proof.run_id else listed


def _comparison(found: Proved, proof: Proof) -> tuple[str, Choices]:
    asked = found.question
    metrics = (found.examined,) if proof.by_examples and found.examined else found.metrics
    if not found.baseline:
        return _runs(found, proof)
    return "compare", {
        "experiment": _one(found),
        "metric": metrics,
        "baseline": asked.baseline,
        "candidate": asked.candidate,
        "unit": "examples" if proof.by_examples else None,
        "shown": proof.metric if proof.metric in metrics else None,
        "ignore": asked.ignore,
        "with-deleted": _deleted(found),
    }


def _tradeoffs(found: Proved, _: Proof) -> tuple[str, Choices]:
    asked = found.question
    sides = {"candidate": asked.candidate, "baseline": asked.baseline}
    about = {"experiment": _one(found), **sides, "ignore": asked.ignore, "deleted": _deleted(found)}
    return "tradeoffs", {**_named("traded", about), "objective": found.objectives}


def _ablation(found: Proved, proof: Proof) -> tuple[str, Choices]:
    full = found.question.candidate if found.factors else ""
    own = {"in": _one(found), "metric": proof.metric, "components": found.factors, "full": full}
    return "ablation", _named("ablated", {**own, "deleted": _deleted(found)})


def _leakage(found: Proved, proof: Proof) -> tuple[str, Choices]:
    return "leakage", _named("leak", _checks(found, proof))


def _record(found: Proved, proof: Proof) -> tuple[str, Choices]:
    """Repeats stand in the row of their run, and in no cell of it."""
    shown = replace(proof, check="") if proof.check == RecordCheck.REPEATS else proof
    return "reproducibility", _named("record", _checks(found, shown))


def _policy(_: Proved, proof: Proof) -> tuple[str, Choices]:
    return "policy", {"part": proof.check or "scorecards"}


_PLACES: Mapping[ProofOf, Callable[[Proved, Proof], tuple[str, Choices]]] = {
    ProofOf.RUNS: _runs,
    ProofOf.COMPARISON: _comparison,
    ProofOf.SCORECARD: _tradeoffs,
    ProofOf.TRADEOFFS: _tradeoffs,
    ProofOf.ABLATION: _ablation,
    ProofOf.LEAKAGE: _leakage,
    ProofOf.REPRODUCIBILITY: _record,
    ProofOf.POLICY: _policy,
}


def _checks(found: Proved, proof: Proof) -> Choices:
    asked = found.question
    own = {"in": found.experiments, "where": asked.candidate, "ignore": asked.ignore, "deleted": _deleted(found)}
    return {**own, "row": proof.run_id, "check": proof.check if proof.run_id else None}


def _deleted(found: Proved) -> str | None:
    return "true" if found.question.deleted else None


def _one(found: Proved) -> Sequence[str]:
    """The experiment, for pages that take one; none where there are several."""
    return found.experiments if len(found.experiments) == 1 else ()


def _named(page: str, choices: Choices) -> Choices:
    """With the page's name before each: keys belong to one page."""
    return {f"{page}-{key}": value for key, value in choices.items()}
