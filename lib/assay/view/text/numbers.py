"""Numbers as people read them: sensible digits, a real minus, units, and points where per cent would mislead."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assay.model.metric import MetricUnit

MINUS = "−"
MISSING = "–"
# The finest step that is worth showing when the spread doesn't ask for more.
_DIGITS = {
    MetricUnit.SHARE: 1,
    MetricUnit.PERCENT: 1,
    MetricUnit.MILLISECONDS: 0,
    MetricUnit.SECONDS: 1,
    MetricUnit.USD: 2,
    MetricUnit.BYTES: 0,
    MetricUnit.COUNT: 0,
    MetricUnit.PER_SECOND: 0,
}
_BYTES = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))
_MOST_DIGITS = 6
_SURE, _NEVER = 0.995, 0.005


@dataclass(frozen=True, slots=True)
class Scale:
    """How one metric is written: shown number = value × `factor`, with `digits` after the point.

    `unit` stands behind values, `difference_unit` behind differences (`%` and `points` for shares), which have
    `finer` more digits. With `scientific`, digits can't carry the numbers and they are written as 1.2e−07.
    """

    factor: float = 1.0
    unit: str = ""
    difference_unit: str = ""
    digits: int = 2
    scientific: bool = False
    finer: int = 0

    def shown(self, value: float) -> float:
        """`value` in the shown unit, unrounded."""
        return value * self.factor

    def bare(self, value: float | None, *, signed: bool = False) -> str:
        """`value` without its unit, e.g. `78.2`; signed ones are differences, e.g. `+12.3`."""
        if value is None:
            return MISSING
        if self.scientific:
            return scientific(value * self.factor, signed=signed)
        return number(value * self.factor, self.digits + (self.finer if signed else 0), signed=signed)

    def value(self, value: float | None) -> str:
        """`value` with its unit, e.g. `78.2 %`."""
        return _with(self.bare(value), self.unit)

    def spread(self, mean: float | None, std: float | None) -> str:
        """`78.2 ± 1.3`, or the mean alone where there is no std."""
        return self.bare(mean) if std is None else f"{self.bare(mean)} ± {self.bare(std)}"

    def spread_with_unit(self, mean: float | None, std: float | None) -> str:
        """`78.2 % ± 1.3 %`, as reports want it."""
        return self.value(mean) if std is None else f"{self.value(mean)} ± {self.value(std)}"

    def difference(self, value: float | None) -> str:
        """A signed difference with its unit, e.g. `+12.3 points`."""
        return _with(self.bare(value, signed=True), self.points(value))

    def distance(self, value: float | None) -> str:
        """A difference without sign, e.g. `12.3 points`."""
        return _with(self.size(value), self.points(value))

    def size(self, value: float | None) -> str:
        """A difference, or its standard deviation, without sign and unit."""
        return self.bare(value, signed=True).lstrip(f"+{MINUS}")

    def limit(self, value: float) -> str:
        """A distance that someone wrote down, such as a policy's: no more digits than they wrote."""
        text = plain(abs(value) * self.factor)
        return _with(text, "point" if self.difference_unit == "points" and text == "1" else self.difference_unit)

    def apart(self, value: float, limit: float) -> str:
        """A distance beside a `limit` that it isn't: with as many digits as it takes to tell the two apart."""
        shown, bound = abs(value) * self.factor, abs(limit) * self.factor
        digits = self.digits + self.finer
        while digits < _MOST_DIGITS and (
            math.isclose(round(shown, digits), bound, rel_tol=1e-9) or (shown > 0 and not round(shown, digits))
        ):
            digits += 1
        return replace(self, finer=digits - self.digits).distance(value)

    def limits(self, low: float | None, high: float | None, *, signed: bool = True) -> str:
        """`+11.3 to +13.3`, without unit."""
        if low is None or high is None:
            return MISSING
        ends = self.ends(low, high) if signed else (self.bare(low), self.bare(high))
        return " to ".join(ends)

    def ends(self, low: float, high: float) -> tuple[str, str]:
        """Both ends of a difference's interval, with the digits that show that it excludes 0 and has a width."""
        finer, nearest = self.finer, min(abs(low), abs(high)) * self.factor
        while self.digits + finer < _MOST_DIGITS and (
            (low * high > 0 and not round(nearest, self.digits + finer))
            or (low < high and len({round(end * self.factor, self.digits + finer) for end in (low, high)}) == 1)
        ):
            finer += 1
        fine = replace(self, finer=finer)
        return fine.bare(low, signed=True), fine.bare(high, signed=True)

    def points(self, value: float | None) -> str:
        """The unit of a difference of this size: `1 point`, `1.3 points`."""
        if self.difference_unit == "points" and self.size(value) == "1":
            return "point"
        return self.difference_unit

    def header(self, metric: str) -> str:
        """A column's or axis' name: the metric as logged and the unit that its numbers are shown in."""
        said = metric.lower().endswith(f"_{self.unit.lower()}")
        return metric if said or not self.unit else f"{metric}, {self.unit}"


