"""The shipped guides read as easily as the pages beside them: same measure, same lists of hard words."""

import pytest

from naast.content.level.readability import measure, measures_for
from naast.content.loading import word_lists
from naast.flows import analysis, loading

FLOWS = {slug: loading.parse(text) for slug, text in loading.shipped().items()}


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS.keys())
def test_a_shipped_guide_is_plain_dutch(flow):
    texts = [text for _where, _name, text, _needed in analysis.all_words(flow) if text]
    level = measure(texts, measures_for([flow.audience]), word_lists())
    assert [(finding.kind, finding.text) for finding in level.findings] == []
    assert level.average <= (10 if flow.audience == "kinderen" else 15)
