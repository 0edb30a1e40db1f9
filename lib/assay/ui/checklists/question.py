"""Which checklist, and whose runs are to prove it: the row of inputs, all of them in the URL."""

from dataclasses import dataclass

import streamlit as st

from assay.model.evidence.checklist import Checklist, Checklists, Language
from assay.model.evidence.proved import ChecklistQuestion
from assay.queries.checklists.known import chosen, known
from assay.queries.runs.inventory import experiments as held_experiments
from assay.ui import controls, links, load
from assay.ui.frame import Context
from assay.ui.sides import sides_to_pick
from assay.view.text.checklists.phrases import PHRASES, language_of

# Names of this page's own, as every page has them.
LIST, WITHIN, CANDIDATE, BASELINE, LANGUAGE = (
    *("checklist", "checked-in", "checked-candidate", "checked-baseline", "checked-language"),
)
KEYS = (LIST, WITHIN, CANDIDATE, BASELINE, LANGUAGE)
_LANGUAGES = tuple(phrases.language for phrases in PHRASES.values())


@dataclass(frozen=True, slots=True)
class ChecklistAsked:
    """What was asked; `shown`: the list that is looked at, of those that are `held`."""

    question: ChecklistQuestion
    held: Checklists
    shown: Checklist
    language: Language

    def choices(self, name: str = "") -> links.Choices:
        """Every input by name, with the list called `name` in place of the one that is looked at."""
        asked = self.question
        values = (name or self.shown.name, asked.experiments, asked.candidate, asked.baseline, self._language)
        return dict(zip(KEYS, values, strict=True))

    @property
    def _language(self) -> str | None:
        return None if self.language is Language.EN else PHRASES[self.language].language


def ask(context: Context) -> ChecklistAsked:
    """The row of inputs, the language last; raises SelectionError for no such list, ChecklistError for a wrong one."""
    held = known(context.work.settings)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = [own.name for own in held.known]
        nothing = chosen(held).name if held.known else "none can be read"
        name = controls.one("Checklist", names, LIST, nothing=nothing, width=190) or ""
        experiments = load.answer(context.work, held_experiments, False)
        within = controls.within(experiments, WITHIN, width=200)
        filters = sides_to_pick(context, within, deleted=False)
        candidate = controls.one("Candidate", filters, CANDIDATE, nothing="none: nothing is proved") or ""
        baseline = controls.one("Baseline", filters, BASELINE, nothing="none") or ""
    language = language_of(controls.switch("Language", _LANGUAGES, LANGUAGE))
    links.said_unknown(KEYS)
    question = ChecklistQuestion(candidate, baseline, within)
    return ChecklistAsked(question, held, chosen(held, name), language)
