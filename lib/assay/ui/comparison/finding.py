"""The answer, and its first lines: the finding, what every claim carries, what follows, how far to trust it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from assay.model.comparison import Candidate, Comparison, Direction, DirectionSource
from assay.model.examples import ExampleComparison
from assay.queries.comparison.example_metrics import Examined
from assay.queries.comparison.seeds import Compared
from assay.ui import links, load
from assay.ui.comparison.question import EXAMPLE, SEEDS
from assay.ui.frame import Context
from assay.ui.load import Asked
from assay.view.tables.comparison import plan as plans
from assay.view.text import numbers as figures
from assay.view.text.comparison import caveats, names, sentences
from assay.view.text.comparison import examples as words
from assay.view.text.escape import code, sentence
from assay.view.text.numbers import Scale, count, percent
from assay.view.text.verdicts import MARKS

_SOURCES: dict[DirectionSource, str] = {
    "option": "chosen",
    "policy": "policy",
    "name": "by its name",
    "assumed": "assumed",
}
_MOST_ALSO = 8
_MOST_WARNINGS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked with what was found: `seeds`, one a metric, or `examined` where examples are compared."""

    context: Context
    asked: Asked
    seeds: tuple[Compared, ...] = ()
    examined: Examined | None = None

    @property
    def single(self) -> bool:
        """Whether there is one candidate."""
        return len(self.asked.candidates) == 1

    @property
    def direction(self) -> Direction:
        """Of the first metric."""
        return self.examined.first[0].direction if self.examined else self.seeds[0].comparison.direction


def answered(context: Context, asked: Asked) -> Answer | None:
    """The comparison; None with what to do next while there is nothing to compare."""
    if not asked.complete:
        _next(asked)
        return None
    if asked.unit != SEEDS:
        examined = load.examined(context, asked)
        named = tuple(names.shortened_examples(own) for own in examined.by_metric)
        return Answer(context, asked, examined=replace(examined, by_metric=named))
    found = load.compared_on(context, asked)
    seeds = tuple(replace(one, comparison=names.shortened(one.comparison)) for one in found)
    return Answer(context, asked, seeds=seeds)


def _next(asked: Asked) -> None:
    """Nothing to compare yet: what is missing and where it is found."""
    missing = [
        name
        for name, there in (
            ("a metric", asked.metrics),
            ("a baseline", asked.baseline),
            ("a candidate", asked.candidates),
        )
        if not there
    ]
    with st.container(border=True):
        st.subheader("Choose what to compare", anchor=False)
        st.markdown(
            f"Still missing: {' and '.join(missing)}. Pick an experiment and then its configurations above, write "
            f"MLflow filters there, such as {code(EXAMPLE)}, or tick two or more rows of the list of runs."
        )
        links.to_runs("Choose on Runs", icon=":material/list:")


def show_finding(answer: Answer) -> None:
    """The sentence first, then what every claim has to carry, then what follows and how far to trust it."""
    if answer.examined:
        _by_examples(answer.examined)
    else:
        _by_seeds(answer)
    if answer.asked.slice_by and not answer.examined:
        st.caption("Slices are made of examples: choose examples or both under Method to see them.")


def _by_seeds(answer: Answer) -> None:
    found = answer.seeds[0]
    comparison, numbers = found.comparison, scale_of(found)
    glyph, colour = sentences.glyph(comparison)
    st.header(f":{colour}[{glyph}] {sentences.headline(comparison, numbers)}", anchor=False)
    if answer.single:
        _single(found, comparison.candidates[0], numbers)
    else:
        badges = [sentences.family(comparison), f"{percent(comparison.level)} intervals", _better(comparison)]
        _badges(badges)
        if luck := caveats.luck(comparison):
            st.caption(luck)
    if answer.single:
        _also([(one.comparison.metric, one.comparison.candidates[0]) for one in answer.seeds[1:]])
    _warnings(_by_metric([(one.comparison.metric, one.comparison.warnings) for one in answer.seeds]))


