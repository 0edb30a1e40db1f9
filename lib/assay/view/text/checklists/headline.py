"""The first lines of a checklist: how much the runs prove, what waits, and what is proved against."""

from collections.abc import Callable

from assay.model.evidence.checklist import ItemStatus, Language, Severity
from assay.model.evidence.proved import AnsweredChecklist, Proved
from assay.view.text.checklists.phrases import PHRASES
from assay.view.text.escape import code, short
from assay.view.text.numbers import count
from assay.view.text.verdicts import Mark

Namer = Callable[[str], str]

_LONGEST_NAME = 60


def mark(answered: AnsweredChecklist) -> Mark:
    """Red where something is proved against, green where nothing is left."""
    statuses = PHRASES[Language.EN].statuses
    if answered.no:
        return statuses[ItemStatus.NO]
    return statuses[ItemStatus.OPEN if answered.open else ItemStatus.YES]


def headline(found: Proved, answered: AnsweredChecklist, language: Language, *, name: Namer = code) -> str:
    """`svc-rbf: runs prove 5 of 13 items; 7 wait, 6 of them block`; Markdown unless `name` says otherwise."""
    phrases, about = PHRASES[language], _counts(answered)
    if not found.candidate:
        return f"{answered.checklist.title[language]}: {phrases.nobody.format(**about)}."
    parts = [phrases.proved.format(**about)]
    parts += [phrases.against.format(**about)] if answered.no else []
    one, more = phrases.wait_blocking if about["block"] else phrases.wait
    parts += [(one if answered.open == 1 else more).format(**about)] if answered.open else []
    return f"{name(short(found.candidate, _LONGEST_NAME))}: {phrases.between.join(parts)}."


def badges(answered: AnsweredChecklist, language: Language) -> tuple[Mark, ...]:
    """`✓ 5 proved`, `? 7 open, 6 block`, `✕ 0 proved against`."""
    phrases, about = PHRASES[language], _counts(answered)
    kinds = (ItemStatus.YES, ItemStatus.OPEN, ItemStatus.NO)
    counts, blocking = (answered.yes, answered.open, answered.no), phrases.blocking if about["block"] else ""
    words = (phrases.counts[0], phrases.counts[1] + blocking, phrases.counts[2])
    return tuple(
        Mark(phrases.statuses[kind].glyph, said.format(**about), phrases.statuses[kind].colour if n else "gray")
        for kind, said, n in zip(kinds, words, counts, strict=True)
    )


def score(answered: AnsweredChecklist, language: Language) -> str:
    """Of a list that is scored; else nothing."""
    if answered.score is None:
        return ""
    most = min(len(own.items) for own in answered.checklist.sections)
    return PHRASES[language].score.format(score=f"{answered.score:g}", most=most)


def basis(found: Proved, language: Language) -> str:
    """How many runs that is by; nothing without a candidate."""
    if not found.candidate:
        return ""
    n, m = len(found.run_ids), len(found.baseline_ids)
    beside, alone = PHRASES[language].basis
    return (beside if found.baseline else alone).format(n=n, m=m, runs=count(n, "run"), others=count(m, "run"))


def reading(done: int, total: int) -> str:
    """How far the proofs are."""
    return f"Looking for proofs, {done:,} of {total:,}"


def _counts(answered: AnsweredChecklist) -> dict[str, int | str]:
    waiting = answered.having(ItemStatus.OPEN)
    block = sum(one.item.severity is Severity.BLOCK for _, one in waiting)
    items, verb = len(answered.answers), "blocks" if block == 1 else "block"
    return {
        "yes": answered.yes,
        "no": answered.no,
        "open": answered.open,
        "block": block,
        "blocks": verb,
        "items": items,
    }
