"""Starts everything: `streamlit run app.py` serves the dashboard and the API, and keeps the cache in step."""

import sys

import streamlit as st

from assay import api, logs, settings
from assay.errors import AssayError
from assay.identity import start
from assay.view.text.notes import words

try:
    current = settings.read()
    start.checked(current)
except AssayError as error:
    sys.exit(f"assay: {words(error.note)}")

logs.configure(current.log)
app = st.App(
    settings.PACKAGE / "shell.py",
    routes=api.routes(current, st.get_option("server.baseUrlPath")),
    lifespan=api.lifespan(current),
    middleware=api.middleware(start.answered(current)),
)
