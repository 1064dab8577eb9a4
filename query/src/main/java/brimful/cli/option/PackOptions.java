package brimful.cli.option;

import brimful.corpus.UserError;
import brimful.service.Budget;
import brimful.source.Rule;
import brimful.source.Rules;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// The options that `pack` and `ask` share.
public final class PackOptions {
  private static final String ALLOW_SECRETS = "allow-secrets";

  private PackOptions() {}

  public static Options shared() {
    return new Options()
        .addOption(ModelOptions.option())
        .addOption(QuerySetup.today())
        .addOption(
            option(
                "collection",
                "NAME",
                "instead of PATH: a collection that brimful ingest submitted"))
        .addOption(IndexOption.option())
        .addOption(
            option(
                "budget",
                "N",
                "tokens of the whole prompt, such as 32k (default: the model's usable window); auto stops where more hardly helps"))
        .addOption(DenseOption.option())
        .addOption(
            option(
                "session",
                "N",
                "expect N questions: start every prompt with the same bytes, for the model's cache"))
        .addOption(
            option(
                "keep",
                "RULES",
                "lift skip rules, such as lock,generated; see brimful pack --help"))
        .addOptions(reading());
  }

  /// Returns the options of every command that reads files.
  public static Options reading() {
    return listing().addOption(LimitOption.option());
  }

  /// Returns the options of every command that decides which files are read, and how.
  public static Options listing() {
    return OcrOption.in(
        OrganizationOptions.in(new Options())
            .addOption(
                flag(
                    ALLOW_SECRETS,
                    "do not mask keys, tokens and passwords in the text (default: masked)")));
  }

  public static Option option(String name, String value, String description) {
    return Option.builder().longOpt(name).hasArg().argName(value).desc(description).get();
  }

  public static Option flag(String name, String description) {
    return Option.builder().longOpt(name).desc(description).get();
  }

  /// Returns the requested budget.
  ///
  /// @param usable what the model can read; the default, and the limit of `auto`
  public static Budget budget(Arguments arguments, int usable) {
    if (!arguments.value("budget").map("auto"::equals).orElse(false)) {
      return Budget.of(arguments.tokens("budget").orElse(usable));
    }
    if (arguments.has("session")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--budget auto sizes each prompt for its question, --session gives all the same beginning: use one of them");
    }
    return new Budget(usable, true);
  }

  /// Returns the rules that `--keep` and `--allow-secrets` leave.
  public static Rules rules(Arguments arguments) {
    Rules rules = Rules.standard();
    if (arguments.has(ALLOW_SECRETS)) {
      rules = rules.without(Rule.SECRETS.title());
    }
    for (String lifted : arguments.values("keep")) {
      rules = rules.without(lifted);
    }
    return rules;
  }
}
