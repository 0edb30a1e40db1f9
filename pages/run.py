"""What did this run log? The page behind `/?run=ID`."""

from assay.ui import frame, links
from assay.ui.runs import artifacts, checks, run

context = frame.begin("Run")

run_id = links.asked_run()

found = run.answered(context, run_id)
files = artifacts.looked_up(context, found)

run.show_head(context, found, files)
below, beside = run.show_facts(context, found)
artifacts.show_evidence(context, found, beside)
run.show_logged(context, found)
run.show_history(context, found, files.reason)
artifacts.show_artifacts(context, found, files)
run.show_relatives(found)
checks.show_checks(context, found, below)
