package brimful.cli.option;

import brimful.collection.SourceReader;
import brimful.corpus.UserError;
import brimful.extract.limit.Limit;
import org.apache.commons.cli.Option;

/// The option that sets a limit of reading files, which may be repeated.
public final class LimitOption {
  private static final String NAME = "limit";

  private LimitOption() {}

  public static Option option() {
    return PackOptions.option(
        NAME,
        "NAME=VALUE",
        "set a limit of reading a file, such as members=200000 or time=5m: %s; see brimful config --help"
            .formatted(Limit.titles()));
  }

  /// Returns the option for a command whose files others read; see [#refuse].
  public static Option elsewhere() {
    return PackOptions.option(NAME, "NAME=VALUE", "not here: give it to brimful worker");
  }

  /// Refuses the option: workers have limits of their own.
  public static void refuse(Arguments arguments) {
    if (arguments.has(NAME)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--limit %s: workers read the files, so give it to brimful worker"
              .formatted(String.join(",", arguments.values(NAME))));
    }
  }

  /// Returns a reader with the limits of a command line.
  public static SourceReader applied(Arguments arguments, SourceReader reader) {
    return reader.limited(arguments.values(NAME));
  }
}
