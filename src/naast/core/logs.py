"""Server log without what people type: no tracebacks' messages, no queries, no tokens in paths."""

import logging
import re

_TAIL = re.compile(r"\?[^\s\"']*")
# Whatever ends a line, moves a cursor or colours a screen: in a message it could write lines that nobody wrote.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
# A part of an address that is a key, such as that of a mailed link: our own names have small letters only.
_KEY = re.compile(r"(?<=/)(?=[\w-]*[A-Z])[\w-]{16,}")


def one_line(text: str) -> str:
    """Return a text in which every control character is written out, so that it stays one line on any screen."""
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


class Discreet(logging.Filter):
    """Keeps an exception's class only, cuts the query and keys off every address, and lets each record be one line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; it always passes."""
        if record.exc_info and record.exc_info[0] is not None:
            frame = record.exc_info[2]
            while frame is not None and frame.tb_next is not None:
                frame = frame.tb_next
            where = f" at {frame.tb_frame.f_code.co_name}:{frame.tb_lineno}" if frame else ""
            said = _KEY.sub("…", (record.getMessage().splitlines() or [""])[0])
            record.msg = f"{one_line(said)} [{record.exc_info[0].__name__}{where}]"
            record.args, record.exc_info, record.exc_text = (), None, None
        else:
            record.msg = one_line(_KEY.sub("…", _TAIL.sub("?…", str(record.getMessage()))))
            record.args = ()
        return True
