"""What there is to say of curves."""

from enum import auto

from assay.model.note import Code


class CurveNote(Code):
    """Reasons, warnings and errors; their words are in `view.text.notes.curves`."""

    NO_CURVE = auto()
    LOGGED_ONCE = auto()
    NO_TIME = auto()
    NOTHING_BETWEEN = auto()
    ENDS_REVERSED = auto()
    NO_NUMBER = auto()
    BY_TIME = auto()
    HISTORIES_UNREAD = auto()
    HISTORIES_CUT = auto()
    STOPPED_EARLY = auto()
    GAPS = auto()
    WITHOUT_METRIC = auto()
    TOO_MANY_SIDES = auto()
