"""Times as people read them: ages, durations and moments, always UTC."""

from datetime import datetime, timedelta

from assay.view.text.numbers import MISSING

_DAY = 86_400.0
_STEPS = ((_DAY, "day"), (3_600.0, "h"), (60.0, "min"))
# From here on the next larger word says it better: 70 days are 2 months, 800 days 2 years.
_LONG = ((730 * _DAY, 365.25 * _DAY, "year"), (60 * _DAY, 30.44 * _DAY, "month"))


def age(moment: datetime | None, now: datetime) -> str:
    """How long ago: `just now`, `40 s ago`, `3 min ago`, `2 h ago`, `3 days ago`."""
    if moment is None:
        return MISSING
    return ago((now - moment).total_seconds())


def ago(seconds: float) -> str:
    """An age in seconds, as `age` writes it."""
    return "just now" if seconds < 5 else f"{_rough(seconds)} ago"


def _rough(seconds: float) -> str:
    for least, size, name in _LONG:
        if seconds >= least:
            return f"{int(seconds // size)} {name}s"
    for size, name in _STEPS:
        if seconds >= size:
            n = int(seconds // size)
            return f"{n} {name}{'s' if name == 'day' and n > 1 else ''}"
    return f"{int(seconds)} s"


def duration(start: datetime | None, end: datetime | None) -> str:
    """How long it took: `0.8 s`, `42 s`, `3 min 5 s`, `2 h 10 min`, `3 days 4 h`."""
    if start is None or end is None or end < start:
        return MISSING
    return length((end - start).total_seconds())


def length(seconds: float) -> str:
    """A length of time in its two largest units."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    whole = timedelta(seconds=round(seconds))
    hours, rest = divmod(whole.seconds, 3_600)
    minutes, secs = divmod(rest, 60)
    if whole.days:
        return f"{whole.days} day{'s' if whole.days > 1 else ''} {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {secs} s"


def moment(time: datetime | None) -> str:
    """`20 Nov 2026 07:12 UTC`."""
    return MISSING if time is None else f"{time.day} {time:%b %Y %H:%M} UTC"
