"""A checklist as Markdown to take along: boxes, proofs, and what all of it rests on."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assay.model.evidence.checklist import ItemAnswer, ItemSection, ItemStatus, Language, Text
from assay.model.evidence.proved import AnsweredChecklist, Proved
from assay.view.text.checklists.headline import headline, score
from assay.view.text.checklists.items import Linked, plain
from assay.view.text.checklists.phrases import PHRASES
from assay.view.text.escape import code, flat, pasted
from assay.view.text.numbers import count


def _nowhere(_: ItemAnswer) -> str:
    return ""


def markdown(
    found: Proved,
    answered: AnsweredChecklist,
    language: Language,
    about: Mapping[str, Any],
    linked: Linked = _nowhere,
) -> str:
    """The whole list; `about`: store, snapshot, policy and versions, as every result names them; `linked`: where the
    pages are, the address of a proof.
    """
    own = answered.checklist
    lines = [f"# {_text(own.title, language)}, v{own.version}", "", headline(found, answered, language), ""]
    place = 1
    for section in own.sections:
        lines += _section(found, answered, section, place, language, linked)
        place += len(section.items)
    lines += [said] if (said := score(answered, language)) else []
    return "\n".join((*lines, *_basis(found, about), ""))


def reports(found: Proved, answered: AnsweredChecklist, language: Language) -> Sequence[str]:
    """The sentence, and a line an item, as plain text."""
    said = [headline(found, answered, language, name=flat)]
    for place, one in enumerate(answered.answers, start=1):
        state = PHRASES[language].statuses[one.status].label
        said.append(f"{place}. {one.item.text[language]} {state}: {plain(found, one, language)}")
    return said


def _section(
    found: Proved, answered: AnsweredChecklist, section: ItemSection, first: int, language: Language, linked: Linked
) -> Iterator[str]:
    if section.title and len(answered.checklist.sections) > 1:
        yield from (f"## {_text(section.title, language)}", "")
    of = {one.item.id: one for one in answered.answers}
    for place, item in enumerate(section.items, start=first):
        yield _line(found, place, of[item.id], language, linked(of[item.id]))
    yield ""


def _line(found: Proved, place: int, one: ItemAnswer, language: Language, address: str) -> str:
    """`- [x] 1. text – **yes**: proof`, a link where it is known where that is seen."""
    phrases = PHRASES[language]
    box = "x" if one.status is ItemStatus.YES else " "
    blocks = "" if one.status is ItemStatus.YES else f" ({phrases.severities[one.item.severity][0].word})"
    status = phrases.statuses[one.status].word
    told = pasted(flat(plain(found, one, language)))
    shown = f"[{told}]({address})" if address else told
    return f"- [{box}] {place}\\. {_text(one.item.text, language)} **{status}**{blocks}: {shown}"


def _text(own: Text, language: Language) -> str:
    return pasted(flat(own[language]))


def _basis(found: Proved, about: Mapping[str, Any]) -> Iterator[str]:
    asked = found.question
    if asked.candidate:
        yield f"Candidate: {code(asked.candidate)}, {count(len(found.run_ids), 'run')}."
        if asked.baseline:
            yield f"Baseline: {code(asked.baseline)}, {count(len(found.baseline_ids), 'run')}."
        if found.experiments:
            yield f"Experiments: {', '.join(map(code, found.experiments))}."
    policy, snapshot = about["policy"], about["snapshot"]
    yield f"Store {code(about['store'])}, complete as of {snapshot['complete_as_of']}; policy {policy['digest'][:12]}."
    yield f"Assay {about['assay']}."
