package brimful.exhaustive;

import brimful.batch.Forecast;
import brimful.ingest.Ingested;
import brimful.model.ModelProfile;

/// What reading a corpus for a question will send and cost.
///
/// @param ingested how the corpus's files ended: what could not be read is in no window
/// @param tokensMax the most of each window
public record ReadingEstimate(
    WindowPlan plan, ModelProfile model, Ingested ingested, Forecast forecast, int tokensMax) {}
