from datetime import datetime

from controller.scheduler import Bed, in_window, next_bed

NOON = datetime(2031, 5, 1, 12, 0)
BED = Bed("basil", 45, 60, ((660, 780),))


def test_window_may_cross_midnight():
    assert in_window(((1320, 120),), datetime(2031, 5, 1, 23, 30))
    assert not in_window(((1320, 120),), NOON)


def test_driest_bed_is_next():
    other = Bed("leeks", 45, 60, ((660, 780),))
    assert next_bed([BED, other], {"basil": [44], "leeks": [30]}, {}, NOON) is other


def test_bed_rests_after_a_run():
    assert next_bed([BED], {"basil": [10]}, {"basil": datetime(2031, 5, 1, 11, 0)}, NOON) is None
