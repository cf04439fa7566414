"""A page that puts what was typed into its SQL, so that a run of sqlmap that sees nothing is known to be blind."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer with the rows that the query finds, and with the database's own words where it fails."""
        typed = parse_qs(urlparse(self.path).query).get("id", ["1"])[0]
        base = sqlite3.connect(":memory:")
        base.execute("CREATE TABLE things (id INTEGER, name TEXT)")
        base.executemany("INSERT INTO things VALUES (?, ?)", [(1, "een lamp"), (2, "een stoel")])
        try:
            rows = base.execute(f"SELECT name FROM things WHERE id = {typed}").fetchall()  # noqa: S608  the hole itself
            status, text = 200, " ".join(str(row[0]) for row in rows) or "niets gevonden"
        except sqlite3.Error as error:
            status, text = 500, f"SQLite error: {error}"
        finally:
            base.close()
        body = f"<html><body><p>{text}</p></body></html>".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """Serve the page on the loopback interface; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
