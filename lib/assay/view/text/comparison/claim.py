"""What every claim has to carry: verdict, interval, p, n and pairing, what was resampled, family, direction."""

from dataclasses import dataclass

from assay.model.comparison.answer import Candidate, Comparison
from assay.model.comparison.question import Aim
from assay.view.text.comparison import caveats, margins
from assay.view.text.comparison.facts import NOISE, better, corrected, family, interval_name, sizes, tails
from assay.view.text.comparison.scale import scale_of
from assay.view.text.escape import markdown, sentence
from assay.view.text.numbers import Scale, count, percent
from assay.view.text.verdicts import Colour, mark_of


@dataclass(frozen=True, slots=True)
class Fact:
    """A short phrase, Markdown; `help`: the method's terms behind it."""

    text: str
    help: str = ""
    colour: Colour = "gray"


def carried(found: Comparison) -> tuple[Fact, ...]:
    """The verdict on the first metric with its facts; of several candidates what they have in common."""
    own = _single(found, found.first.candidates[0]) if found.single else _several(found)
    return (*own, *_family(found), Fact(better(found.first.metric)))


def _single(found: Comparison, candidate: Candidate) -> tuple[Fact, ...]:
    sign = mark_of(candidate.difference, found.rules.aim)
    known = found.over_seeds or candidate.difference.value is not None
    verdict = (Fact(sign.label, colour=sign.colour),) if known else ()
    return (*verdict, *_facts(found, candidate, scale_of(found.first)))


def _facts(found: Comparison, candidate: Candidate, scale: Scale) -> tuple[Fact, ...]:
    difference, said, rules = candidate.difference, [], found.rules
    if difference.interval is not None:
        apart = margins.told_apart(found, candidate, scale)
        limits = apart.limits(difference.interval.low, difference.interval.high)
        named = f"{interval_name(difference.interval)} {limits} {scale.difference_unit}".rstrip()
        said.append(Fact(named, " ".join(map(sentence, caveats.method(found)))))
    if rules.aim is not Aim.BETTER:
        said.append(Fact(margins.allowed(found.first.metric, scale)))
    if difference.p_adjusted is not None:
        test = f"{difference.p_method or 'no test'}{corrected(rules, found.comparisons)}; {tails(rules)}."
        said.append(Fact(margins.p_of(difference, rules.aim, rules.threshold), sentence(test)))
    return (*said, *map(Fact, sizes(found, candidate, markdown)))


def _several(found: Comparison) -> tuple[Fact, ...]:
    first, rules = found.first, found.rules
    margin = () if rules.aim is Aim.BETTER else (margins.allowed(first.metric, scale_of(first)),)
    over = (count(len(first.tasks.tasks), "task"),) if first.tasks else ()
    together = "simultaneous " if rules.simultaneous else ""
    level = Fact(f"{percent(rules.level)} {together}intervals", " ".join(map(sentence, caveats.method(found))))
    return (*map(Fact, (*margin, *over, f"noise from: {NOISE[rules.unit]}")), level)


def _family(found: Comparison) -> tuple[Fact, ...]:
    of = f"{count(len(found.metrics), 'metric')} × {count(len(found.first.candidates), 'candidate')} on this page."
    return (Fact(text, of),) if (text := family(found)) else ()
