"""The Streamlit main script: navigation, then the page, whose errors are shown where it stopped."""

from assay.ui import frame

with frame.errors_shown():
    frame.page().run()
