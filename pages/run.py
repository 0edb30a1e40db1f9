"""What did this run log? The page behind `/?run=ID`."""

from assay.ui import frame, links
from assay.ui.runs import run

context = frame.begin("Run")

run_id = links.asked_run()

found = run.answered(context, run_id)

beside = run.show_head(context, found)
run.show_metrics(context, found)
run.show_logged(found)
run.show_relatives(found)
run.show_evidence(context, found, beside)
