"""A real installation of Naast for journeys: own folder, own processes, filled as the demonstration is.

On SQLite as shipped; on PostgreSQL where NAAST_TEST_DATABASE_URL is set (a database of its own in that cluster).
"""

import email
import email.policy
import fcntl
import http.cookiejar
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from tools.services import free_port

from tests.template_db import FOLDER
from tests.template_pg import copied

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Answer:
    """What came back: status, headers (names in lower case), text, and the address it came from."""

    status: int
    headers: dict[str, str]
    text: str
    address: str


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


@dataclass
class Browser:
    """A visitor with a cookie jar of their own; does not follow redirects by itself."""

    address: str
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)
    headers: dict[str, str] = field(default_factory=dict)

    def _open(self, request: urllib.request.Request) -> Answer:
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), _Stay())
        try:
            answer = opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            body = answer.read()
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return Answer(answer.status, headers, body.decode("utf-8", "replace"), request.full_url)

    def get(self, path: str, **query: str) -> Answer:
        """Fetch a page; a redirect within this site is followed."""
        tail = "?" + urllib.parse.urlencode(query) if query else ""
        answer = self._open(
            urllib.request.Request(urllib.parse.urljoin(self.address, path) + tail, headers=self.headers)
        )
        for _ in range(5):
            target = urllib.parse.urljoin(answer.address, answer.headers.get("location", ""))
            if answer.status not in (301, 302, 303) or not target.startswith(self.address):
                break
            answer = self._open(urllib.request.Request(target, headers=self.headers))
        return answer

    def send(self, page: Answer, **fields: str) -> Answer:
        """Send the form of a page that was fetched, with its own token."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        return self.post(page.address, **fields, **({"csrfmiddlewaretoken": token[1]} if token else {}))

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form; the CSRF token is added where there is a cookie for it."""
        token = next((cookie.value for cookie in self.jar if cookie.name.endswith(("csrftoken", "csrf"))), None)
        data = {**fields, **({"csrfmiddlewaretoken": token} if token and "csrfmiddlewaretoken" not in fields else {})}
        url = urllib.parse.urljoin(self.address, path)
        headers = {"Referer": url, "Origin": self.address.rstrip("/"), **self.headers}
        return self._open(urllib.request.Request(url, urllib.parse.urlencode(data).encode(), headers))


class Installation:
    """Makes, starts and stops one installation."""

    def __init__(self, *, database: str | None = None, workers: int = 1) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="naast-installation-"))
        self.var = self.folder / "var"
        self.port = free_port()
        self.provider_port = free_port()
        self.address = f"http://127.0.0.1:{self.port}/"
        self.log = self.folder / "server.log"
        self.web: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None
        self.web_workers = workers
        keep = {
            name: value for name, value in os.environ.items() if not name.startswith(("NAAST_", "DJANGO_", "PYTEST"))
        }
        self.environment = {
            **keep,
            "NAAST_VAR": str(self.var),
            "NAAST_DEMO": "1",
            "NAAST_NO_COUNTRY": "1",
            "NAAST_SHARED": os.environ.get("NAAST_SHARED") or str(ROOT.parent / "shared"),
            "DJANGO_SETTINGS_MODULE": "naast.settings.embedded",
            # A municipality's own sign-in, out of order until a journey starts one here (tests/oidc_provider.py).
            "NAAST_OIDC": "enschede",
            "NAAST_OIDC_ENSCHEDE_NAME": "gemeente Enschede",
            "NAAST_OIDC_ENSCHEDE_PLACE": "enschede",
            "NAAST_OIDC_ENSCHEDE_ISSUER": f"http://127.0.0.1:{self.provider_port}",
            "NAAST_OIDC_ENSCHEDE_CLIENT_ID": "naast-test",
            "NAAST_OIDC_ENSCHEDE_CLIENT_SECRET": "een geheim met een : en een %",
            "NAAST_OIDC_ENSCHEDE_DOMAINS": "demo.example",
            "NAAST_OIDC_ENSCHEDE_ACR": "mfa",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        self.cluster = database
        if database:
            self.environment["DJANGO_SETTINGS_MODULE"] = "tests.settings_installation"
            self._use(f"naast_{uuid4().hex[:12]}")

    def _use(self, name: str) -> None:
        """Work in this database of the cluster from now on."""
        assert self.cluster
        self.environment["NAAST_INSTALLATION_DATABASE"] = f"{self.cluster.rsplit('/', 1)[0]}/{name}"

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a `naast` command here."""
        return subprocess.run(
            [sys.executable, "-m", "naast", *command], env=self.environment, cwd=self.folder, check=check,
            capture_output=True, text=True,
        )  # fmt: skip

    def prepare(self) -> "Installation":
        """Make the database and fill it, from a copy that was made once for the present sources."""
        if self.cluster:
            return self._prepare_on_postgres(self.cluster)
        from naast.demo.loading import stamp

        FOLDER.mkdir(parents=True, exist_ok=True)
        made = FOLDER / f"installation-{stamp()}"
        with (FOLDER / "lock-installation").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                for old in FOLDER.glob("installation-*"):
                    shutil.rmtree(old)
                self._fill()
                shutil.copytree(self.var, made)
                return self
        shutil.copytree(made, self.var)
        return self

    def _prepare_on_postgres(self, cluster: str) -> "Installation":
        # the keys of the installation stand beside its database
        made = FOLDER / f"installation-of-{urllib.parse.urlsplit(cluster).port}"
        mine = self.environment["NAAST_INSTALLATION_DATABASE"].rsplit("/", 1)[1]

        def make(name: str) -> None:
            shutil.rmtree(made, ignore_errors=True)
            self._use(name)
            self._fill()
            shutil.move(self.var, made)

        copied(cluster, "naast_filled", mine, make)
        self._use(mine)
        shutil.copytree(made, self.var)
        return self

    def _fill(self) -> "Installation":
        done = self.run("demo", "--prepare", check=False)
        if done.returncode:
            raise AssertionError(f"the demonstration could not be made:\n{done.stdout[-2000:]}\n{done.stderr[-6000:]}")
        return self

    def start(self, *, worker: bool = True) -> "Installation":
        """Start the web process and, unless told otherwise, a worker."""
        self.web = self._spawn("serve", "--port", str(self.port), "--workers", str(self.web_workers), "--threads", "8")
        if worker:
            self.start_worker()
        self.wait_ready()
        return self

    def start_worker(self) -> None:
        """Start a worker."""
        self.worker = self._spawn("worker")

    def _spawn(self, *command: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "naast", *command], env=self.environment, cwd=self.folder, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def wait_ready(self) -> None:
        """Wait until pages are served."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                if self.visitor().get("/-/ready").status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise AssertionError(f"the server did not start:\n{self.log.read_text()[-4000:]}")

    def visitor(self, **headers: str) -> Browser:
        """Return somebody new at the door."""
        return Browser(self.address, headers=headers)

    def kill(self, process: subprocess.Popen[bytes] | None) -> None:
        """Kill a process and its children at once, as a power cut would."""
        if process and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def mails(self) -> list[email.message.EmailMessage]:
        """Return the mails that left."""
        files = sorted((self.var / "mail").glob("*.eml"))
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]  # type: ignore[misc]

    def stop(self) -> None:
        """Stop everything and leave nothing."""
        for process in (self.web, self.worker):
            if process and process.poll() is None:
                process.terminate()
        for process in (self.web, self.worker):
            if process:
                try:
                    process.wait(timeout=15)
                except subprocess.TimeoutExpired:
                    self.kill(process)
        shutil.rmtree(self.folder, ignore_errors=True)
