package brimful.cli;

import brimful.ask.EncodingCache;
import brimful.ask.LocalEncoder;
import brimful.collection.Home;
import brimful.rank.Meaning;
import brimful.rank.Rescorer;
import org.apache.commons.cli.Option;

/// The option `--dense`: what it says, and what it opens.
final class Dense {
  private static final String NAME = "dense";

  private Dense() {}

  static Option option() {
    return PackOptions.flag(
        NAME, "also rank prose and chat by meaning, with a small model on this machine");
  }

  /// Something that is done with a rescorer.
  @FunctionalInterface
  interface Use<T> {
    T with(Rescorer rescorer);
  }

  /// Does something with the rescorer that was asked for; it is closed behind it.
  ///
  /// The model itself is only loaded when there is prose to weigh that is not in the cache.
  static <T> T use(Arguments arguments, Terminal terminal, Use<T> use) {
    if (!arguments.has(NAME)) {
      return use.with(Rescorer.NONE);
    }
    Home home = Home.of(terminal.environment());
    var encoder = new LocalEncoder(home.dense());
    try (var cache =
        EncodingCache.open(home.dense().resolve("encodings.mv"), encoder, terminal::note)) {
      return use.with(new Meaning(cache));
    }
  }
}
