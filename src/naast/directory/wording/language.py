"""The language that questions are read with: what is shipped and what editors added."""

from naast.directory.models import Word
from naast.directory.search.analyser import Analyser
from naast.directory.search.thesaurus import Language, extended, shipped
from naast.directory.search.vocabulary import Vocabulary
from naast.directory.wording.models import Wording


def language() -> Language:
    """The shipped language with the entries of editors, oldest first; one query."""
    return extended(shipped(), Wording.objects.order_by("added_on", "pk").values_list("say", "find"))


def analyser() -> Analyser:
    """The analyser of questions, over the words of all offers; two queries. Texts are indexed with the shipped language alone."""
    words = language()
    return Analyser(words, Vocabulary(words, dict(Word.objects.values_list("word", "offers"))))
