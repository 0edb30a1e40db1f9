"""What a second run should come out as, and how near is near enough."""

from assay.model.evidence.reproduction import Expected, Reproduction
from assay.view.text.escape import code, short
from assay.view.text.numbers import count, scale

_MOST = 200


def expected(found: Reproduction) -> list[str]:
    """A bullet a metric, with the tolerance that its repeats show."""
    if not found.expected:
        return ["The run logged no metric."]
    compared = [one for one in found.expected if not one.measured]
    aside = [one for one in found.expected if one.measured]
    shown = [*compared, *aside][:_MOST]
    parts = ["\n".join(f"- {code(short(one.metric.name, 80))} {_value(one)}: {_near(one, found)}" for one in shown)]
    if rest := len(found.expected) - len(shown):
        parts.append(f"And {count(rest, 'metric')} more.")
    return parts


def _value(one: Expected) -> str:
    """Every digit: fewer could not tell a repeat."""
    return code(repr(one.value))


def _near(one: Expected, found: Reproduction) -> str:
    if one.measured:
        return "not compared, for it is measured anew each time"
    if one.tolerance is None:
        return "nobody ran it twice"
    if one.tolerance == 0:
        return f"exactly; {count(found.repeats, 'run')} of this setup and seed agree"
    apart = scale(one.metric.unit, [one.value], [one.tolerance], [one.tolerance]).distance(one.tolerance)
    return f"within {apart} of it; {count(found.repeats, 'run')} of this setup and seed are that far apart"
