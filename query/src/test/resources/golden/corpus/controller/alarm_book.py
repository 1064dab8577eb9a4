"""Who is told of what, and who has confirmed it."""

OWNED_SECONDS = 2 * 60 * 60
REPEAT_SECONDS = 10 * 60


class AlarmBook:
    def __init__(self, clock, messenger):
        self.clock = clock
        self.messenger = messenger
        self.open = {}

    def raise_alarm(self, level, cause):
        entry = self.open.setdefault(cause, {"level": level, "owner": None, "until": 0, "told": None})
        now = self.clock()
        if entry["owner"] and now < entry["until"]:
            return
        entry["owner"] = None
        if entry["told"] is None or (level == 3 and now - entry["told"] >= REPEAT_SECONDS):
            self.messenger.send(level, cause)
            entry["told"] = now

    def confirm(self, cause, person):
        """The person owns the alarm for two hours; then it sounds again."""
        entry = self.open[cause]
        entry["owner"] = person
        entry["until"] = self.clock() + OWNED_SECONDS
        entry["told"] = None

    def clear(self, cause):
        self.open.pop(cause, None)
