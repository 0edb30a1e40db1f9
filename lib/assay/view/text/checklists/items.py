"""The items of a checklist as tables of Markdown: open ones with what they need, settled ones with their proof."""

from collections.abc import Callable, Mapping, Sequence

from assay.model.evidence.checklist import Checklist, ItemAnswer, ItemStatus, Language, Severity
from assay.model.evidence.proofs import ProofNote
from assay.model.evidence.proved import AnsweredChecklist, Proved
from assay.view.text.checklists.phrases import PHRASES
from assay.view.text.escape import code, markdown, sentence
from assay.view.text.notes import as_markdown, words
from assay.view.text.verdicts import Mark

Columns = Mapping[str, Sequence[str]]
Numbered = tuple[int, ItemAnswer]
Linked = Callable[[ItemAnswer], str]
"""The address of an answer's proof."""

_BLOCK = ":material/block:"
NOWHERE = (ProofNote.NO_BASELINE, ProofNote.NO_RUN_OF_SIDE)
"""What no page shows."""


def badge(mark: Mark) -> str:
    """As a Markdown badge; the sign that blocks is an icon, for it is in no font."""
    label = mark.label.replace("⊘", _BLOCK)
    return f":{mark.colour}-badge[{label}]"


def waiting(found: Proved, answered: AnsweredChecklist, language: Language, linked: Linked) -> Columns:
    """The open items in their order, as columns."""
    phrases = PHRASES[language]
    rows = answered.having(ItemStatus.OPEN)
    states = [_both(phrases.statuses[one.status], one.item.severity, language) for _, one in rows]
    cells = (states, _questions(answered, rows, language), [_needs(found, one, language, linked) for _, one in rows])
    return dict(zip(phrases.open_columns, cells, strict=True))


def settled(found: Proved, answered: AnsweredChecklist, language: Language, linked: Linked) -> Columns:
    """What the runs prove against first, then what they prove."""
    phrases = PHRASES[language]
    rows = (*answered.having(ItemStatus.NO), *answered.having(ItemStatus.YES))
    states = [_state(one, language) for _, one in rows]
    proofs = [f"[{proof(found, one)}]({linked(one)})" for _, one in rows]
    return dict(zip(phrases.proved_columns, (states, _questions(answered, rows, language), proofs), strict=True))


def severity(own: Severity, language: Language) -> str:
    """What an item means that is open or a no, as a badge."""
    return badge(PHRASES[language].severities[own][0])


def severities(language: Language) -> Sequence[str]:
    """Every severity with what it means."""
    return [f"{badge(mark)} {meant}" for mark, meant in PHRASES[language].severities.values()]


def plain(found: Proved, one: ItemAnswer, language: Language) -> str:
    """The proof, or what is needed, as plain text."""
    if one.proof is None or not found.candidate:
        return PHRASES[language].needs[one.item.needs]
    return words(one.proof.note, found.labels).removesuffix(".")


def proof(found: Proved, one: ItemAnswer) -> str:
    """The numbers, without a full stop; nothing of an item without a proof."""
    if one.proof is None:
        return ""
    return sentence(words(one.proof.note, found.labels).removesuffix("."), one.proof.note.quotes)


def question(answered: AnsweredChecklist, place: int, one: ItemAnswer, language: Language) -> str:
    """`6 · Were the worst examples looked at?`, of a list with headings under its own; plain text."""
    title = answered.section(one.item).title
    under = f"{title[language]}: " if title and len(answered.checklist.sections) > 1 else ""
    return f"{place} · {under}{one.item.text[language]}"


def lists(shown: Sequence[AnsweredChecklist], chosen: str, language: Language, linked: Callable[[str], str]) -> Columns:
    """Every list with what the runs prove of it, and against it; `linked`: its address by its name."""
    phrases = PHRASES[language]
    cells = (
        [_list(own.checklist, chosen, language, linked) for own in shown],
        [f"{own.yes} / {len(own.answers)}" for own in shown],
        [badge(Mark("✕", f"{own.no}", "red")) if own.no else "–" for own in shown],
    )
    return dict(zip(phrases.lists_columns, cells, strict=True))


def ticks(shown: Sequence[AnsweredChecklist], language: Language) -> str:
    """`34 of 84 items …`."""
    yes, items = sum(own.yes for own in shown), sum(len(own.answers) for own in shown)
    return PHRASES[language].ticks.format(yes=yes, items=items)


def templates(shown: Sequence[AnsweredChecklist], chosen: str, language: Language, linked: Callable[[str], str]) -> str:
    """The methods of others with their sizes; nothing where there is none."""
    names = [f"{_list(own.checklist, chosen, language, linked)} {own.yes} / {len(own.answers)}" for own in shown]
    return PHRASES[language].templates.format(names=", ".join(names)) if names else ""


def origin(own: Checklist, file: str, language: Language) -> str:
    """Which file the items are of, and whose method they follow."""
    phrases = PHRASES[language]
    said = phrases.origin.format(file=code(file), version=own.version)
    return f"{said} {phrases.source.format(source=sentence(own.source))}" if own.source else said


def _list(own: Checklist, chosen: str, language: Language, linked: Callable[[str], str]) -> str:
    title = markdown(own.title[language])
    return f"**{title}**" if own.name == chosen else f"[{title}]({linked(own.name)})"


def _state(one: ItemAnswer, language: Language) -> str:
    state = PHRASES[language].statuses[one.status]
    return _both(state, one.item.severity, language) if one.status is ItemStatus.NO else badge(state)


def _both(state: Mark, own: Severity, language: Language) -> str:
    """On one line."""
    return f"{badge(state)}\u00a0{severity(own, language)}"


def _needs(found: Proved, one: ItemAnswer, language: Language, linked: Linked) -> str:
    """Why the runs are silent where they could have spoken, with where that is seen; else what a person gives."""
    if one.proof is None or not found.candidate:
        return PHRASES[language].needs[one.item.needs]
    if one.proof.note.code in NOWHERE:
        return as_markdown(one.proof.note, found.labels)
    return f"[{proof(found, one)}]({linked(one)})"


def _questions(answered: AnsweredChecklist, rows: Sequence[Numbered], language: Language) -> Sequence[str]:
    return [markdown(question(answered, place, one, language)) for place, one in rows]
