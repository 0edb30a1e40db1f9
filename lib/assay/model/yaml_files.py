"""What can be wrong with the YAML files that a team writes: the codes of errors and warnings."""

from enum import StrEnum, auto

from assay.model.note import Code


class YamlKind(StrEnum):
    """The YAML files that people write."""

    POLICY = "policy"
    CHECKLIST = "checklist"


class YamlFiles(Code):
    """A YAML file is wrong; `kind`: a `YamlKind`, `more`: how many keys after the first wrong one."""

    YAML_GONE = auto()
    YAML_FOLDER = auto()
    YAML_IRREGULAR = auto()
    YAML_NO_TEXT = auto()
    YAML_CLOSED = auto()
    YAML_TOO_LARGE = auto()
    YAML_TOO_DEEP = auto()
    NO_YAML = auto()
    NO_YAML_AT = auto()
    NO_ALIASES = auto()
    YAML_MISTAGGED = auto()
    YAML_UNPARSED = auto()
    NO_SECTIONS = auto()
    HALF_CHARACTER = auto()
    KEY_NO_TEXT = auto()
    KEY_TWICE = auto()
    NO_SUCH_KEY = auto()
    KEY_MISSING = auto()
    NOT_ALLOWED = auto()
    NO_LIST = auto()
    NO_MAPPING = auto()
    NO_TEXT = auto()
    NO_FIGURE = auto()
    NO_WHOLE_NUMBER = auto()
    NO_ENTRY = auto()
    WRONG_VALUE = auto()


class PolicyFiles(Code):
    """A policy file is wrong in what only policies hold; figures as of `YamlFiles`."""

    NAME_TWICE = auto()
    NO_RANGE = auto()
    NO_LIMIT = auto()
    AGAINST_DIRECTION = auto()
    ALERT_ON_GOOD_SIDE = auto()
    NO_OBJECTIVE = auto()
    NO_WEIGHT = auto()
    NO_CRITERIA = auto()
    NO_STAR = auto()
    LIMITS_CROSSED = auto()
    NO_GRANT = auto()
    NO_LIST_FILE = auto()


class ChecklistFiles(Code):
    """A checklist file or a folder of them is wrong, or there is no such list; figures as of `YamlFiles`."""

    LISTS_GONE = auto()
    LISTS_NO_FOLDER = auto()
    LISTS_CLOSED = auto()
    NO_LIST_NAME = auto()
    LIST_TWICE = auto()
    NO_CHECKLIST = auto()
    ITEMS_OR_SECTIONS = auto()
    ITEM_TWICE = auto()
    NO_SLUG = auto()
    NO_CHECK = auto()
    NO_PROOF = auto()
    PROVED_SIGNATURE = auto()
    NO_SIGNING_ROLE = auto()
    ROLE_UNSIGNED = auto()
