package brimful.cli.option;

import brimful.collection.Home;
import brimful.dense.EncodingCache;
import brimful.dense.LocalEncoder;
import brimful.rank.DenseRescorer;
import brimful.rank.Rescorer;
import org.apache.commons.cli.Option;

/// The option `--dense`: its description, and what it opens.
public final class DenseOption {
  private static final String NAME = "dense";

  private DenseOption() {}

  public static Option option() {
    return PackOptions.flag(
        NAME, "also rank prose and chat by meaning, with a small model on this machine");
  }

  /// An action with a rescorer.
  @FunctionalInterface
  public interface Use<T> {
    T with(Rescorer rescorer);
  }

  /// Runs an action with the requested rescorer, and closes it afterwards.
  ///
  /// The model is loaded only when there is uncached prose to rerank.
  public static <T> T use(Arguments arguments, Terminal terminal, Use<T> use) {
    if (!arguments.has(NAME)) {
      return use.with(Rescorer.NONE);
    }
    Home home = Home.of(terminal.environment());
    var encoder = new LocalEncoder(home.dense());
    try (var cache =
        EncodingCache.open(home.dense().resolve("encodings.mv"), encoder, terminal::note)) {
      return use.with(new DenseRescorer(cache));
    }
  }
}
