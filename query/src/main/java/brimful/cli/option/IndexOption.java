package brimful.cli.option;

import brimful.opensearch.OpenSearchAddress;
import java.util.Optional;
import org.apache.commons.cli.Option;

/// The option that says where collections are indexed, if not on this machine.
public final class IndexOption {
  public static final String NAME = "index";
  private static final String VARIABLE = "BRIMFUL_INDEX";

  private IndexOption() {}

  public static Option option() {
    return PackOptions.option(
        NAME,
        "opensearch=URL",
        "where collections are indexed: opensearch=https://HOST:9200/PREFIX (default: $BRIMFUL_INDEX, else this machine)");
  }

  /// Returns whether the command line itself has it.
  public static boolean isGiven(Arguments arguments) {
    return arguments.has(NAME);
  }

  /// Returns the cluster that the command line or the environment names; empty if none does.
  public static Optional<OpenSearchAddress> of(Arguments arguments, Terminal terminal) {
    return arguments
        .value(NAME)
        .or(() -> Optional.ofNullable(terminal.environment().get(VARIABLE)))
        .filter(text -> !text.isBlank())
        .map(text -> OpenSearchAddress.of(text, terminal.environment()));
  }
}
