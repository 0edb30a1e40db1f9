"""A review in lines of plain text, for terminals and to paste."""

from assay.model.review.gate import ReviewStanding
from assay.view.text.escape import flat, short
from assay.view.text.review import headline, people, steps, timeline
from assay.view.text.review.people import Namer, labels_of, shown_hash, when

_LONGEST = 90


def reports(standing: ReviewStanding) -> list[str]:
    """Answer, what binds with each next step, and which evidence that is of."""
    review = standing.review
    lines = [f"{review.id}: {flat(review.title)}", headline.headline(standing, namer=flat)]
    lines += [f"{place}. {said}" for place, said in enumerate(steps.of(standing, namer=flat), start=1)]
    shown = review.frozen_as(standing.evidence.sha256) if standing.evidence else review.frozen
    if shown:
        made, act = shown
        lines.append(f"Evidence {shown_hash(act.evidence)}, frozen {when(made.at)}.")
    return lines


def signatures(standing: ReviewStanding) -> list[str]:
    """A line each, and one for each role that has not signed."""
    lines = [people.signature(one, namer=flat) for one in people.newest(standing)]
    shown = [
        f"{one.what}: {one.detail}, {one.who}{f' ({one.remark})' if one.remark else ''}"
        f"{f': “{one.reason}”' if one.reason else ''}"
        for one in lines
    ]
    return shown + [f"{one.what}: {one.detail}" for one in people.missing(standing)]


def events(standing: ReviewStanding) -> list[str]:
    """The timeline, the newest last."""
    return [f"{when(one.made.at)}  {timeline.what(one, namer=flat)}" for one in standing.review.timeline]


def question(standing: ReviewStanding, *, namer: Namer = flat) -> str:
    """`May svc-rbf replace logistic-regression, by accuracy?`"""
    baseline, candidate = (namer(one) for one in _labels(standing))
    return f"May {candidate} replace {baseline}, by {namer(standing.review.opened.metric)}?"


def _labels(standing: ReviewStanding) -> tuple[str, str]:
    baseline, candidate = labels_of(standing)
    return short(baseline, _LONGEST), short(candidate, _LONGEST)
