package brimful.batch;

import brimful.batch.ledger.BatchLedger;
import brimful.model.ModelChoice;
import brimful.service.PaidCalls;
import brimful.service.Spender;
import brimful.token.TokenCounter;
import java.util.random.RandomGenerator;

/// The objects that all units of a run share.
///
/// @param form the form of replies, as the model is told beside its prompt
record BatchContext(
    ModelChoice choice,
    PaidCalls calls,
    Spender spender,
    TokenCounter counter,
    BatchConfig config,
    BatchLedger ledger,
    Throttle throttle,
    StopSignal halt,
    Sleeper pauser,
    RandomGenerator random,
    ReplyForm form,
    BatchListener listener) {}
