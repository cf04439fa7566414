"""Dutch prose taken apart, without Django: sentences, words, syllables, the forms of verbs, passive clauses.

An aid for editors, no grammar: each function says what it does not see.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Abbreviations whose point ends no sentence; also seen before a capital ("mr. De Vries").
ABBREVIATIONS = _set(
    "aanh. afz. art. bijv. blz. bv. ca. dhr. dr. drs. d.d. d.m.v. d.w.z. e.a. e.d. enz. etc. evt. excl. i.c. i.o.m. "
    "i.p.v. i.v.m. incl. ing. ir. jl. jr. m.b.t. m.b.v. m.n. max. mej. mevr. min. mr. mw. n.a.v. n.v.t. nr. nrs. "
    "o.a. o.b.v. o.i.d. o.l.v. o.v.v. p.m. p.p. p/a pag. prof. resp. st. t.a.v. t.b.v. t.g.v. t.m. t.o.v. tel. vgl. "
    "vnl. z.g. zgn."
)
# These do end a sentence when a capital follows; the others never do.
_MAY_END = _set("e.a. e.d. enz. etc. o.i.d. jl. n.v.t.")

_END = re.compile(r"(?P<mark>[.!?…:])(?P<close>[’”'\")\]]*)(?P<gap>\s+)(?=(?P<next>\S))")
_OPENERS = "‘“'\"(["
_WORD = re.compile(r"[\w’'-]*\w[\w’'-]*")
_PIECE = re.compile(r"<(?:/?(?:p|li|ul|ol|h[1-6]|blockquote|div|dt|dd|td|th|tr|summary|figcaption)|br)\b[^>]*>", re.I)
_TAG = re.compile(r"<[^>]*>")

_NUCLEUS = re.compile(
    r"aai|ooi|oei|eeu|ieu|eau|ëi|ïe|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|[aeiouy]|[äëïöü]",
)
_PLAIN = str.maketrans("áéíóúàèìòùâêîôûçñ", "aeiouaeiouaeioucn")
# Words and parts where letters mislead: loan words, and two vowels that only look like one sound.
_SOUNDS = {
    "mail": 1, "team": 1, "coach": 1, "online": 2, "offline": 2, "website": 2, "site": 1, "trainer": 2, "training": 2,
    "museum": 3, "petroleum": 4, "date": 1, "like": 1, "appje": 2, "game": 1, "games": 1, "tiener": 2, "people": 2,
    "download": 2, "email": 2, "coaching": 2, "app": 1, "apps": 1, "teams": 1, "mails": 1, "mailen": 2, "mailt": 1,
    "mailtje": 2, "mailadres": 3, "mailbox": 2, "jeugdteam": 2, "wijkteam": 2, "gymles": 2, "baby": 2, "yoga": 2,
    "café": 2, "privé": 2, "oké": 2, "tv": 2, "ots": 3, "jes": 1, "kies": 1, "cv": 2, "ggd": 3, "ggz": 3, "cjg": 3,
    "bsn": 3, "pdf": 3, "wmo": 3, "svb": 3, "uwv": 3, "duo": 2, "avg": 3, "lhbti": 5, "gps": 3, "sms": 3,
    "boulevard": 3, "interview": 3, "timeout": 2, "file": 1, "files": 1, "safe": 1, "gamen": 2, "skypen": 2,
}  # fmt: skip
_TION = re.compile(r"(?<=[acepiousn])tion")

_WORDEN = _set("word wordt worden werd werden")
_CLAUSE = re.compile(r"[,;:()–—]|\s-\s")
_PREFIXES = _set(
    "aan achter af bij binnen boven buiten dicht door goed in klaar los mee mis na neer om onder op open over rond "
    "samen stil tegen teleur terug thuis toe tussen uit vast vol voor voorbij voort vrij waar weg weer zwart tegemoet "
    "bijeen heen langs schoon terecht tentoon"
)
_REGULAR = re.compile(r"ge\w{2,}[dt]$|(?:be|ver|ont|her|er)\w{2,}[dt]$")
# Strong and irregular past participles without a separable prefix.
STRONG = _set(
    "gebeden gebeten geblazen gebleken geboden gebogen gebonden geborgen gebracht gebraden gebroken gedaan gedacht "
    "gedragen gedreven gedrongen gedronken gedwongen gegaan gegeten gegeven gegleden gegoten gegraven gegrepen gehad "
    "gehangen geheten geholpen gehouden gekeken geklommen geklonken geknepen gekocht gekomen gekozen gekregen gelaten "
    "gelegd gelegen geleken gelezen geleden gelogen geloven gemeten gemogen genezen genomen genoten geprezen geraden "
    "gereden geroepen geroken geschapen gescheiden geschonken geschoten geschoven geschreven geschrokken geslagen "
    "geslapen gesleten gesloten gesneden gesnoten gespoten gesproken gestoken gestolen gestorven gestreden gestreken "
    "getreden getroffen getrokken gevallen gevangen gevaren gevlogen gevochten gevonden gevraagd gevroren gewassen "
    "geweken gewezen gewogen geworpen geworven gewonden gewonnen gezeten gezien gezocht gezogen gezonden gezongen "
    "gebakken gebannen geladen gelachen gewroken gezwegen gezworen bedacht bedorven bedrogen bedwongen begonnen "
    "begraven begrepen begrensd behouden bekeken "
    "bekomen bepaald beschouwd beschreven besloten besproken bestolen bestreden betrokken bevolen bevonden bevallen "
    "bewezen bewogen bezocht bezien herzien hervonden heroverwogen herschreven hernomen onderbroken ondergaan "
    "ondernomen onderscheiden onderschreven ondersteund ondertekend onderworpen onderzocht onderhouden onderwezen "
    "ontbonden ontboden ontdaan onthouden ontlopen ontnomen ontslagen ontstoken ontvangen ontvoerd ontweken ontworpen "
    "ontzien overgenomen overleden overlegd overtreden overtroffen overtuigd overwogen overwonnen verbannen verboden "
    "verbonden verborgen verbroken verdacht verdragen verdreven vergeleken vergeten vergeven verhangen verholpen "
    "verkocht verkozen verkregen verlaten verloren vermeden vernomen verraden verschoven verslagen verslonden "
    "verstaan verstoten vertrokken vervangen verweten verwezen verworpen verworven verzonden verzonnen verzocht "
    "volbracht voldaan voltooid voorkomen voorspeld voorzien weerhouden weerlegd weersproken aanvaard aanbeden "
    "achterhaald achtervolgd mishandeld misleid misbruikt geadviseerd doorlopen doorzocht omschreven omringd"
)
# End like a participle and are none, or are a state after "worden" ("boos en bekend worden").
_NO_PARTICIPLE = _set(
    "geld gebied gezicht gedicht gewicht geluid geduld gevecht gerecht gesprek gezond gelukt gehecht gebrand gewoond "
    "gewend bekend beeld berouw bericht bescheid bestand bewind bezit bedtijd beleid verband verdriet verstand verblijf "
    "ervaringsdeskundig ert gebit gebed gebod gehucht gemoed getrouwd vertrouwd verliefd verward ernst eerst gezind "
    "bereid beest best bent bed belangrijkst vergt verst herfst gert geest gast gefrustreerd ontspannen gedeprimeerd "
    "gelijkwaardigheid gerust geïrriteerd verdrietigst gelukkigst volwassen zwanger"
)

_VOWELS = "aeiou"


def pieces(html: str) -> Iterator[str]:
    """Return the paragraphs and list items of HTML as plain text; a piece of plain text is one piece."""
    for piece in _PIECE.split(html):
        text = " ".join(unescape(_TAG.sub("", piece)).split())
        if _WORD.search(text):
            yield text


def sentences(text: str) -> Iterator[str]:
    """Return the sentences of one paragraph.

    A point ends no sentence in an abbreviation, after an initial, inside a number or before a small letter
    (‘Waarom?’ vraagt hij). A colon ends one where a capital or quotation follows: what follows reads as a sentence.
    """
    start = 0
    for match in _END.finditer(text):
        if _goes_on(text[start : match.end("mark")], match["mark"], match["next"], text[match.end() :]):
            continue
        if _WORD.search(part := text[start : match.end("close")].strip()):
            yield part
        start = match.end()
    if _WORD.search(rest := text[start:].strip()):
        yield rest


def _goes_on(before: str, mark: str, following: str, after: str) -> bool:
    opened = following in _OPENERS
    begins = following if not opened else after.lstrip(_OPENERS)[:1]
    capital = begins.isupper() or (mark in ".!?…" and begins.isdigit())
    if mark == "." and before:
        last = before.split()[-1].lstrip(_OPENERS).lower()
        if last in ABBREVIATIONS:
            return not (capital and last in _MAY_END)
        if re.fullmatch(r"(?:[^\W\d_]\.)+", last):  # an initial: "J. Jansen"
            return True
        if re.fullmatch(r"\d{1,2}\.", before.strip()):  # "1. Bel eerst": the number of a list
            return True
    return not capital


def words(sentence: str) -> list[str]:
    """Return the words of a sentence; numbers count, signs do not."""
    return _WORD.findall(sentence)


def syllables(word: str) -> int:
    """Count the syllables of a Dutch word: its vowel sounds, each part of a compound with a hyphen by itself.

    Numbers count as one a digit group, as in Flesch's own rule. Loan words outside the list may be one off.
    """
    return sum(_of_part(part) for part in re.split(r"[-’'\s]+", word.lower()) if part) or 1


def _of_part(part: str) -> int:
    if part in _SOUNDS:
        return _SOUNDS[part]
    plain = _TION.sub("tjon", part.translate(_PLAIN))
    plain = re.sub(r"^y(?=[aeiou])|(?<=q)u", "", plain)
    return len(_NUCLEUS.findall(plain)) or (1 if re.search(r"[^\W_]", part) and len(part) > 1 else 0)


# ---------- verbs ----------


def verb_forms(infinitive: str) -> frozenset[str]:
    """Return the forms of a regular Dutch verb: present, past, past participle.

    Separable prefixes stay attached (as in a subordinate clause). A strong verb needs its own forms beside these;
    of verbs in -eren only the loan words (realiseren) come out right, and those are meant.
    """
    if not infinitive.endswith(("en", "ën")):
        return frozenset({infinitive})
    stem = infinitive[:-2]
    voiceless = stem[-1] in "tkfschpx"
    if stem.endswith("iër"):  # verifiëren, ik verifieer
        stem = stem[:-2] + "eer"
    elif len(stem) > 2 and stem[-1] == stem[-2]:
        stem = stem[:-1]
    elif _open(stem):
        stem = stem[:-1] + stem[-2] + stem[-1]
    stem = {"v": stem[:-1] + "f", "z": stem[:-1] + "s"}.get(stem[-1], stem)
    ending = "t" if voiceless else "d"
    past = stem if stem.endswith(ending) else stem + ending
    third = stem if stem.endswith("t") else stem + "t"
    return frozenset({infinitive, stem, third, stem + ending + "e", stem + ending + "en", _done(past, infinitive)})


def _open(stem: str) -> bool:
    """Tell whether the last vowel stood long in an open syllable, so that it doubles: regelen does not, beogen does."""
    if len(stem) < 3 or stem[-1] in _VOWELS or stem[-2] not in _VOWELS or _NUCLEUS.fullmatch(stem[-3:-1]):
        return False
    native = re.search(r"[aeiou][^aeiou]+(?:el|em|en|ig)$", stem)  # short after another syllable; -eren is a loan
    return native is None


def _done(past: str, infinitive: str) -> str:
    if infinitive.startswith(("be", "ver", "ont", "her", "er", "ge", "onder", "over", "voor", "vol")):
        return past
    return "ge" + {"e": "ë", "i": "ï", "u": "ü"}.get(past[0], past[0]) + past[1:]


def participle(word: str) -> bool:
    """Tell whether a word can be a past participle, after its separable prefix is taken off."""
    word = word.lower()
    if word in _NO_PARTICIPLE:
        return False
    forms = (form for form in _without_prefix(word) if form not in _NO_PARTICIPLE)
    return any(form in STRONG or _REGULAR.match(form) for form in forms)


def _without_prefix(word: str) -> Iterator[str]:
    yield word
    for prefix in _PREFIXES:
        rest = word.removeprefix(prefix)
        if rest != word and rest.startswith("ge"):
            yield rest


def passive(sentence: str) -> str | None:
    """Return "worden … participle" as found in one clause, or None.

    Clauses are cut at commas and the like; "is gedaan" is not counted (often a plain past), nor a passive across a comma.
    """
    for clause in _CLAUSE.split(sentence):
        found = [word.lower() for word in words(clause)]
        for place, word in enumerate(found):
            if word not in _WORDEN:
                continue
            after = (other for other in found[place + 1 :] if participle(other))
            before = (other for other in reversed(found[max(0, place - 2) : place]) if participle(other))
            if done := next(after, None) or next(before, None):
                return f"{word} … {done}"
    return None


def grams(found: list[str], longest: int) -> Iterable[tuple[int, str]]:
    """Return every run of 1 to `longest` words with its place, the longest first, for looking up phrases."""
    for place in range(len(found)):
        for size in range(min(longest, len(found) - place), 0, -1):
            yield place, " ".join(found[place : place + size])
