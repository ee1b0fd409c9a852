"""What earlier certificates tell, by keys: counted, looked at day by day, and kept."""

import shutil
from datetime import timedelta
from uuid import uuid4

from fmstod.domain.leave import StillReduced, Stop
from fmstod.storage.store import Activity
from fmstod.texts import text
from tests.journeys.user import DAY
from tests.storage.sample import log_of


def test_a_renewal_goes_on_with_the_days_of_the_certificate_before(sit_down, done, own_home):
    """42 days signed from the 23rd of November to the 3rd of January; two free days, then two weeks."""
    shutil.copytree(done[0] / "store", own_home, dirs_exist_ok=True)
    with sit_down(new_id=lambda: str(uuid4())) as user:  # the story's own ids are in that store already
        user.today = DAY + timedelta(days=44)
        user.open_up()
        old, keys = user.case.model.case, user.keys
        keys.tab_to(text("life.renew"))
        keys.press("Return")
        keys.wait(lambda: user.case.model.case != old, "the renewal")
        model = user.case.model
        assert len(model.others) == 1
        assert (Activity.READ, "Räkna dagar") in [(row["activityType"], row["reason"]) for row in log_of(user.store)]

        keys.press("Ctrl+5")
        assert user.says(text("frame.day", day=45))
        assert user.says("Längd som i Rehabstöd: 42 dagar"), "before its first period is written"
        keys.fill(text("field.period.of", what=text("field.period.from"), number=1), "2027-01-06")
        keys.fill(text("field.period.of", what=text("field.period.length"), number=1), "2v")
        keys.pick(text("field.period.of", what=text("field.period.degree"), number=1), "50 %")
        assert user.says("Längd som i Rehabstöd: 56 dagar")
        assert user.says("minst dag 43, uppskattad; Försäkringskassan räknar")

        keys.press("F5")
        keys.wait(lambda: user.says("Kalenderdag i fallet: dag 45"), "the four counts")
        keys.press("Space")
        assert model.consultation.still_reduced == (StillReduced(first=DAY + timedelta(42), last=DAY + timedelta(43)),)
        assert user.says("minst dag 45, uppskattad")
        keys.press("Esc")
        assert not user.says("Kalenderdag i fallet")

        keys.tab_to(text("timeline.name"))
        keys.press("Home")
        while "dag 15" not in user.case.page(5).axis.said.text():
            keys.press("Right")
        assert user.says("Arbetsgivaren: Sjuklönen har tagit slut.")
        keys.choose(text("law_day.status"), text("law_day.done"))
        assert model.consultation.stops == (Stop(day=15, status="done"),)

        assert user.case.flush()
        assert user.store.open_case(model.case).consultation == model.consultation
