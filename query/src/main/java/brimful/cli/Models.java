package brimful.cli;

import brimful.ask.Catalog;
import brimful.ask.ModelProfile;
import org.apache.commons.cli.Option;

/// How commands let a person name a model.
final class Models {
  private Models() {}

  static Option option() {
    return Option.builder("m")
        .longOpt("model")
        .hasArg()
        .argName("M")
        .desc("the model, see brimful models (default: the configured one, else deepseek-flash)")
        .get();
  }

  /// Returns the model of a name.
  ///
  /// @param name empty for the catalog's default
  static ModelProfile named(Catalog catalog, String name) {
    return name.isEmpty() ? catalog.defaultProfile() : catalog.find(name);
  }
}
