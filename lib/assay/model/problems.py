"""What can be wrong with stores, filters, the cache, settings, rules and files: the codes of errors and warnings."""

from enum import auto

from assay.model.note import Code


class Stores(Code):
    """A tracking URI leads to no store that can be read."""

    URI_EMPTY = auto()
    URI_UNKNOWN = auto()
    POSTGRESQL = auto()
    OTHER_MACHINE = auto()
    FILE_UNNAMED = auto()
    IN_MEMORY = auto()
    RUN_MISSING = auto()
    RUN_FOLDER_MISSING = auto()
    FOLDER_MISSING = auto()
    FILE_FOR_FOLDER = auto()
    FOLDER_CLOSED = auto()
    FOLDER_EMPTY = auto()
    SINGLE_EXPERIMENT = auto()
    NO_EXPERIMENT = auto()
    FILE_MISSING = auto()
    SLASH_MISSING = auto()
    FILE_CLOSED = auto()
    FILE_HIDDEN = auto()
    FILE_FORBIDDEN = auto()
    FOLDER_FOR_FILE = auto()
    IRREGULAR = auto()
    FILE_EMPTY = auto()
    WEB_PAGE = auto()
    LFS_POINTER = auto()
    NO_DATABASE = auto()
    CHANGING = auto()
    LOCKED = auto()
    NOT_COPIED = auto()
    DAMAGED = auto()
    DAMAGED_HEAD = auto()
    TRUNCATED = auto()
    NO_STORE = auto()
    NOT_READ = auto()
    NO_TABLES = auto()
    TABLES_MISSING = auto()
    COLUMNS_MISSING = auto()


class Servers(Code):
    """A tracking server does not answer as one; `server`: its address, without credentials."""

    NO_ADDRESS = auto()
    NAME_UNKNOWN = auto()
    PROXY = auto()
    TLS = auto()
    NOTHING_LISTENS = auto()
    SILENT = auto()
    NO_WAY = auto()
    BREAKING_OFF = auto()
    NOT_ASKED = auto()
    WHO = auto()
    FORBIDDEN = auto()
    NOT_THERE = auto()
    FAILING = auto()
    QUESTION_REFUSED = auto()
    STRANGE_ANSWER = auto()
    STRANGE_STATUS = auto()
    STRANGE_FORM = auto()
    NO_EXPERIMENTS = auto()
    NEWER_RUNS = auto()


class Artifacts(Code):
    """An artifact cannot be listed, opened or kept."""

    ELSEWHERE = auto()
    OUTSIDE = auto()
    OLD_PATH = auto()
    NOT_LISTED = auto()
    ABSENT = auto()
    NOT_COPIED_TO = auto()
    NOT_DOWNLOADED = auto()
    SENDS_MORE = auto()
    NO_PATH = auto()
    NAME_REFUSED = auto()
    LEADING_OUT = auto()
    ID_NO_FOLDER = auto()
    RUN_ID_NO_FOLDER = auto()
    NOT_KEPT = auto()

    @property
    def lasts(self) -> bool:
        """Whether asking again is in vain, unless somebody changes the settings."""
        return self in (self.ELSEWHERE, self.OUTSIDE, self.OLD_PATH, self.ID_NO_FOLDER, self.RUN_ID_NO_FOLDER)


class PassedOver(Code):
    """What a reading passed over or took for something else: `n` times, first at `where`.

    `reason`: a code of `Unusable`, whose fields stand beside it; of folders only. `what`: the column of a word that
    MLflow does not have, `instead`: what it is taken for.
    """

    EXPERIMENT_FOLDERS = auto()
    RUN_FOLDERS = auto()
    FOLDERS_STATUS = auto()
    METRIC_LINES = auto()
    LINKS = auto()
    INPUTS = auto()
    DATABASE_WORD = auto()
    SERVER_WORD = auto()
    NEWER_SCHEMA = auto()


class Unusable(Code):
    """Why a folder is no experiment or run that can be used."""

    META_MISSING = auto()
    META_LINK = auto()
    META_IRREGULAR = auto()
    META_CLOSED = auto()
    META_NO_YAML = auto()
    META_EMPTY = auto()
    META_NO_FIELDS = auto()
    FIELD_MISSING = auto()
    FIELD_OTHER = auto()
    CLOSED = auto()
    PARTLY_CLOSED = auto()
    ID_OF_LIVE = auto()
    ID_TWICE = auto()


