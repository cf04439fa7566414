"""Server log without what people type: no tracebacks' messages, no queries, no tokens in paths."""

import logging
import re

_TAIL = re.compile(r"\?[^\s\"']*")
# A part of an address that is a key, such as that of a mailed link: our own names have small letters only.
_KEY = re.compile(r"(?<=/)(?=[\w-]*[A-Z])[\w-]{16,}")


class Discreet(logging.Filter):
    """Keeps an exception's class only and cuts the query and keys off every address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; it always passes."""
        if record.exc_info and record.exc_info[0] is not None:
            frame = record.exc_info[2]
            while frame is not None and frame.tb_next is not None:
                frame = frame.tb_next
            where = f" at {frame.tb_frame.f_code.co_name}:{frame.tb_lineno}" if frame else ""
            said = _KEY.sub("…", record.getMessage().splitlines()[0])
            record.msg = f"{said} [{record.exc_info[0].__name__}{where}]"
            record.args, record.exc_info, record.exc_text = (), None, None
        else:
            record.msg = _KEY.sub("…", _TAIL.sub("?…", str(record.getMessage())))
            record.args = ()
        return True
