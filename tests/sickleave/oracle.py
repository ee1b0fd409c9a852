"""The days of sick leave, counted one by one: slow, and too simple to be wrong in the same way as the engine."""

from datetime import date, datetime, timedelta

DAY = timedelta(1)
CASE_DAYS, CHAIN_DAYS = (8, 15, 30), (91, 181, 366, 550)


def every_day(period):
    day, last = date.fromisoformat(period["from"]), date.fromisoformat(period["to"])
    while day <= last:
        yield day
        day += DAY


def calendar_days(first, last):
    return len(list(every_day({"from": f"{first}", "to": f"{last}"})))


def groups(days, gap):
    """The days in lists, a new one where more than `gap` days lie strictly between."""
    found = []
    for day in sorted(days):
        if found and len(range(1, (day - found[-1][-1]).days)) <= gap:
            found[-1].append(day)
        else:
            found.append([day])
    return found


def answer(content, on, gap):
    """What `fmstod sickleave --json` is to say, the rules' words aside."""
    said = {}  # day -> what each certificate says of it
    of_certificate = {}
    for certificate in content["certificates"]:
        for period in certificate["periods"]:
            for day in every_day(period):
                said.setdefault(day, []).append((datetime.fromisoformat(certificate["signed"]), period["degree"]))
                of_certificate.setdefault(certificate["id"], set()).add(day)
    cases, milestones = [], {}
    for days in groups(said, gap):
        start, end = min(days), max(days)
        active = start <= on <= end
        cases.append(
            {
                "start": start.isoformat(),
                "end": end.isoformat(),
                "active": active,
                "union_days": len(days),
                "calendar_day": calendar_days(start, on) if active else None,
                "net_days": sum(max(said[day])[1] for day in days) / 100,
                "certificates": {name for name, its in of_certificate.items() if its & set(days)},
            }
        )
        if active:
            length = calendar_days(start, end)
            for number in CASE_DAYS:
                day = start + (number - 1) * DAY
                if day in days and (number != 30 or length >= 60):
                    milestones[number] = day.isoformat()
    chain_day = total = None
    for days in groups(said, 89):
        if min(days) <= on <= max(days) + 90 * DAY:
            before = content.get("days_before", 0)
            chain_day = len([day for day in days if day <= on]) + before
            total = len(days) + before
            numbered = dict(enumerate(days, before + 1))
            milestones |= {n: numbered[n].isoformat() for n in CHAIN_DAYS if n in numbered}
    return {
        "on": on.isoformat(),
        "cases": cases,
        "chain_day": chain_day,
        "chain_days_total": total,
        "milestones": sorted(milestones.items()),
    }
