"""What is wrong with a YAML file that a team wrote, whatever it holds."""

import re
from collections.abc import Callable

from assay.model.note import Code
from assay.model.yaml_files import YamlFiles, YamlKind
from assay.view.text.escape import short
from assay.view.text.notes.template import Said, Words

_LONGEST = 120


def key(tail: str) -> Callable[[Said], str]:
    """Words on one key: where it stands, `tail`, and how many more are wrong."""

    def words(said: Said) -> str:
        name, found = said["key"] or "the file", said.get("found") or "empty"
        more = f" ({said['more']} more after it.)" if said["more"] else ""
        return f"{{file}}, line {{line}}: {tail}.{more}".format_map(said | {"key": name, "found": found})

    return words


def _message(said: Said) -> str:
    message = str(said["message"]).replace("Input should", "it should").replace("String should", "it should")
    return _VALUE(Said(said | {"allowed": message[0].lower() + message[1:]}))


_VALUE = key("{key} is {found}; {allowed}")


def _twice(said: Said) -> str:
    alike = "" if said["name"] == said["first"] else ", as {first}, which is no other metric"
    return f"{{file}}, line {{line}}: {{key}} stands here a second time{alike}; keep one.".format_map(said)


_YAML = (
    (r"mapping values are not allowed here", "a colon that makes a key stands within text; put the text in quotes"),
    (r"found character '\\t' .*", "a tab stands where spaces should"),
    (r"found unhashable key", "a key has to be text"),
    (r"found undefined alias '(.*)'", r"*\1 repeats nothing, as no &\1 stands above it"),
    (r"could not determine a constructor for the tag .*", "what begins with ! has no meaning in a {kind}"),
    (r"found character '(.)' that cannot start any token", r"no text may begin with \1 but in quotes"),
    (r"expected ',' or '[]}]', but got '\?'", "within {} and [], text with a ? needs quotes"),
    (r"found unexpected end of stream", "a quote is never closed"),
    (r"second occurrence", "the name after this & stands further up already"),
    (r"(.*), but (?:got|found) '<stream end>'", r"\1, but the file ends"),
    (r"but found another document", "a second document begins here; a {kind} is one"),
    (r"could not find expected ':'", "a key without a colon after it, or text of several lines without quotes"),
    (r"expected <block end>, but found .*", "this does not stand in line with what is above it"),
    (r"expected a mapping( or list of mappings)? for merging.*", "<< takes keys and values alone, as of *name"),
)
"""What the reader of YAML calls wrong → the same for those who write one."""


def _no_yaml(said: Said) -> str:
    problem = short(str(said["error"]), _LONGEST)
    plain = next((re.sub(own, words, problem) for own, words in _YAML if re.fullmatch(own, problem)), problem)
    return f"{said['file']}, line {said['line']}: this is not YAML: {plain.replace('{kind}', said['kind'])}."


_TYPES = {"int": "number", "float": "number", "timestamp": "date", "bool": "true or false"}


def _mistagged(said: Said) -> str:
    type_ = _TYPES.get(said["says"])
    meant = f"a {type_}" if type_ in ("number", "date") else type_ or f"what !!{said['says']} says"
    return f"{said['file']}, line {said['line']}: {said['found']} can't be read as {meant}; put text in quotes."


def _key_no_text(said: Said) -> str:
    holder = said["key"] or "the file"
    return f"{said['file']}, line {said['line']}: {holder} has a key that is no text; put it in quotes: {said['name']}."


def _gone(said: Said) -> str:
    hint = "; name one in ASSAY_POLICY or --policy" if said["kind"] == YamlKind.POLICY else ""
    return f"There is no {said['kind']} file {said['file']}{hint}."


def _no_sections(said: Said) -> str:
    keys = "sections" if said["kind"] == YamlKind.POLICY else "keys"
    return f"{said['file']}, line 1: found {said['found']}; a {said['kind']} has the {keys} {said['allowed']}."


WORDS: dict[Code, Words] = {
    YamlFiles.YAML_GONE: _gone,
    YamlFiles.YAML_FOLDER: "{file} is a folder; a {kind} is one YAML file.",
    YamlFiles.YAML_IRREGULAR: "{file} is not a regular file; a {kind} is one YAML file.",
    YamlFiles.YAML_NO_TEXT: "{file} is not UTF-8 text; a {kind} is one YAML file.",
    YamlFiles.YAML_CLOSED: "The {kind} file {file} cannot be read: {error}.",
    YamlFiles.YAML_TOO_LARGE: "{file} has {size:,} bytes; a {kind} has at most {most:,}.",
    YamlFiles.YAML_TOO_DEEP: "{file}: its lists and keys stand too deep in each other to be a {kind}.",
    YamlFiles.NO_YAML: "{file}: this is not YAML: {error}.",
    YamlFiles.NO_YAML_AT: _no_yaml,
    YamlFiles.NO_ALIASES: "{file}, line {line}: *{name} repeats what stands elsewhere; in a {kind}, write it out.",
    YamlFiles.YAML_MISTAGGED: _mistagged,
    YamlFiles.YAML_UNPARSED: "{file}: this is not YAML: {error}",
    YamlFiles.NO_SECTIONS: _no_sections,
    YamlFiles.HALF_CHARACTER: (
        "{file}, line {line}: {found} holds half a character, \\ud800 to \\udfff, which no text can; write it whole."
    ),
    YamlFiles.KEY_NO_TEXT: _key_no_text,
    YamlFiles.KEY_TWICE: _twice,
    YamlFiles.NO_SUCH_KEY: key("{key} is no key of a {kind}; allowed here: {allowed}"),
    YamlFiles.KEY_MISSING: key("{key} is missing"),
    YamlFiles.NOT_ALLOWED: key("{key} is {found}; allowed: {allowed}"),
    YamlFiles.NO_LIST: key("{key} is {found}; it should be a list, such as [a, b]"),
    YamlFiles.NO_MAPPING: key("{key} is {found}; it should hold keys and values"),
    YamlFiles.NO_TEXT: key("{key} is {found}; it should be text, in quotes where it looks like a number"),
    YamlFiles.NO_FIGURE: key("{key} is {found}; it should be a number"),
    YamlFiles.NO_WHOLE_NUMBER: key("{key} is {found}; it should be a whole number"),
    YamlFiles.NO_ENTRY: key("{key} is empty; something has to stand there"),
    YamlFiles.WRONG_VALUE: _message,
}
