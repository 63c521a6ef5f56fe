"""Every page can be drawn: what is wrong with one is found here, not minutes later in a build."""

import pytest

from marketplace.web.sitemap import PAGES, Page, framed


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.route)
def test_a_page_can_be_drawn_in_its_frame(page: Page) -> None:
    assert framed(page)() is not None
