package brimful.cli.option;

import brimful.collection.Home;
import brimful.dense.EncodingCache;
import brimful.dense.LocalEncoder;
import brimful.rank.DenseRescorer;
import brimful.rank.Rescorer;
import org.apache.commons.cli.Option;

/// The option `--dense`: what it says, and what it opens.
public final class DenseOption {
  private static final String NAME = "dense";

  private DenseOption() {}

  public static Option option() {
    return PackOptions.flag(
        NAME, "also rank prose and chat by meaning, with a small model on this machine");
  }

  /// Something that is done with a rescorer.
  @FunctionalInterface
  public interface Use<T> {
    T with(Rescorer rescorer);
  }

  /// Does something with the rescorer that was asked for; it is closed behind it.
  ///
  /// The model itself is only loaded when there is prose to weigh that is not in the cache.
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
