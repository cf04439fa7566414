"""The house with its production settings, on a PostgreSQL and a Valkey of its own: what it refuses, what its headers say."""

import base64
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import services

from security import headers
from security.findings import Finding, Ran

ROOT = Path(__file__).resolve().parent.parent
HOST = "naast.example"
# Kinds of answer: pages, forms, files, redirects, errors, JSON. `admin` has the policy of the editors' admin.
ADDRESSES = (
    "/", "/kies/?postcode=7511", "/hulp-nu/", "/kluisje/", "/loket/", "/loket/aanmelden/", "/beheer/", "/nergens/",
    "/api/v1/aanbod", "/api/v1/nergens", "/hsds/v3/services", "/robots.txt", "/sitemap.xml",
    "/.well-known/security.txt", "/-/ready", "/-/weg/", "/media/nergens.png",
)  # fmt: skip


@contextmanager
def environment() -> Iterator[dict[str, str]]:
    """Give the environment of a production installation, with servers of its own; they are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="naast-production-"))
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("NAAST_", "DJANGO_"))}
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    salt = base64.b64encode(secrets.token_bytes(32)).decode()
    with services.valkey() as valkey, services.postgres() as database:
        try:
            yield {
                **keep,
                "DJANGO_SETTINGS_MODULE": "naast.settings.production",
                "PYTHONPATH": str(ROOT / "src"),
                "NAAST_DATABASE_URL": database,
                "NAAST_VALKEY_URL": valkey,
                "NAAST_SECRET_KEY": secrets.token_urlsafe(60),
                "NAAST_KEYRING": f"k1:{key}",
                "NAAST_LOCKER_SALTS": f"s1:{salt}",
                "NAAST_HOSTS": HOST,
                "NAAST_EMAIL_URL": "smtp://127.0.0.1:25",
                "NAAST_EMAIL_FROM": f"naast@{HOST}",
                "NAAST_SECURITY_CONTACT": f"mailto:security@{HOST}",
                "NAAST_STATIC_ROOT": str(folder / "static"),
                "NAAST_MEDIA_ROOT": str(folder / "media"),
            }
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def naast(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """Run a `naast` command there."""
    return _python(environment, "-m", "naast", *command)


def _python(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)


def deploy_check(environment: dict[str, str]) -> Ran:
    """Run Django's own check of a deployment, and ours."""
    done = naast(environment, "check", "--deploy")
    said = done.stdout + done.stderr
    findings = tuple(
        Finding("high" if done.returncode else "medium", "check --deploy", _rule(line), "settings", line.strip())
        for line in said.splitlines()
        if line.strip().startswith("?: (") or "(naast." in line
    )
    failed = said[-300:] if done.returncode and not findings else ""
    return Ran("check --deploy", "naast.settings.production", findings, failed)


def _rule(line: str) -> str:
    return line.split("(", 1)[1].split(")", 1)[0] if "(" in line else "check"


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object) -> None:
        return None


def ask(port: int, path: str, *, https: bool = True) -> tuple[int, dict[str, str]]:
    """Ask as the proxy in front would; returns status and headers (names in lower case, cookies by line)."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        headers={
            "Host": HOST,
            "X-Forwarded-Proto": "https" if https else "http",
            "X-Forwarded-For": "192.0.2.1",
            "Accept-Encoding": "gzip",
        },
    )
    try:
        answer = urllib.request.build_opener(_Stay()).open(request, timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        found = {name.lower(): value for name, value in answer.headers.items()}
        if cookies := answer.headers.get_all("Set-Cookie"):
            found["set-cookie"] = "\n".join(cookies)
        return answer.status, found


def header_suite(environment: dict[str, str]) -> Ran:
    """Serve the house as in production and judge the headers of each kind of answer."""
    prepared = (
        naast(environment, "migrate"),
        _python(environment, "-m", "django", "collectstatic", "--noinput"),
    )
    for done in prepared:
        if done.returncode:
            return Ran("headers", "production", failed=(done.stdout + done.stderr)[-300:])
    port = services.free_port()
    served = subprocess.Popen(
        [sys.executable, "-m", "naast", "serve", "--port", str(port)], cwd=ROOT, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        _wait(port)
        return Ran("headers", f"{len(ADDRESSES)} kinds of answer, production settings", tuple(_judged(port)))
    except OSError as error:
        return Ran("headers", "production", failed=f"it does not serve: {error}")
    finally:
        served.terminate()
        served.wait(timeout=20)


def _judged(port: int) -> Iterator[Finding]:
    for path in ADDRESSES:
        status, found = ask(port, path)
        if status >= 500:
            yield Finding("high", "headers", "status", path, f"answers {status}")
        for severity, rule, what in headers.faults(found, admin=path.startswith("/beheer/")):
            yield Finding(severity, "headers", rule, path, what)
    status, found = ask(port, "/", https=False)
    if status not in (301, 308) or not found.get("location", "").startswith("https://"):
        yield Finding("high", "headers", "https", "/", f"plain http answers {status}, not a redirect to https")


def _wait(port: int) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            if ask(port, "/-/live")[0] == 200:
                return
        except OSError:
            if time.monotonic() > end:
                raise
        time.sleep(0.2)
