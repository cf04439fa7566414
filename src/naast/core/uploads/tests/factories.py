"""Files for tests: good ones, and bad ones of every kind that we could think of."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
FILM = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + bytes(range(256))


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **more: object) -> bytes:
    """Return a picture's bytes."""
    out = BytesIO()
    Image.new(mode, size, "#0a5560").save(out, kind, **more)
    return out.getvalue()


def with_place() -> bytes:
    """Return a photo that says where it was taken, by whom, with a comment."""
    exif = Image.Exif()
    exif[0x010E] = "bij oma thuis"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 13.0, 7.0), 3: "E", 4: (6.0, 53.0, 9.0)})
    return picture(exif=exif, comment=b"Dorpsstraat 1", icc_profile=b"\0" * 200)


def paper(change: Callable[[pikepdf.Pdf], None] | None = None, **more: object) -> bytes:
    """Return a PDF of one page, changed."""
    made = pikepdf.new()
    made.add_blank_page()
    made.docinfo["/Author"] = "Jan Jansen"
    made.docinfo["/Title"] = "Brief"
    made.Root.Lang = "nl-NL"
    if change:
        change(made)
    out = BytesIO()
    made.save(out, **more)  # type: ignore[arg-type]
    return out.getvalue()


def with_script(made: pikepdf.Pdf) -> None:
    """Let a paper run a script when it opens."""
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def with_nested_script(made: pikepdf.Pdf) -> None:
    """Hide a script in what a link of a page does next."""
    act = pikepdf.Dictionary(S=pikepdf.Name.GoTo, Next=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe"))
    made.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=act)])


def with_deep_script(made: pikepdf.Pdf) -> None:
    """Hide a script behind many steps that do nothing, each right inside the one before."""
    act = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    for _step in range(12):
        act = pikepdf.Dictionary(S=pikepdf.Name.Named, N=pikepdf.Name.NextPage, Next=act)
    made.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=act)])


def with_script_outside(made: pikepdf.Pdf) -> None:
    """Hide a script in the last lines of the file, which belong to no object."""
    made.trailer["/Extra"] = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def with_link(address: str) -> Callable[[pikepdf.Pdf], None]:
    """Return what puts a link to an address on the page."""

    def change(made: pikepdf.Pdf) -> None:
        act = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=address)
        made.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=act)])

    return change


def with_unfolding_objects() -> bytes:
    """Return a PDF of some kilobytes whose objects unfold to a hundred megabytes when they are read."""
    packed = zlib.compress(b"4 0 (gelezen)" + b" " * 100_000_000, 9)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] /X 4 0 R >>",
        5: b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        % (len(packed), packed),
    }
    body, places = b"%PDF-1.5\n", {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    places[6] = len(body)
    rows = struct.pack(">BIH", 0, 0, 65535)
    for number in range(1, 7):
        rows += struct.pack(">BIH", 2, 5, 0) if number == 4 else struct.pack(">BIH", 1, places[number], 0)
    last = b"<< /Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R /Length %d >>\nstream\n%s\nendstream" % (len(rows), rows)
    return body + b"6 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (last, places[6])


def with_file(made: pikepdf.Pdf) -> None:
    """Put a file inside a paper."""
    made.attachments["gif.exe"] = b"MZ"


def animated() -> bytes:
    """Return a picture that moves."""
    out = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    return out.getvalue()


def huge_png() -> bytes:
    """Return a small PNG whose head says 60,000 × 60,000 pixels."""
    head = struct.pack("!IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def word_bomb() -> bytes:
    """Return a PNG with megabytes of words in a few bytes."""
    words = PngInfo()
    words.add_text("k", "a" * 3_000_000, zip=True)
    return picture("PNG", pnginfo=words)


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip of these files."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def upload(data: bytes, name: str = "foto.jpg", content_type: str = "image/jpeg") -> SimpleUploadedFile:
    """Return it as a browser sends it."""
    return SimpleUploadedFile(name, data, content_type)
