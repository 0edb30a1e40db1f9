"""What reviews say, and why something is refused; words in `view.text.notes.review`."""

from enum import auto

from assay.model.note import Code


class GateNote(Code):
    """What the gate says of one criterion, of a waiver or a signature, with its numbers."""

    GATE_SIGNIFICANT = auto()
    GATE_REPLICATES = auto()
    GATE_FEW_REPLICATES = auto()
    GATE_IMPROVEMENT = auto()
    GATE_THRESHOLDS = auto()
    GATE_NO_THRESHOLDS = auto()
    GATE_QUALITY = auto()
    GATE_SLICES = auto()
    GATE_NO_QUALITY = auto()
    GATE_LEAKAGE = auto()
    GATE_RECORDS = auto()
    GATE_CHECKLIST = auto()
    GATE_COMPLETE = auto()
    GATE_LEFT_OUT = auto()
    GATE_SIGNATURES = auto()
    GATE_NOTHING_FROZEN = auto()
    GATE_HARM_ERRORS = auto()
    GATE_HARM_ALERT = auto()
    GATE_HARM_PRIMARY = auto()
    GATE_STALE = auto()
    GATE_NOT_COMPARABLE = auto()
    WAIVER_ENDED = auto()
    WAIVER_WORSE = auto()
    WAIVER_BY_AUTHOR = auto()
    SIGNED_UNVERIFIED = auto()
    SIGNED_BY_AUTHOR = auto()
    SIGNED_STALE = auto()
    SIGNED_ROLE_GONE = auto()
    SIGNED_TWICE = auto()
    SIGNED_ERASED = auto()
    CHANGES_REQUESTED = auto()


class InputsNote(Code):
    """What differs between two bases; each makes a signature stale."""

    RUNS_CAME = auto()
    RUNS_WENT = auto()
    RUN_STATUS = auto()
    RUN_PARAMS = auto()
    RUN_METRICS = auto()
    RUN_COMMIT = auto()
    RUN_DATA = auto()
    RUN_FILES = auto()
    RULES_CHANGED = auto()
    LISTS_CHANGED = auto()
    QUESTION_CHANGED = auto()
    ANSWER_CHANGED = auto()
    WAIVER_CHANGED = auto()


class ReviewNote(Code):
    """Why an act is refused, or what to know of a review."""

    REVIEW_UNKNOWN = auto()
    REVIEW_SIDE_EMPTY = auto()
    REVIEW_NO_METRIC = auto()
    REVIEW_OTHER_STORE = auto()
    REVIEW_CLOSED = auto()
    REVIEW_OPEN = auto()
    REVIEW_NOT_READY = auto()
    REVIEW_NO_EVIDENCE = auto()
    REVIEW_NO_RUNS_READ = auto()
    EVIDENCE_MOVED = auto()
    EVIDENCE_GONE = auto()
    EVIDENCE_NOT_OWN = auto()
    BASIS_MOVED = auto()
    ACT_NOT_ALLOWED = auto()
    ACT_AUTHOR = auto()
    ACT_AUTHOR_ONLY = auto()
    ACT_CLOSED = auto()
    ACT_SIGNED_OUT = auto()
    ACT_SIGN_IN_OLD = auto()
    ACT_NO_TEXT = auto()
    ACT_TEXT_LONG = auto()
    ACT_CHANGED_MEANWHILE = auto()
    ACT_NOTHING_SUCH = auto()
    WAIVER_DATE = auto()
    WAIVER_NEEDLESS = auto()
    REPLY_REASON = auto()
    REPLY_EVIDENCE = auto()
    ROLE_NOT_OWN = auto()
    LOCAL_ONLY = auto()
    USERS_UNMATCHED = auto()


class JournalNote(Code):
    """The journal cannot be read or written, or is not as it was written; `file`: where it stands."""

    JOURNAL_GONE = auto()
    JOURNAL_CLOSED = auto()
    JOURNAL_READ_ONLY = auto()
    JOURNAL_FULL = auto()
    JOURNAL_NONE = auto()
    JOURNAL_NEWER = auto()
    JOURNAL_BUSY = auto()
    JOURNAL_DAMAGED = auto()
    JOURNAL_SCHEME = auto()
    JOURNAL_OTHER = auto()
    CHAIN_HASH = auto()
    CHAIN_LINK = auto()
    CHAIN_GAP = auto()
    CHAIN_VERSION = auto()
    CHAIN_BODY = auto()
    CHAIN_BODY_GONE = auto()
    CHAIN_PERSON = auto()
    CHAIN_EVIDENCE = auto()
    CHAIN_CUT = auto()
    CHAIN_OTHER = auto()
    CHAIN_TRIGGER = auto()


class AccountNote(Code):
    """Who may act from here, and why a server does not start."""

    AUTH_UNKNOWN = auto()
    AUTH_NO_PROVIDER = auto()
    AUTH_COOKIE_SECRET = auto()
    AUTH_TRUSTED_HEADERS = auto()
    NOT_LOOPBACK = auto()
    LOCAL_ACCOUNT = auto()
    NO_ROLE = auto()
    EMAIL_UNVERIFIED = auto()
    HOST_OTHER = auto()
