package brimful.cli;

import brimful.source.Rules;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// The options that `pack` and `ask` have in common.
final class PackOptions {
  private PackOptions() {}

  static Options shared() {
    return new Options()
        .addOption(Models.option())
        .addOption(
            option(
                "collection",
                "NAME",
                "in the place of PATH: what brimful ingest --collection NAME has submitted"))
        .addOption(
            option(
                "budget",
                "N",
                "tokens of the whole prompt, such as 32k (default: the model's usable window)"))
        .addOption(Dense.option())
        .addOption(
            option(
                "session",
                "N",
                "N questions will be asked of this: begin every prompt alike, for the model's cache"))
        .addOption(
            option(
                "keep",
                "RULES",
                "lift skip rules, such as lock,generated; the list is in brimful pack --help"));
  }

  static Option option(String name, String value, String description) {
    return Option.builder().longOpt(name).hasArg().argName(value).desc(description).get();
  }

  static Option flag(String name, String description) {
    return Option.builder().longOpt(name).desc(description).get();
  }

  static Rules rules(Arguments arguments) {
    Rules rules = Rules.standard();
    for (String lifted : arguments.values("keep")) {
      rules = rules.without(lifted);
    }
    return rules;
  }
}