class Filters(Code):
    """A search filter cannot be understood; `clause`: the wrong one, `write`: a right one near to it."""

    NOT_UNDERSTOOD = auto()
    QUOTE_OPEN = auto()
    JOINED_BY_OR = auto()
    SEMICOLON = auto()
    TOO_LONG = auto()
    BRACKETS = auto()
    NOTHING_COMPARED = auto()
    DATASETS = auto()
    BESIDE_FILTER = auto()
    KEY_UNKNOWN = auto()
    KIND_MISSING = auto()
    KIND_CASE = auto()
    SPELLING = auto()
    NUMBERS_COMPARED = auto()
    TEXT_UNORDERED = auto()
    RLIKE = auto()
    RUN_ID_ONLY = auto()
    PARAMS_TAGS_ONLY = auto()
    VALUE_MISSING = auto()
    TIME = auto()
    NUMBER_QUOTED = auto()
    NUMBER_PLUS = auto()
    NO_NUMBER_COMPARED = auto()
    LIST = auto()
    TEXT_BARE = auto()
    BACKTICKS = auto()
    NO_RUN_NAMED = auto()
    NO_RUN_ID = auto()
    ATTRIBUTE_UNKNOWN = auto()
    COMPARISON_UNKNOWN = auto()


class Caches(Code):
    """The cache is missing, damaged, or cannot be kept up to date."""

    UNFILLED = auto()
    UNREAD = auto()
    REPLACED = auto()
    SNAPSHOT_CLOSED = auto()
    SNAPSHOT_UNWRITTEN = auto()
    BUSY = auto()
    FILE_UNWRITTEN = auto()
    FILE_UNREAD = auto()
    FILE_UNLOCKED = auto()
    FILE_UNREMOVED = auto()
    FOLDER_UNMADE = auto()
    WRONG_KIND = auto()
    FILE_DAMAGED = auto()
    POINTER_INCOMPLETE = auto()
    SNAPSHOT_CUT = auto()
    NOTHING_TO_ADD_TO = auto()
    NOTHING_TO_CONFIRM = auto()
    STORE_GAVE_NOTHING = auto()
    SYNC_STOPPED = auto()
    SYNC_LATE = auto()


class Variables(Code):
    """An environment variable or option holds something that cannot be used."""

    HOME_UNKNOWN = auto()
    NO_SECONDS = auto()
    NO_LOG_LEVEL = auto()


class ScoreFiles(Code):
    """A file of example scores cannot be used; `file`: its name."""

    SCORES_GONE = auto()
    SCORES_FORBIDDEN = auto()
    SCORES_DAMAGED = auto()
    NO_IDS = auto()
    IDS_TWICE = auto()
    NO_ROWS = auto()
    NO_TABLE = auto()
    UNEVEN_ROWS = auto()
    COLUMN_NO_NUMBER = auto()
    NO_PREDICTION = auto()


class Recipes(Code):
    """A recipe of the demo is wrong; `where`: its file and place in it, `found`: what stands there, as in Python."""

    NO_RECIPES = auto()
    RECIPE_NO_YAML = auto()
    RECIPE_NAMES = auto()
    SOURCE_UNKNOWN = auto()
    RECIPE_NO_MAPPING = auto()
    RECIPE_KEY_UNKNOWN = auto()
    RECIPE_KEY_MISSING = auto()
    WRONG_TYPE = auto()
    NOT_POSITIVE = auto()
    NO_CHOICE = auto()
    NO_CLASS = auto()
    NOT_FIXED = auto()
    LOW_ABOVE_HIGH = auto()
    LOW_NOT_ABOVE_ZERO = auto()
    NO_SHARE = auto()
    NO_SHARE_OR_ONE = auto()
    WRONG_SEEDS = auto()


class Demos(Code):
    """The demo's store cannot be made or read."""

    NOT_WHOLE = auto()
    NOT_MADE = auto()
    OTHERS_FILES = auto()
    OTHERS_RUNS = auto()
