package brimful.extract;

import brimful.source.Listed;
import brimful.source.Rule;
import brimful.source.Rules;
import java.io.IOException;
import java.io.InputStream;

/// Reads a file: text and code in the calling thread, documents through Tika in processes of their
/// own.
///
/// A parser that takes too long, exhausts its memory or crashes ends its process and nothing else:
/// the file fails with a [FailureKind], and the next document gets a new process. No process
/// outlives the extractor or the process that created it.
///
/// The same bytes give the same extraction, except for limits of time and memory. Safe for many
/// threads. The first document starts the first process, which takes one to two seconds.
public final class Extractor implements AutoCloseable {
  private final ExtractLimits limits;
  private final Rules rules;
  private final ForkPool forkPool;

  public Extractor(ExtractLimits limits, Rules rules) {
    this(limits, rules, ForkPool.ofMachine());
  }

  public Extractor(ExtractLimits limits, Rules rules, ForkLimits forks) {
    this(limits, rules, new ForkPool(forks));
  }

  Extractor(ExtractLimits limits, Rules rules, ForkPool forkPool) {
    this.limits = limits;
    this.rules = rules;
    this.forkPool = forkPool;
  }

  /// Returns the parser's name and version: another one may succeed with the same bytes.
  public static String parserVersion() {
    return TikaParsers.version();
  }

  /// Reads a file; any problem with it is its outcome.
  ///
  /// @throws NoParserProcess if none can be started
  public Extraction extract(Listed.File file) {
    return extract(file, Pulse.silent());
  }

  /// Reads a file, and reports progress if that takes longer.
  ///
  /// @throws NoParserProcess if none can be started
  public Extraction extract(Listed.File file, Pulse pulse) {
    Rules held = file.content().isTakenBack() ? rules.without(Rule.OWN.title()) : rules;
    var reader = new ContentReader(limits, held, forkPool.parser(limits, held, pulse));
    try (InputStream in = file.content().open()) {
      return reader.read(file.id(), in, file.bytes());
    } catch (IOException e) {
      return Failures.ofSource(e);
    }
  }

  /// Ends the processes.
  @Override
  public void close() {
    forkPool.close();
  }
}
