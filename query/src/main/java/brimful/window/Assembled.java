package brimful.cli;

import brimful.corpus.Chunk;
import brimful.ingest.Ingested;
import brimful.pack.Window;
import java.time.Duration;
import java.util.List;

/// A window, and the account of how it came about.
///
/// @param best the chunks that answer the question best, with their text; empty without a question
/// @param ingest time for bringing the index up to date
/// @param rank time for ordering the chunks
/// @param pack time for choosing, rendering and counting again
record Assembled(
    Window window,
    Ingested ingested,
    List<Chunk> best,
    Duration ingest,
    Duration rank,
    Duration pack) {}
