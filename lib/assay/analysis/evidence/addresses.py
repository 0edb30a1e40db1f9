"""Is the source of a dataset an address that others may have too, or a path of one machine?"""

import json
import re
from collections.abc import Iterator, Mapping

from assay.model.runs.data import Dataset

_REACHED = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_TABLES = frozenset({"delta_table", "databricks-uc-table", "databricks_uc_table", "spark"})
_TABLE_KEYS = ("delta_table_name", "table_name", "sql")
_HUBS = frozenset({"hugging_face", "huggingface"})
_READERS = frozenset({"csv", "json", "text", "parquet", "arrow", "pandas", "imagefolder", "audiofolder", "videofolder"})
"""What the hub's library calls files of one's own, which are no dataset of the hub."""
_PATHS = ("url", "uri", "path", "data_files", "data_dir")


def has_address(text: str) -> bool:
    """Whether a text begins as an address that is no file's."""
    return bool(_REACHED.match(text))


def is_reached(data: Dataset) -> bool:
    """By MLflow's JSON of its source, or by the text alone: every place in it is an address, or a name of a hub."""
    told, kind = _told(data.source), data.source_type.lower()
    if kind in _TABLES and any(told.get(key) for key in _TABLE_KEYS):
        return True
    places = [place for key in _PATHS for place in _texts(told.get(key))]
    if kind in _HUBS and places and told.get("path") not in _READERS:
        return not places[0].startswith(("/", ".", "~", "file:"))
    return bool(places) and all(map(has_address, places[1:] if kind in _HUBS else places))


def _told(source: str) -> Mapping[str, object]:
    try:
        found = json.loads(source)
    except (ValueError, RecursionError):
        found = None
    return found if isinstance(found, dict) else {"uri": source}


def _texts(value: object) -> Iterator[str]:
    """The texts in what may hold lists and mappings of them; MLflow's sources are short."""
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, (list, tuple, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            if isinstance(one, str) and one:
                yield one
            elif isinstance(one, list):
                yield from (own for own in one if isinstance(own, str) and own)
