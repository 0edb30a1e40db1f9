"""What did a search find, and is its winner more than luck?"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.analysis.planning import optimism
from assay.analysis.search import best_so_far, close, gains, laid_out, noise, weighed
from assay.cache import contents, reads
from assay.cache.connection import reading
from assay.errors import SelectionError
from assay.model.note import Note, note
from assay.model.runs.listing import Listing, ListQuestion
from assay.model.runs.selection import Condition
from assay.model.search import Search, SearchAxis, SearchNote, SearchQuestion
from assay.queries.metrics import known, notable
from assay.queries.runs.listing import listing
from assay.queries.runs.selection import conditions, selection
from assay.sources import filters
from assay.workspace import Workspace

MOST_AXES = 5
MOST_NAMED = 1_000
_FOREMOST = 10
_MOST_CLAUSES = 8


def search(work: Workspace, question: SearchQuestion) -> Search:
    """Every configuration that is asked for as a trial.

    Noise, numbers, luck and whether the winner is clear come from the whole experiment, so that no filter changes them.
    Raises as `queries.runs.listing`
    does, and SelectionError where nobody said which of several experiments, or none of its runs has a metric.
    """
    with reading(work.snapshot):
        return _search(work, question)


def _search(work: Workspace, question: SearchQuestion) -> Search:
    within = (question.experiment,) if question.experiment else ()
    metric, varying = _asked(work, question, within)
    asked = ListQuestion(within, question.filter, (), (metric,), varying, ignore=question.ignore)
    found = listing(work, asked)
    whole = (
        listing(work, ListQuestion(within, "", (), (metric,), (), ignore=question.ignore)) if question.filter else found
    )
    if whole.rows["experiment_id"].nunique() > 1:
        raise SelectionError(SearchNote.CHOOSE_EXPERIMENT)
    above = _above(work, whole, metric, varying)
    numbers = _numbers(whole, metric, above)
    trials, every = (_trials(part, numbers, metric, above) for part in (found, whole))
    scored = int(found.mean[metric].notna().sum())
    scores = trials["score"].to_numpy(dtype=float)
    about = known(work.policy, metric, question.direction, scores.tolist())
    spread = noise(whole.std[metric], whole.count[metric], work.policy.statistics.level)
    better = gains(scores, about.direction)
    trials["close"] = close(better, trials["n"], spread) if spread and len(trials) else False
    order = np.argsort(-better, kind="stable")
    rivals = 0
    if spread and len(trials):
        unseen = every[~every.index.isin(trials.index)]
        best = float(better[order[0]]), float(trials["n"].iloc[order[0]])
        rivals = int(close(gains(unseen["score"].to_numpy(), about.direction), unseen["n"], spread, best).sum())
    params = found.params.loc[trials.index]
    laid = (laid_out(str(name), own.tolist(), scores, about.direction) for name, own in params.items())
    axes = weighed([one for one in laid if one.name in question.params or np.unique(one.places).size > 1], scores)
    shown = _shown(axes, question.params)
    deciding = next((axis for axis in axes if axis.decides), None)
    others = [axis.explained for axis in axes if axis is not deciding and axis.explained is not None]
    return Search(
        question=question,
        experiment=found.rows["experiment"].iloc[0] if len(found.rows) else question.experiment,
        within=tuple(found.rows["experiment_id"].unique()),
        metric=about,
        noise=spread,
        luck=optimism(len(every), int(every["n"].median())) * spread.std if spread and len(trials) else None,
        trials=trials,
        total=len(every),
        rivals=rivals,
        members=found.members[found.members.isin(trials.index)],
        best=best_so_far(scores, about.direction),
        order=order,
        varying=tuple(axis.name for axis in axes),
        deciding=deciding,
        following=max(others, default=None),
        axes=shown,
        params=params[[axis.name for axis in shown]],
        foremost=params.iloc[order[:_FOREMOST]][[axis.name for axis in axes]],
        unscored=len(found.rows) - scored,
        above=scored - len(trials),
        hidden=found.hidden,
        excluded=found.excluded,
        notes=found.notes,
    )


def _asked(work: Workspace, question: SearchQuestion, within: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The metric, and the params that take more than one value, or were asked for."""
    chosen = selection(work.snapshot, experiments=within, filter=question.filter)
    keys = reads.keys(work.snapshot, chosen)
    if not question.metric and not keys.metrics:
        raise SelectionError(SearchNote.NO_METRIC)
    variety = contents.variety(work.snapshot, chosen)
    configuring = work.policy.leaving_out(question.ignore).params.configuring_among(keys.params)
    varying = [name for name in configuring if variety[name] > 1]
    return question.metric or notable(work.policy, keys.metrics)[0], tuple(dict.fromkeys([*varying, *question.params]))


