"""What is wrong with a file of example scores."""

from assay.model.note import Code
from assay.model.problems import ScoreFiles
from assay.view.text.notes.template import Said, Words


def _no_ids(said: Said) -> str:
    more = f" and {said['more']} more" if said["more"] else ""
    return f"{said['file']} has no column example_id; it holds {said['names'] or 'no column'}{more}."


WORDS: dict[Code, Words] = {
    ScoreFiles.SCORES_GONE: "{file} is gone from the data folder; reload to fetch it again.",
    ScoreFiles.SCORES_FORBIDDEN: "{file} may not be read by this user.",
    ScoreFiles.SCORES_DAMAGED: "{file} is damaged or cut short and cannot be read; log it again.",
    ScoreFiles.NO_IDS: _no_ids,
    ScoreFiles.IDS_TWICE: "{file} has {n} columns {column}; rename all but one.",
    ScoreFiles.NO_ROWS: "{file} holds no rows.",
    ScoreFiles.NO_TABLE: "{file} is no MLflow table; it must hold `columns` and `data`.",
    ScoreFiles.UNEVEN_ROWS: "{file} has rows that do not fit its {n} columns.",
    ScoreFiles.COLUMN_NO_NUMBER: "The column {column} of {file} holds no number.",
    ScoreFiles.NO_PREDICTION: "No row of {file} has both a {label} and a {said}.",
}
