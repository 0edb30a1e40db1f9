"""What a search found, in sentences: whether its winner is clear, what luck would give, which param decides."""

import shlex
from collections.abc import Callable

import numpy as np

from assay.model.metric import Direction
from assay.model.search import STEPS, Search, SearchAxis
from assay.view.text.escape import code, markdown
from assay.view.text.notes.exclusions import excluded
from assay.view.text.numbers import Scale, count, p_phrase, percent, plain, scale
from assay.view.text.verdicts import Mark

Namer = Callable[[str], str]

CLEAR = Mark("▲", "clear winner", "green")
UNCLEAR = Mark("≈", "no clear winner", "gray")
UNJUDGED = Mark("≠", "direction not said", "violet")
UNKNOWN = Mark("?", "noise not known", "gray")


def scale_of(found: Search) -> Scale:
    """By the noise where it is known, else by the scores alone."""
    return scale(found.metric.unit, found.trials["score"].tolist(), [found.noise.std] if found.noise else [])


def thing(found: Search, n: int = 1) -> str:
    """What a row of a search is called: a trial, or a configuration where some have replicates."""
    return ("trial" if found.single else "configuration") + ("" if n == 1 else "s")


def called(found: Search, place: int, *, name: Namer = code) -> str:
    """`trial 245`, or the name that a configuration has everywhere; `place`: a position in `trials`."""
    trial = found.trials.iloc[place]
    return f"trial {trial['number']:,}" if found.single else name(trial["name"])


def mark(found: Search) -> Mark:
    """The headline's mark."""
    if found.noise is None or len(found.trials) < 2:
        return UNKNOWN
    return _ahead(found) if found.clear else UNCLEAR


def _ahead(found: Search) -> Mark:
    return UNJUDGED if found.metric.assumed else CLEAR


def headline(found: Search) -> str:
    """The answer in one sentence, Markdown; with its condition where nobody said which way the metric gets better."""
    said = _answer(found)
    if not found.metric.assumed or len(found.trials) < 2:
        return said
    return f"If {found.metric.direction.better} is better, {said[0].lower()}{said[1:]}"


def _answer(found: Search) -> str:
    n, first = len(found.trials), called(found, found.order[0])
    every = f"{n:,} {thing(found, n)}"
    if n == 1:
        return f"One {thing(found)} alone: there is nothing to choose between."
    if found.noise is None:
        score = scale_of(found).value(found.trials["score"].iloc[found.order[0]])
        best = f"is {first} with {score}" if tied(found) == 1 else f"are {tied(found):,} with {score} each"
        return f"Best of {every} {best}; whether that is luck can't be told here."
    if found.clear:
        others = f"all others by more than the noise, of {found.total:,} {thing(found, found.total)}"
        return f"The winner stands clear: {first} is ahead of {others}."
    if found.close == 1:
        hidden = f"{found.rivals:,} {thing(found, found.rivals)}"
        return f"The winner is not clear: {first} is ahead of what is shown, but not of {hidden} that the filter hides."
    return f"The winner is not clear: {found.close:,} of {every}, the best among them, lie within the noise."


def tied(found: Search) -> int:
    """How many trials have the very best score."""
    return int((found.trials["score"] == found.trials["score"].iloc[found.order[0]]).sum())


def explanation(found: Search) -> str:
    """What stands behind the headline, Markdown: the two best, the noise, the param that decides, the last half."""
    written, scores = scale_of(found), found.trials["score"]
    if len(found.trials) < 2:
        return ""
    best, second = found.order[:2]
    first = called(found, best)
    parts = [
        f"The first {tied(found):,} are equal: {first} came first."
        if tied(found) > 1
        else f"{first.capitalize() if found.single else first} scored **{written.value(scores.iloc[best])}**, "
        f"{called(found, second)} **{written.value(scores.iloc[second])}**."
    ]
    if found.noise:
        parts.append(f"One run alone moves by ± {written.distance(found.noise.std)} from seed to seed.")
    else:
        parts.append(
            "No configuration of this experiment has two seeds, so that nobody knows how far chance moves one."
        )
    parts += [text for text in (_decides(found), _last_half(found)) if text]
    return " ".join(parts)


