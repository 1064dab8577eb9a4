package brimful.batch;

import brimful.ask.ModelChoice;
import brimful.service.PaidCalls;
import brimful.service.Spender;
import brimful.token.TokenCounter;
import java.util.random.RandomGenerator;

/// The objects that all units of a run share.
record Means(
    ModelChoice choice,
    PaidCalls calls,
    Spender spender,
    TokenCounter counter,
    BatchConfig config,
    Ledger ledger,
    Throttle throttle,
    Halt halt,
    Pauser pauser,
    RandomGenerator random,
    BatchListener listener) {}