def scale(
    unit: MetricUnit | None,
    values: Iterable[float | None],
    spreads: Iterable[float | None] = (),
    differences: Iterable[float | None] = (),
) -> Scale:
    """How to write these `values` of one metric whose standard deviations are `spreads`.

    The unit's own step is kept while the spread is at least three of them; otherwise the spread is shown
    with two digits. Without any spread, values keep three significant digits. `differences`: standard deviations
    of differences, which are written finer where the last digit of the values would be larger than these.
    """
    sizes = [abs(v) for v in values if v is not None and math.isfinite(v)]
    factor, name, difference = _unit(unit, max(sizes, default=0.0))
    spread = _typical(spreads) * factor
    digits = _digits(unit, factor, [s * factor for s in sizes], spread)
    largest = max(sizes, default=0.0) * factor
    if digits > _MOST_DIGITS and largest > 0:
        digits = max(_MOST_DIGITS, 2 - math.floor(math.log10(largest)))
    too_long = digits > _MOST_DIGITS or largest >= 1e12
    digits, apart = min(digits, _MOST_DIGITS), _typical(differences) * factor
    finer = min(_digits(unit, factor, [], apart), _MOST_DIGITS) - digits if 0 < apart < 10.0**-digits else 0
    return Scale(factor, name, difference, digits, too_long, max(finer, 0))


def _typical(spreads: Iterable[float | None]) -> float:
    """The middle one of those that are a spread, the larger of two; 0 where none is."""
    known = sorted(s for s in spreads if s is not None and math.isfinite(s) and s > 0)
    return known[len(known) // 2] if known else 0.0


def _unit(unit: MetricUnit | None, largest: float) -> tuple[float, str, str]:
    if unit is MetricUnit.SHARE:
        return 100.0, "%", "points"
    if unit is MetricUnit.BYTES:
        size, name = next(((s, n) for s, n in _BYTES if largest >= s), (1.0, "B"))
        return 1 / size, name, name
    if unit is MetricUnit.PERCENT:
        return 1.0, "%", "points"
    if unit in (None, MetricUnit.NONE, MetricUnit.COUNT):
        return 1.0, "", ""
    assert unit is not None
    return 1.0, unit.value, unit.value


def _digits(unit: MetricUnit | None, factor: float, sizes: list[float], spread: float) -> int:
    own = _DIGITS.get(unit, 0) if unit else 0
    if unit is MetricUnit.BYTES and factor != 1:
        own = 1
    if spread > 0:
        enough = unit in _DIGITS and spread >= 3 * 10.0**-own
        return own if enough else max(0, 1 - math.floor(math.log10(spread)))
    whole = all(size == int(size) for size in sizes)
    if unit is MetricUnit.COUNT or (unit in (None, MetricUnit.NONE) and whole):
        return 0 if whole else 1
    largest = max(sizes, default=0.0)
    needed = 2 - math.floor(math.log10(largest)) if largest > 0 else 0
    return max(own, needed, 0)


def number(value: float | None, digits: int, *, signed: bool = False) -> str:
    """`value` with `digits` after the point, thousands separated, U+2212 as minus and never −0."""
    if value is None:
        return MISSING
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return ("+∞" if signed else "∞") if value > 0 else f"{MINUS}∞"
    text = f"{abs(value):,.{digits}f}"
    if not text.strip("0.,"):
        return text
    sign = MINUS if value < 0 else "+" if signed else ""
    return sign + text


def scientific(value: float, *, signed: bool = False) -> str:
    """`value` with three significant digits and an exponent, e.g. `1.23e−07`."""
    if not math.isfinite(value) or value == 0:
        return number(value, 0, signed=signed)
    sign = MINUS if value < 0 else "+" if signed else ""
    return sign + f"{abs(value):.2e}".replace("-", MINUS)


def plain(value: float | None) -> str:
    """A number nobody told us the unit of: four significant digits, scientific where they can't carry it."""
    if value is None or not math.isfinite(value) or value == 0:
        return number(value, 0)
    if value == int(value) and abs(value) < 1e12:
        return number(value, 0)
    if abs(value) < 1e-4 or abs(value) >= 1e12:
        return scientific(value)
    digits = max(0, 3 - math.floor(math.log10(abs(value))))
    text = number(value, digits)
    return text.rstrip("0").rstrip(".") if "." in text else text


def p_value(p: float | None) -> str:
    """`< 0.001`, `0.033`, `0.15`, `1.00`; never 0, and never 0.05 rounded from either side."""
    if p is None or math.isnan(p):
        return MISSING
    if p < 0.001:
        return "< 0.001"
    digits = 3 if p < 0.0995 else 2
    while round(p, digits) == 0.05 and p != 0.05 and digits < 6:
        digits += 1
    if round(p, digits) == 0.05 and p != 0.05:
        return "just below 0.05" if p < 0.05 else "just above 0.05"
    return f"{p:.{digits}f}"


def p_phrase(p: float | None) -> str:
    """`p < 0.001` or `p = 0.033`; `no p` where none can be given."""
    text = p_value(p)
    if text == MISSING:
        return "no p"
    return f"p {text}" if text.startswith("<") else f"p = {text}"


def exact_p(p: float) -> str:
    """A p that counting gave, such as a permutation's smallest: `0.0625`, not rounded to `0.063`."""
    return f"{p:.4f}".rstrip("0") if p >= 0.001 else "< 0.001"


def percent(share: float) -> str:
    """A level or probability as whole or tenth per cent: `95 %`, `99.5 %`."""
    return f"{share * 100:.1f}".removesuffix(".0") + " %"


def probability(share: float) -> str:
    """`97 %`, never 0 or 100 %: it was drawn."""
    if share >= _SURE:
        return "> 99 %"
    return "< 1 %" if share < _NEVER else percent(round(share, 2))


def count(n: int, singular: str, plural: str = "") -> str:
    """`1 run`, `5 runs`, `4,812 runs`."""
    return f"{n:,} {singular if n == 1 else plural or singular + 's'}"


def _with(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit and text != MISSING else text
