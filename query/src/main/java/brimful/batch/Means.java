package brimful.batch;

import brimful.ask.Asker;
import brimful.ask.ModelChoice;
import brimful.token.TokenCounter;
import java.util.random.RandomGenerator;

/// What all units of a run share.
record Means(
    ModelChoice choice,
    Asker asker,
    TokenCounter counter,
    BatchConfig config,
    Ledger ledger,
    Throttle throttle,
    Halt halt,
    Pauser pauser,
    RandomGenerator random,
    BatchListener listener) {}
