"""What stands in one place of a policy file: a limit (`> 0.75`), an objective (`cost:min`), a weight."""

import math
import re
from collections.abc import Mapping
from typing import Annotated, TypeVar, cast

from pydantic import PlainValidator

from assay.model.criteria import Comparator, Limit, Objective
from assay.model.metric import Direction
from assay.model.patterns import around
from assay.model.yaml_files import PolicyFiles, YamlFiles
from assay.yaml_files.form import ObjectionError

Criteria = TypeVar("Criteria", bound=Mapping[str, object])

LIGHTEST, HEAVIEST = 1e-6, 1_000_000
"""Of a weight; those of a card are added up, and the sum is rounded."""
_LIMIT = re.compile(r"\s*(>=|<=|>|<)\s*([-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?)\s*")


def _limit(found: object) -> Limit:
    match = _LIMIT.fullmatch(found) if isinstance(found, str) else None
    if match is None or not math.isfinite(value := float(match[2])):
        raise ObjectionError(PolicyFiles.NO_LIMIT)
    return Limit(cast(Comparator, match[1]), value)


def _objective(found: object) -> Objective:
    if not isinstance(found, str) or not (made := Objective.of(found)).metric:
        raise ObjectionError(PolicyFiles.NO_OBJECTIVE)
    return made


Bound = Annotated[Limit, PlainValidator(_limit)]
NamedObjective = Annotated[Objective, PlainValidator(_objective)]


def weighing(weight: float) -> float:
    """`weight`, which counts for something."""
    if not LIGHTEST <= weight <= HEAVIEST:
        raise ObjectionError(PolicyFiles.NO_WEIGHT, least=LIGHTEST, most=HEAVIEST)
    return weight


def counting(found: object) -> object:
    """`found`, which is no yes or no: that would count as 1 or 0."""
    if isinstance(found, bool):
        raise ObjectionError(YamlFiles.NO_FIGURE)
    return found


def parting(pattern: str) -> str:
    """`pattern`, whose one `*` is what names of metrics share."""
    if around(pattern) is None:
        raise ObjectionError(PolicyFiles.NO_STAR)
    return pattern


def asking(criteria: Criteria) -> Criteria:
    """`criteria`, of which there is one at least."""
    if not criteria:
        raise ObjectionError(PolicyFiles.NO_CRITERIA)
    return criteria


def beyond(threshold: Limit | None, alert: Limit | None) -> Limit | None:
    """`alert`, which no value meets that meets the threshold; None for the threshold where that is wrong itself."""
    if threshold is None or alert is None:
        return alert
    strict = {threshold.comparator, alert.comparator} & {"<", ">"}
    room = threshold.direction.gain(alert.value - threshold.value)
    if alert.direction is threshold.direction or room > 0 or (room == 0 and not strict):
        raise ObjectionError(
            PolicyFiles.ALERT_ON_GOOD_SIDE,
            threshold=threshold.text,
            comparator="<" if threshold.direction is Direction.MAXIMIZE else ">",
            value=threshold.value,
        )
    return alert
