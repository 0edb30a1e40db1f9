"""Could someone else get this again?"""

from assay.ui import frame
from assay.ui.evidence.record import answer, beside, matrix, question

context = frame.begin("Reproducibility")

asked = question.ask(context)

found = answer.answered(context, asked)

if found is not None:
    answer.show_answer(found)
    matrix.show_matrix(found)
    matrix.show_cell(found)
    beside.show_beside(found)
    beside.show_ways_on(found)