def _above(work: Workspace, whole: Listing, metric: str, names: Sequence[str]) -> pd.Index:
    """Configurations that only sum up trials: all their runs have scored ones below with other params than theirs.

    What all below share, as folds do, is a trial of its own.
    """
    scored = whole.members[whole.members.isin(whole.rows.index[whole.mean[metric].notna()])]
    parents = reads.parents(work.snapshot)
    nested = [(run_id, parents[run_id]) for run_id in scored.index if parents.get(run_id) in scored.index]
    if not nested:
        return pd.Index([])
    lower, upper = map(list, zip(*nested, strict=True))
    params = reads.params(work.snapshot, sorted({*lower, *upper}), names)
    theirs, own = (params.loc[runs].fillna("").to_numpy(dtype=str) for runs in (lower, upper))
    other = (own == "").all(axis=1) | ((own != "") & (own != theirs)).any(axis=1)
    heads = {run_id for run_id, sums in zip(upper, other, strict=True) if sums}
    sums = pd.Series(scored.index.isin(heads), scored.to_numpy()).groupby(level=0).all()
    return sums.index[sums]


def _numbers(whole: Listing, metric: str, above: pd.Index) -> pd.Series:
    """Configuration → its place among the trials, the oldest 1."""
    scored = whole.rows.index[whole.mean[metric].notna() & ~whole.rows.index.isin(above)][::-1]
    return pd.Series(np.arange(1, len(scored) + 1), scored)


def _trials(found: Listing, numbers: pd.Series, metric: str, above: pd.Index) -> pd.DataFrame:
    scored = found.rows[found.mean[metric].notna() & ~found.rows.index.isin(above)]
    trials = pd.DataFrame(
        {
            "number": numbers.reindex(scored.index).fillna(0).astype(int),
            "run_id": scored["run_id"],
            "name": scored["name"],
            "score": found.mean.loc[scored.index, metric],
            "n": found.count.loc[scored.index, metric],
        }
    )
    return trials.sort_values("number", kind="stable")


def _shown(axes: Sequence[SearchAxis], wanted: Sequence[str]) -> tuple[SearchAxis, ...]:
    if wanted:
        return tuple(axis for axis in axes if axis.name in wanted)
    return tuple(axes[:MOST_AXES])


def narrowed(found: Search, chosen: npt.NDArray[np.bool_], param: str | None = None) -> str | Note:
    """The shortest filter for the `chosen` trials of `found`: by values of `param` where these tell, else by runs.

    What the filter said before is kept. A note where there are more runs than an address can name.
    """
    before = conditions(found.question.filter)
    ways = [(*before, *clauses) for clauses in _by_value(found, chosen, param)]
    runs = found.members.index[found.members.isin(found.trials.index[chosen])].tolist()
    if len(runs) <= MOST_NAMED:
        named = Condition("attribute", "run_id", "IN", tuple(runs))
        ways.append((*(c for c in before if c.entity != "attribute" or c.key != "run_id"), named))
    written = [text for way in ways if (text := filters.write(way))]
    return min(written, key=len) if written else note(SearchNote.TOO_MANY_TO_NAME, n=len(runs), most=MOST_NAMED)


def _by_value(found: Search, chosen: npt.NDArray[np.bool_], param: str | None) -> list[list[Condition]]:
    """Clauses on one param that find the chosen trials and no others; MLflow knows no order of params, nor a list."""
    if param is None:
        return []
    inside, outside = set(found.params[param][chosen]), set(found.params[param][~chosen])
    if inside & outside:
        return []
    if len(inside) == 1:
        value = next(iter(inside))
        return [
            [Condition("param", param, "IS NULL", None) if value is None else Condition("param", param, "=", value)]
        ]
    if None in inside or len(outside - {None}) > _MOST_CLAUSES:
        return []
    rest = sorted(outside - {None}) or [None]
    return [[Condition("param", param, "IS NOT NULL" if v is None else "!=", v) for v in rest]]
