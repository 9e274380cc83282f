"""Where links lead, as a browser understands them."""

import pytest

from bulletin_site.checks.targets import Reach, resolve

BASE_URL = "https://www.example.gov.cn/b"
START = "issues/2014-05-1/05.html"


@pytest.mark.parametrize(
    ("value", "reach", "address", "fragment"),
    [
        ("06.html", Reach.INSIDE, "issues/2014-05-1/06.html", ""),
        ("./06.html#p6", Reach.INSIDE, "issues/2014-05-1/06.html", "p6"),
        ("../../index.html", Reach.INSIDE, "index.html", ""),
        ("../../search.html?q=a/../b#c?d", Reach.INSIDE, "search.html", "c?d"),
        ("", Reach.INSIDE, START, ""),
        ("#p5", Reach.INSIDE, START, "p5"),
        ("?q=1", Reach.INSIDE, START, ""),
        ("\n 06\t.html ", Reach.INSIDE, "issues/2014-05-1/06.html", ""),
        ("../", Reach.INSIDE, "issues/", ""),
        ("06.html/", Reach.INSIDE, "issues/2014-05-1/06.html/", ""),
        ("%E4%BA%91.html#%E4%BA%91", Reach.INSIDE, "issues/2014-05-1/云.html", "云"),
        ("../../../x.html", Reach.ABSOLUTE, "", ""),
        ("/x.html", Reach.ABSOLUTE, "", ""),
        ("..\\x.html", Reach.ABSOLUTE, "", ""),
        ("file:///x.html", Reach.ABSOLUTE, "", ""),
        ("//example.com/x.html", Reach.HOST, "", ""),
        ("\\\\server\\x.html", Reach.HOST, "", ""),
        ("https://example.com/", Reach.ELSEWHERE, "", ""),
        ("HTTP://example.com/", Reach.ELSEWHERE, "", ""),
        ("mailto:a@example.com", Reach.MAIL, "", ""),
        ("java\nscript:alert(1)", Reach.SCHEME, "", ""),
        (f"{BASE_URL}/search.html#q", Reach.OWN_URL, "search.html", "q"),
        (BASE_URL, Reach.OWN_URL, "", ""),
        (f"{BASE_URL}2/search.html", Reach.ELSEWHERE, "", ""),
    ],
)
def test_a_link_leads_to(value: str, reach: Reach, address: str, fragment: str) -> None:
    found = resolve(value, START, BASE_URL)
    assert (found.reach, found.address, found.fragment) == (reach, address, fragment)
