"""Forms of the place administrator: the house style and the own host name."""

from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from naast.core.uploads.taking import taken
from naast.places import colours, hosts, house_style, tailor
from naast.places.tailor import Shortfall, StyleChoice

from .logos import LogoRefused, Remade, remake

COLOUR_LABELS = {
    "primary": (gettext_lazy("Main colour"), gettext_lazy("Lines, drawings and small headings.")),
    "accent": (gettext_lazy("Accent"), gettext_lazy("The colour of the child: dots, and ‘Leave this site’.")),
    "header": (gettext_lazy("Bar at the top"), gettext_lazy("Behind the logo and the menu.")),
    "link": (gettext_lazy("Links"), gettext_lazy("Words that lead somewhere.")),
    "button": (gettext_lazy("Buttons"), gettext_lazy("The ground of a button; its words become dark or light.")),
    "footer": (gettext_lazy("Bar at the bottom"), gettext_lazy("Behind the help lines.")),
}
FONT_LABELS = [
    ("proza", gettext_lazy("Proza Libre: warm, of this project")),
    ("atkinson", gettext_lazy("Atkinson Hyperlegible: clear, as in the texts")),
    ("serif", gettext_lazy("With serifs, of the reader’s device")),
    ("system", gettext_lazy("Plain, of the reader’s device")),
]
CORNER_LABELS = [
    ("straight", gettext_lazy("Straight")),
    ("soft", gettext_lazy("A little round")),
    ("round", gettext_lazy("Round")),
]
LOGO_REFUSED = {
    "big": gettext_lazy("This file is larger than 5 MB. Save the logo smaller and choose it again."),
    "svg": gettext_lazy("An SVG file may hold scripts, so we do not take it. Save the logo as PNG and choose that."),
    "unknown": gettext_lazy("This is no picture we know. Choose a PNG, JPEG or WebP file."),
    "broken": gettext_lazy("This picture is damaged: we cannot read it whole. Save it again and choose that."),
    "pixels": gettext_lazy("This picture has too many pixels. Make it at most 5000 wide."),
    "flat": gettext_lazy("This picture is too small for a logo. Use at least 8 by 8 pixels."),
}
HOST_REFUSED = {
    "empty": gettext_lazy("Type a name, for example naast.yourmunicipality.nl."),
    "address": gettext_lazy("This is a number of a computer. Type a name, for example naast.yourmunicipality.nl."),
    "syntax": gettext_lazy("A name holds letters, digits, hyphens and dots only. Look it over."),
    "short": gettext_lazy("A name has at least one dot, for example naast.yourmunicipality.nl."),
    "ours": gettext_lazy("This is the shared address of all places. Type a name of your own."),
}


def words_of(found: Shortfall) -> str:
    """Return in words what is wrong with a colour, and which one lies nearest."""
    return _("Too little contrast: %(ratio)s; needed: %(needed)s. The nearest that can be read is %(nearest)s.") % {
        "ratio": _number(found.ratio),
        "needed": _number(found.needed),
        "nearest": found.nearest,
    }


def _number(value: float) -> str:
    # Rounded down: 4.49 is not 4.5.
    return str(number_format(int(value * 10) / 10, decimal_pos=1))


class StyleForm(forms.Form):
    """What a place chooses of its house style. `offers` holds the nearest colour for each field that was refused."""

    base = forms.ChoiceField(label=gettext_lazy("Style to start from"), widget=forms.RadioSelect)
    font = forms.ChoiceField(label=gettext_lazy("Letters of headings"), choices=FONT_LABELS, required=False)
    corners = forms.ChoiceField(
        label=gettext_lazy("Corners"), choices=CORNER_LABELS, required=False, widget=forms.RadioSelect
    )
    logo = forms.CharField(required=False, widget=forms.HiddenInput)
    logo_file = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        help_text=gettext_lazy("PNG, JPEG or WebP, at most 5 MB. We draw it anew, about 36 pixels high."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    logo_alt = forms.CharField(
        label=gettext_lazy("What does the logo show?"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("For people who do not see it, for example: Logo of the municipality of Veldrijk."),
    )
    no_logo = forms.BooleanField(label=gettext_lazy("Show no logo"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.offers: dict[str, Shortfall] = {}
        self.made: Remade | None = None
        self.fields["base"].choices = [(key, style.name) for key, style in house_style.shipped().items()]  # type: ignore[attr-defined]
        for scheme in tailor.SCHEMES:
            for name in tailor.CHOSEN:
                label, _help = COLOUR_LABELS[name]
                self.fields[f"{scheme}_{name}"] = forms.CharField(
                    label=label,
                    required=False,
                    max_length=9,
                    widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "size": "9"}),
                )

    def clean(self) -> dict[str, Any]:
        """Read the colours and the logo; refuse what cannot be read, with the nearest that can."""
        data = super().clean() or {}
        for scheme in tailor.SCHEMES:
            for name in tailor.CHOSEN:
                field = f"{scheme}_{name}"
                typed = data.get(field) or ""
                colour = colours.read(typed) if typed else ""
                if colour is None:
                    self.add_error(field, _("Write a colour as # and six digits or letters a to f, like #0a5560."))
                data[field] = colour or ""
        for found in tailor.shortfalls(self.choice(data)):
            field = f"{found.scheme}_{found.name}"
            self.offers[field] = found
            self.add_error(field, words_of(found))
        self._clean_logo(data)
        return data

    def _clean_logo(self, data: dict[str, Any]) -> None:
        upload = data.get("logo_file")
        if upload and not data.get("no_logo"):
            try:
                self.made = remake(taken(upload, "logo").read())
            except forms.ValidationError as refused:
                self.add_error("logo_file", refused)
            except LogoRefused as refused:
                self.add_error("logo_file", LOGO_REFUSED[refused.code])
        if (self.made or data.get("logo")) and not data.get("no_logo") and not data.get("logo_alt"):
            self.add_error("logo_alt", _("Say in a few words what the logo shows."))

    @staticmethod
    def choice(data: Any, *, logo: Any = None) -> StyleChoice:
        """Return what was chosen, from cleaned data or a query; `logo` is the kept logo."""

        def of(scheme: str) -> dict[str, str]:
            typed = {name: colours.read(data.get(f"{scheme}_{name}") or "") for name in tailor.CHOSEN}
            return {name: colour for name, colour in typed.items() if colour}

        base = data.get("base") or "naast"
        return StyleChoice.of(
            base=base if base in house_style.shipped() else "naast",
            light=of("light"),
            dark=of("dark"),
            font=data.get("font") if data.get("font") in tailor.FONTS else "",
            corners=data.get("corners") if data.get("corners") in tailor.CORNERS else "",
            logo=logo.digest if logo else "",
            logo_alt=logo.alt if logo else "",
            logo_size=(logo.width, logo.height) if logo else (0, 0),
        )


class HostForm(forms.Form):
    """A place's own host name."""

    host = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("For example naast.yourmunicipality.nl. Empty: the shared address only."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )

    def clean_host(self) -> str:
        """Return the bare name."""
        typed = self.cleaned_data["host"]
        if not typed.strip():
            return ""
        try:
            return hosts.host_of(typed)
        except hosts.HostRefused as refused:
            raise forms.ValidationError(str(HOST_REFUSED[refused.code])) from refused
