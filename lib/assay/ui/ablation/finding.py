"""The answer, and its first lines: what is critical, what can go, how far to trust it; or what is still to be said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from assay.model.ablation.answer import Ablation, TriedPair
from assay.model.ablation.question import Offered
from assay.queries.ablation.answer import ablation
from assay.queries.ablation.levels import offered
from assay.queries.ablation.notation import filter_written, level_written
from assay.ui import controls, links, load, show
from assay.ui.ablation.question import KEYS, PAIR, AblationAsked, switch_on
from assay.ui.frame import Context
from assay.view.text.ablation.account import basis, doubts, left_out, remarks
from assay.view.text.ablation.headline import badges, follows, headline, mark
from assay.view.text.ablation.words import labels
from assay.view.text.escape import code, markdown, paragraphs, short
from assay.view.text.notes import as_markdown

_TO_LOG = """from assay.evidence import AblationStudy

AblationStudy({"scaling": True, "pca": True}, train_and_score).run()"""


@dataclass(frozen=True, slots=True)
class AblationAnswer:
    """What was asked with what was found."""

    context: Context
    found: Ablation

    @property
    def choices(self) -> links.Choices:
        """Every choice and tick by name, those too that policy or page made: a later default changes nothing."""
        asked, metric = self.found.question, self.found.metric
        values = (
            asked.experiments[:1],
            metric.name,
            asked.factors,
            asked.within,
            [level_written(name, level) for name, level in asked.on],
            asked.full,
            [filter_written(name, own) for name, own in asked.without],
            None if metric.assumed else metric.direction.value,
            asked.ignore,
            "true" if asked.deleted else None,
            self.pair,
        )
        return {**dict(zip(KEYS, values, strict=True)), "tick": links.ticks()}

    @property
    def pairs(self) -> Mapping[str, TriedPair]:
        """Those that have all four cells, by what the address calls them; the strongest interaction first."""
        known = [one for one in self.found.pairs if one.square and one.interaction and one.interaction.estimable]
        return {" × ".join(one.components): one for one in sorted(known, key=_strength, reverse=True)}

    @property
    def pair(self) -> str:
        """The pair that is drawn: the strongest unless the address asks for another; "" where there is none."""
        asked = st.query_params.get(PAIR, "")
        return asked if asked in self.pairs else next(iter(self.pairs), "")


def _strength(pair: TriedPair) -> float:
    return abs(pair.interaction.effect.value or 0.0) if pair.interaction else 0.0


def answered(context: Context, asked: AblationAsked) -> AblationAnswer | None:
    """What each component adds; None with what to say next while it cannot be asked."""
    question = asked.question
    if asked.experiments:
        controls.experiment(asked.experiments, "An ablation takes the system of one experiment apart.", "ablated-in")
    elif not question.metric:
        _nothing("No metric is logged", "No run of this experiment logged a metric, so there is nothing to lose.")
    elif not (question.factors or question.without):
        _components(load.answer(context.work, offered, asked.runs), narrowed=bool(question.within))
    elif asked.unclear:
        _levels(asked.unclear)
    else:
        return AblationAnswer(context, load.answer(context.work, ablation, question))
    return None


def _nothing(title: str, why: str) -> None:
    with st.container(border=True):
        st.header(title, anchor=False)
        st.markdown(why)
        links.to_runs("Look at its runs", icon=":material/list:")


def _components(switches: Sequence[Offered], *, narrowed: bool) -> None:
    """Nothing says on and off: the params of two levels, else what to log."""
    with st.container(border=True):
        if switches:
            st.header("Choose components", anchor=False)
            st.markdown("No param here is on in some runs and off in others. These have two levels:")
            params = [(_with_levels(one), [one.param]) for one in switches]
            controls.offer(params, "ablated-components", icon=":material/extension:", what="param")
            return
        st.header("No component here", anchor=False)
        whose = "the runs that the filter finds" if narrowed else "these runs"
        st.markdown(
            f"No param of {whose} has two levels where they finished. A component is a param that is on in the full "
            "system and off in runs without it; this logs them:"
        )
        st.code(_TO_LOG, language=None, wrap_lines=True)
        st.caption("Where no param tells, a filter can: components by filters are asked for above, under Full.")
        links.to_runs("Look at its runs", icon=":material/list:")


def _levels(unclear: Sequence[Offered]) -> None:
    """Levels that do not say which of them is on."""
    with st.container(border=True):
        st.header("Which level does the full system have?", anchor=False)
        st.markdown("The other one is the system without the component.")
        for one in unclear:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(code(short(one.param, 60)), width="content")
                for level in one.levels:
                    said = level_written(one.param, level)
                    st.button(markdown(_said(level)), key=f"on-{said}", on_click=switch_on, args=(one.param, level))


def _with_levels(one: Offered) -> str:
    return f"{markdown(short(one.param, 40))}: {' or '.join(markdown(_said(own)) for own in one.levels)}"


def _said(level: str | None) -> str:
    return "not logged" if level is None else short(level, 40) or '""'


def show_finding(answer: AblationAnswer) -> None:
    """The plan's hypothesis, then the sentence, what follows, and how far to trust it."""
    found = answer.found
    if found.hypothesis:
        st.markdown(f":gray[The plan's hypothesis]  \n{paragraphs(found.hypothesis)}")
    sign = mark(found)
    st.header(f":{sign.colour}[{sign.glyph}] {headline(found)}", anchor=False)
    with st.container(horizontal=True, gap="xsmall"):
        for fact in badges(found):
            st.badge(fact.text, color=fact.colour, help=fact.help or None)
    if told := follows(found):
        st.markdown(told)
    if rests := " ".join(filter(None, (basis(found), left_out(found), *map(as_markdown, remarks(found))))):
        st.caption(rests)
    show.warnings([as_markdown(one, labels(found)) for one in doubts(found)])
