"""A clinician reviews what FMB's column says, and it holds until it is taken back."""

from fmstod.texts import text

HEAD, DONE = text("advice.review.head"), text("advice.review.head_done")


def test_a_review_is_kept_over_the_night_and_can_be_taken_back(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        assert user.says("Ej granskad av läkare")
        user.keys.tab_to(HEAD)
        user.keys.press("Space")
        user.keys.tab_to(text("advice.review.do"))
        user.keys.press("Space")
        name = user.store.issuer().physician.name
        assert user.says(f"Granskad av {name} 2026-11-23")
        assert [review.by for review in user.store.reviews()] == [name]
    with sit_down() as user:
        user.open_up()
        assert user.says("Granskad av ")
        user.keys.tab_to(DONE)
        user.keys.press("Space")
        user.keys.tab_to(text("advice.review.undo"))
        user.keys.press("Space")
        assert user.says("Ej granskad av läkare")
        assert user.store.reviews() == ()
