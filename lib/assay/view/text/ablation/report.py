"""Sentences for a report, as plain text."""

from assay.model.ablation.answer import Ablation
from assay.view.text.ablation.account import basis, doubts, left_out, remarks, shares
from assay.view.text.ablation.headline import follows, headline
from assay.view.text.ablation.pairs import in_words
from assay.view.text.ablation.words import labels
from assay.view.text.escape import flat, named
from assay.view.text.notes import words


def reports(found: Ablation) -> list[str]:
    """The hypothesis, the answer and what follows, the same pair by pair, and how far to trust it."""
    plan = f"The plan's hypothesis: {flat(found.hypothesis)}" if found.hypothesis else ""
    said = [plan, headline(found, name=named), follows(found, name=named)]
    said += [one.plain for one in in_words(found, name=flat)]
    said += [shares(found, name=named), basis(found, name=named), left_out(found, name=named)]
    said += [words(one, labels(found)) for one in (*remarks(found), *doubts(found))]
    return [text for text in said if text]