def _decides(found: Search) -> str:
    """The param that explains most, and where those within the noise lie on it; nothing where none is sure to."""
    axis = found.deciding
    if axis is None or axis.explained is None:
        return ""
    following = "" if found.following is None else f", no other more than {percent(round(found.following, 2))}"
    said = (
        f"{code(axis.name)} decides most: alone it explains {percent(round(axis.explained, 2))} of the ranking "
        f"({p_phrase(axis.p_value)}){following}."
    )
    span = near(found, axis)
    if span is None:
        return said
    low, high, outside = span
    where = f"between {plain(low)} and {plain(high)}" if low < high else f"at {plain(low)}"
    return f"{said} All {found.close:,} within the noise lie {where}; {outside:,} of {len(found.trials):,} lie outside."


def near(found: Search, axis: SearchAxis) -> tuple[float, float, int] | None:
    """The numbers between which all trials within the noise lie, and how many trials lie outside; None for texts."""
    close = found.trials["close"].to_numpy(dtype=bool)
    if not axis.numeric or close.sum() < 2 or (axis.places[close] > STEPS).any():
        return None
    inside = axis.places[close]
    outside = int(((axis.places < inside.min()) | (axis.places > inside.max())).sum())
    if not outside:
        return None
    logged = [float(value) for value in found.params[axis.name][close]] if axis.name in found.params else []
    return (min(logged), max(logged), outside) if logged else None


def _last_half(found: Search) -> str:
    """How much the later half raised the best."""
    half = len(found.best) // 2
    if half < 4:
        return ""
    gained = found.metric.direction.gain(float(found.best[-1] - found.best[half - 1]))
    since = f"Since {thing(found)} {found.trials['number'].iloc[half - 1]:,}"
    since = f"{since if found.single else f'Over the last {len(found.best) - half:,}'} the best so far"
    if not gained:
        last = int(np.flatnonzero(np.asarray(found.best) == found.best[-1])[0])
        raised = f"The best so far was last {'raised' if found.metric.direction is Direction.MAXIMIZE else 'lowered'}"
        return f"{raised} by {thing(found)} {found.trials['number'].iloc[last]:,} of {len(found.best):,}."
    moved = "rose" if found.metric.direction is Direction.MAXIMIZE else "fell"
    return f"{since} {moved} by {scale_of(found).distance(gained)}."


def luck(found: Search) -> str:
    """What the noise rests on, and what the best of as many equally good trials would show."""
    if found.noise is None or found.luck is None:
        return (
            "The noise is not known: no configuration here was run with two seeds. Run the best few again with fresh "
            "seeds, and this page shows which of the others lie within it."
        )
    written, noise = scale_of(found), found.noise
    runs = noise.freedom + noise.configurations
    rests = (
        f"Noise: sd {written.distance(noise.std)}, from {count(runs, 'run')} of "
        f"{count(noise.configurations, 'configuration')} with replicates; assumed alike for all."
    )
    n, side = found.total, "above" if found.metric.direction is Direction.MAXIMIZE else "below"
    lucky = (
        f"Best of {n:,} by luck alone: if all {n:,} were equally good and the noise normal, the best would stand about "
        f"{written.distance(found.luck)} {side} their mean."
    )
    return f"{rests} {lucky}"


