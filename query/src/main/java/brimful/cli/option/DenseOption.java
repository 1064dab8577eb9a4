package brimful.cli.option;

import brimful.collection.Home;
import brimful.dense.EncodingCache;
import brimful.dense.LocalEncoder;
import brimful.rank.DenseRescorer;
import brimful.rank.Rescorer;
import java.util.Optional;
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

  /// An action with a rescorer and, if it was requested, the encoder.
  @FunctionalInterface
  public interface EncoderUse<T> {
    T with(Rescorer rescorer, Optional<LocalEncoder> encoder);
  }

  /// Runs an action with the requested rescorer, and closes it afterwards.
  ///
  /// The model is loaded only when there is uncached prose to rerank.
  public static <T> T use(Arguments arguments, Terminal terminal, Use<T> use) {
    return use(arguments, terminal, (rescorer, _) -> use.with(rescorer));
  }

  /// The same for an action that also wants the encoder.
  public static <T> T use(Arguments arguments, Terminal terminal, EncoderUse<T> use) {
    if (!arguments.has(NAME)) {
      return use.with(Rescorer.NONE, Optional.empty());
    }
    Home home = Home.of(terminal.environment());
    var encoder = new LocalEncoder(home.dense());
    try (var cache =
        EncodingCache.open(home.dense().resolve("encodings.mv"), encoder, terminal::note)) {
      return use.with(new DenseRescorer(cache), Optional.of(encoder));
    }
  }
}
