"""Pictures of every page at two widths, in pictures/of-the-run: what a long run leaves behind."""

import pytest
from pictures import HEIGHT, LOOKS, ROOT, picture_of

from dashboard.access import PAGES, Role, may_open

pytestmark = pytest.mark.slow

KEPT = ROOT / "pictures" / "of-the-run"
FEWEST_COLOURS = 10  # an empty page has one or two


@pytest.mark.parametrize("each", PAGES, ids=lambda each: each.path)
def test_every_page_is_kept_in_a_picture(browser, serve, released_database, each):
    role = next(role for role in (Role.MANAGER, *Role) if may_open(role, each.path))
    address = serve(released_database, role.value)
    KEPT.mkdir(parents=True, exist_ok=True)
    for wide, scheme in LOOKS:
        page = browser.new_page(
            viewport={"width": wide, "height": HEIGHT},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        taken = picture_of(page, address, each.path)
        page.close()
        taken.save(KEPT / f"{each.path}-{wide}-{scheme}.png")
        assert taken.width == wide
        assert taken.height >= HEIGHT
        assert len(taken.quantize().getcolors()) >= FEWEST_COLOURS
