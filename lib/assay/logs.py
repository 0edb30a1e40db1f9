"""How a process that serves logs: time, level, logger and message on stderr, the same in server and sync process."""

import logging

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def configure(level: str) -> None:
    """Sets logging up once, Assay's own from `level` on, others' from WARNING on; for programs, not for libraries."""
    formatter = logging.Formatter(FORMAT)
    formatter.default_msec_format = "%s.%03d"
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.getLogger("assay").setLevel(level)