def _single(found: Compared, candidate: Candidate, numbers: Scale) -> None:
    comparison, mark = found.comparison, MARKS[candidate.difference.verdict]
    badges = [*sentences.facts(comparison, candidate, numbers), _better(comparison)]
    _badges(badges, f":{mark.colour}-badge[{mark.label}]")
    if text := _consequence(found, candidate, numbers):
        st.markdown(text)
    if notes := caveats.caveats(comparison, candidate):
        st.caption(" ".join(notes))


def _consequence(found: Compared, candidate: Candidate, numbers: Scale) -> str:
    smallest = found.smallest_effect
    text = sentences.consequence(found.comparison, candidate, numbers, smallest=smallest, minimum=found.minimum_runs)
    seeds = plans.settling(found.comparison, candidate, smallest=smallest)
    if "doesn't show" in text and seeds and smallest:
        kind = "paired seed" if candidate.difference.paired else "seed"
        text += f" {count(seeds, kind)} would settle a difference of {numbers.limit(smallest)}."
    return text


def _by_examples(examined: Examined) -> None:
    """Says the unit of resampling in the badges and in the caveats."""
    found = examined.first
    first, numbers = found[0], words.scale(found[0])
    verdicts = [one.difference.verdict for one in found]
    mark = next((MARKS[v] for v in MARKS if v in verdicts), MARKS[first.difference.verdict])
    st.header(f":{mark.colour}[{mark.glyph}] {words.summary(found, numbers)}", anchor=False)
    if len(found) == 1:
        unknown = first.difference.mean is None
        verdict = "" if unknown else f":{mark.colour}-badge[{mark.label}]"
        _badges([*words.facts(first, numbers), _better(first)], verdict)
        if text := words.consequence(first, numbers):
            st.markdown(text)
    else:
        level = f"{percent(first.level)} intervals"
        _badges([words.family(first), f"unit: {words.UNITS[first.unit]}", level, _better(first)])
    notes = dict.fromkeys(sentence(text) for one in found for text in words.caveats(one))
    if notes:
        st.caption(" ".join(notes))
    if len(found) == 1:
        _also([(own[0].metric, own[0]) for own in examined.by_metric[1:]])
    found_warnings = [(own[0].metric, [text for one in own for text in one.warnings]) for own in examined.by_metric]
    _warnings(_by_metric(found_warnings))


def _also(others: list[tuple[str, Candidate]] | list[tuple[str, ExampleComparison]]) -> None:
    """What the other metrics of the page say, so that a gain here doesn't hide a loss there."""
    if not others or len(others) > _MOST_ALSO:
        return
    said = []
    for metric, one in others:
        mark = MARKS[one.difference.verdict]
        known = one.difference.mean is not None
        said.append(f"{code(metric)} :{mark.colour}[{mark.label}]" if known else f"{code(metric)} can't be compared")
    st.markdown(f"Also compared: {', '.join(said)}.")


def _badges(texts: list[str], first: str = "") -> None:
    shown = [first] if first else []
    st.markdown(" ".join([*shown, *(f":gray-badge[{text}]" for text in texts)]))


def _by_metric(found: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """The warnings of every metric; those that not all of them have begin with their metric."""
    everywhere = set.intersection(*(set(texts) for _, texts in found))
    return [text if text in everywhere else f"{metric}, {text}" for metric, texts in found for text in texts]


def _warnings(texts: list[str]) -> None:
    """Each once, the same of several sides together; from the fourth on behind their number."""
    lines = [f":orange[:material/warning:] {sentence(text)}" for text in sentences.gathered(texts)]
    for line in lines[:_MOST_WARNINGS]:
        st.caption(line)
    if rest := lines[_MOST_WARNINGS:]:
        with st.expander(count(len(rest), "more warning"), icon=":material/warning:"):
            for line in rest:
                st.caption(line)


def _better(one: Comparison | ExampleComparison) -> str:
    """Which way is better, and who said so."""
    better = "higher" if one.direction is Direction.MAXIMIZE else "lower"
    return f"{better} is better ({_SOURCES[one.direction_source]})"


def scale_of(found: Compared) -> Scale:
    """How to write a comparison's numbers."""
    return figures.scale_of(found.comparison, found.unit)
