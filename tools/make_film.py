"""Make the shipped films: Chromium draws each moment of a script, ffmpeg turns the pictures into one small MP4.

`python tools/make_film.py [key …]` reads src/naast/content/data/films/<key>.yaml and writes <key>.mp4 and the poster
<key>.webp beside it. Only who changes a script needs this: the films stand in the repository. ffmpeg comes from Debian.
"""

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import yaml
from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.services import chromium  # noqa: E402

FILMS = ROOT / "src/naast/content/data/films"
DRAWINGS = ROOT / "src/naast/core/templates/core/drawing"
SIZE = (960, 540)
RATE = 16  # pictures a second: the walk is slow
LARGEST = 1_500_000  # bytes; a film of a minute stays light for a phone
POSTER_AT = 4.0  # seconds: the first drawing is there, with the title


def stage(page: Page, script: dict[str, object]) -> float:
    """Put the script on the stage; returns how many seconds it takes."""
    drawings = {path.stem: path.read_text(encoding="utf-8") for path in DRAWINGS.glob("*.svg")}
    page.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
    page.goto((ROOT / "tools/film/stage.html").as_uri())
    seconds = page.evaluate(f"build({json.dumps(script, default=str)}, {json.dumps(drawings)})")
    page.evaluate("document.fonts.load('46px Proza')")
    return float(seconds)


def picture(page: Page, second: float) -> bytes:
    """Return one moment as PNG."""
    page.evaluate(f"seek({second})")
    return page.screenshot(animations="disabled")


def encoder(target: Path) -> "subprocess.Popen[bytes]":
    """Start ffmpeg: PNG pictures in, H.264 out, that every browser of ten years plays."""
    return subprocess.Popen(
        ["ffmpeg", "-y", "-loglevel", "error", "-f", "image2pipe", "-c:v", "png", "-framerate", str(RATE), "-i", "-",
         "-c:v", "libx264", "-preset", "slow", "-tune", "animation", "-crf", "27", "-pix_fmt", "yuv420p",
         "-profile:v", "main", "-threads", "1", "-g", str(RATE * 8), "-movflags", "+faststart", "-fflags", "+bitexact",
         "-flags:v", "+bitexact", "-map_metadata", "-1", str(target)],
        stdin=subprocess.PIPE,
    )  # fmt: skip


def make(page: Page, path: Path) -> None:
    """Make one film and its poster. Exits with words when it became too heavy."""
    script = yaml.safe_load(path.read_text(encoding="utf-8"))
    seconds = stage(page, script)
    poster = Image.open(io.BytesIO(picture(page, POSTER_AT)))
    poster.convert("RGB").save(path.with_suffix(".webp"), quality=82, method=6)
    target = path.with_suffix(".mp4")
    process = encoder(target)
    with process.stdin as pictures:  # type: ignore[union-attr]
        for number in range(round(seconds * RATE)):
            pictures.write(picture(page, number / RATE))
    if process.wait():
        sys.exit(f"{path.stem}: ffmpeg failed")
    size = target.stat().st_size
    print(
        f"{path.stem}: {seconds:.0f} s, {size // 1000} kB, poster {path.with_suffix('.webp').stat().st_size // 1000} kB"
    )
    if size > LARGEST:
        sys.exit(f"{path.stem}: heavier than {LARGEST // 1000} kB")


def main(keys: list[str]) -> None:
    """Make the films of these keys, else all."""
    if not shutil.which("ffmpeg"):
        sys.exit("ffmpeg is missing: apt-get install --no-install-recommends ffmpeg")
    paths = [FILMS / f"{key}.yaml" for key in keys] or sorted(FILMS.glob("*.yaml"))
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--force-color-profile=srgb", "--disable-lcd-text"]
        )
        page = browser.new_page()
        for path in paths:
            make(page, path)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