def verdict(found: Search) -> str:
    """The difference of the two best beside what two single runs may differ by, Markdown."""
    best, second = found.order[:2]
    scores, written = found.trials["score"], scale_of(found)
    apart = f"{written.difference(float(scores.iloc[best] - scores.iloc[second]))}"
    if found.noise is None:
        return f":gray-badge[{UNKNOWN.label}] the difference is {apart}"
    sign, word = (_ahead(found), "more than the noise") if found.close == 1 else (UNCLEAR, "no difference shown")
    badge = f":{sign.colour}-badge[{sign.glyph} {word}]"
    first, other = (float(found.trials["n"].iloc[place]) for place in (best, second))
    runs = "two single runs" if first == other == 1 else "means of so many runs"
    return f"{badge} {apart}; {runs} differ by chance up to {written.distance(found.noise.between(first, other))}"


def assumed(found: Search) -> str:
    """That nobody said which way the metric gets better, where nobody did."""
    if not found.metric.assumed:
        return ""
    return f"Nobody said which way {code(found.metric.name)} gets better: {found.metric.direction.better} is assumed."


def account(found: Search) -> str:
    """Everything that is in no picture, counted; Markdown."""
    n = len(found.trials)
    parts = [f"{n:,} {thing(found, n)}."]
    if found.unscored:
        parts.append(f"Without a finite {code(found.metric.name)}: {count(found.unscored, 'configuration')}.")
    if found.above:
        parts.append(f"No {thing(found)} because others are nested below: {count(found.above, 'configuration')}.")
    if found.excluded:
        parts.append(f"Runs in no mean: {markdown(excluded(found.excluded, found.metric.name))}.")
    if found.hidden:
        parts.append(f"Hidden by the filter: {count(found.hidden, 'run')}.")
    return " ".join(parts)


def way_to_list(found: Search, n: int) -> str:
    """`List the 12 trials`; a list of all brings what is no trial too."""
    others = found.unscored + found.above if n == len(found.trials) else 0
    return f"List the {count(n, thing(found))}" + (f" and {count(others, 'other')}" if others else "")


def next_steps(found: Search, seeds: int) -> list[str]:
    """What to do, Markdown, first things first."""
    run = f"**Run {seeds} fresh seeds of the best {contenders(found)}**"
    if found.noise and found.clear:
        steps = [f"{run} before you believe the figure: the winner of many looks too good."]
    else:
        sofar = f"{len(found.trials):,} single {thing(found, 2)}" if found.single else "those so far"
        steps = [f"{run}; that decides what {sofar} can't."]
    if found.deciding and (where := _onward(found, found.deciding)):
        lie = f"where the {found.close:,} within the noise lie, and as far again as they are apart"
        steps.append(f"Search {code(found.deciding.name)} {where}: {lie}.")
    return steps


def _onward(found: Search, axis: SearchAxis) -> str:
    """Where to search on, wider than the best lie by what they are apart on average; open where nobody tried beyond."""
    if near(found, axis) is None:
        return ""
    inside = axis.places[found.trials["close"].to_numpy(dtype=bool)]
    room = (inside.max() - inside.min()) / (len(inside) - 1)
    logged, numbers = found.params[axis.name], axis.places <= STEPS
    below = [float(value) for value in logged[numbers & (axis.places < inside.min() - room)]]
    above = [float(value) for value in logged[numbers & (axis.places > inside.max() + room)]]
    if below and above:
        return f"from {plain(max(below))} to {plain(min(above))}"
    return f"from {plain(max(below))} up" if below else f"up to {plain(min(above))}" if above else ""


def contenders(found: Search) -> int:
    """How many of the best deserve fresh seeds: those within the noise, from two to five."""
    return min(max(found.close, 2) if found.noise else 5, 5, len(found.trials))


def command(found: Search, filters: tuple[str, ...]) -> str:
    """The command that compares the best, the winner as baseline, once the new seeds are logged."""
    options = ["--experiment", found.question.experiment or found.experiment, "--metric", found.metric.name]
    options += ["--baseline", filters[0]]
    options += [word for text in filters[1:] for word in ("--candidate", text)]
    options += [word for param in found.question.ignore for word in ("--ignore", param)]
    if found.question.direction:
        options += ["--direction", found.question.direction.value]
    return shlex.join(["assay", "compare", *options])
