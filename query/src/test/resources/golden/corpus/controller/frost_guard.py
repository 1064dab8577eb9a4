"""Keeps the house free of frost."""

START_BELOW = 3.0
STOP_AT = 5.0
SILENCE_SECONDS = 15 * 60
AHEAD_BELOW = -4.0
AHEAD_TARGET = 8.0


class FrostGuard:
    def __init__(self, heater, alarms):
        self.heater = heater
        self.alarms = alarms
        self.heating = False

    def tick(self, temperatures, seconds_since_report, forecast_minimum=None):
        if seconds_since_report > SILENCE_SECONDS:
            self.alarms.raise_alarm(2, "no air sensor has reported")
            self._set(True)
            return
        coldest = min(temperatures)
        if coldest < START_BELOW:
            self._set(True)
        elif forecast_minimum is not None and forecast_minimum < AHEAD_BELOW:
            self._set(coldest < AHEAD_TARGET)
        elif coldest >= STOP_AT:
            self._set(False)

    def _set(self, on):
        if on != self.heating:
            self.heater.switch(on)
            self.heating = on
