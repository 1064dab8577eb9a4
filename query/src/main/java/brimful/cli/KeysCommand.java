package brimful.cli;

import brimful.ask.Cost;
import brimful.ask.Settings;
import brimful.corpus.UserError;
import brimful.http.Key;
import brimful.http.Keys;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import brimful.service.SpendLedger;
import org.apache.commons.cli.Options;

/// Makes, lists and revokes the keys of a server.
final class KeysCommand implements Command {
  private static final int REQUESTS_PER_MINUTE = 60;

  private final Terminal terminal;

  KeysCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "keys";
  }

  @Override
  public String summary() {
    return "makes, lists and revokes the keys of brimful serve";
  }

  @Override
  public String help() {
    return """
    brimful keys add NAME [--collections A,B] [--spend-usd N] [--per-minute N]
    brimful keys list
    brimful keys revoke NAME

    A key is printed once, when it is made; kept is only its hash, in the configuration folder. A server sees
    changes at the next request.

      brimful keys add reports --collections reports --spend-usd 20
    """;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(
            PackOptions.option("collections", "NAMES", "the only ones it opens (default: all)"))
        .addOption(
            PackOptions.option(
                "spend-usd", "N", "the most that models may cost (default: no limit)"))
        .addOption(
            PackOptions.option(
                "per-minute",
                "N",
                "requests a minute (default: %s)".formatted(REQUESTS_PER_MINUTE)));
  }

  @Override
  public ExitCode run(Arguments arguments) {
    Settings settings = Settings.read(terminal.environment());
    var keys = new Keys(settings.home(), Clock.systemUTC());
    List<String> words = arguments.words();
    String verb = words.isEmpty() ? "list" : words.getFirst();
    if (!verb.equals("add") && keys.damaged().isPresent()) {
      throw new UserError(
          UserError.Kind.CONFIG,
          "keys.json is damaged and set aside as %s: make keys anew with brimful keys add NAME"
              .formatted(keys.damaged().get()));
    }
    if (!verb.equals("list") && words.size() != 2) {
      throw new UserError(UserError.Kind.USAGE, "brimful keys %s needs one NAME".formatted(verb));
    }
    switch (verb) {
      case "list" -> {
        SpendLedger ledger = Questions.ledger(settings);
        keys.carry(ledger);
        keys.list().forEach(key -> terminal.out().println(line(key, ledger)));
      }
      case "add" -> {
        List<String> collections = arguments.values("collections");
        String secret =
            keys.add(
                words.get(1),
                collections.isEmpty() ? List.of("*") : collections,
                usd(arguments),
                arguments.number("per-minute").orElse(REQUESTS_PER_MINUTE));
        terminal.out().println(secret);
        terminal.note("this is shown only now: send it as Authorization: Bearer KEY");
      }
      case "revoke" -> {
        if (!keys.revoke(words.get(1))) {
          throw new UserError(
              UserError.Kind.NOT_FOUND,
              "no key is called %s: see brimful keys list".formatted(words.get(1)));
        }
        terminal.note("key %s opens nothing any more".formatted(words.get(1)));
      }
      default ->
          throw new UserError(
              UserError.Kind.USAGE, "brimful keys %s: say add, list or revoke".formatted(verb));
    }
    return ExitCode.OK;
  }

  private static double usd(Arguments arguments) {
    String text = arguments.value("spend-usd").orElse("0");
    if (!text.matches("\\d{1,6}(?:\\.\\d{1,4})?")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--spend-usd %s is not an amount: write it like 20 or 2.50".formatted(text));
    }
    return Double.parseDouble(text);
  }

  private static String line(Key key, SpendLedger ledger) {
    return String.format(
        Locale.ROOT,
        "%s  collections %s  spent %s%s  %,d a minute  since %s",
        key.name(),
        String.join(",", key.collections()),
        Cost.display(ledger.balance(key.account().id()).mostUsd()),
        key.spendUsdMax() > 0 ? " of " + Cost.display(key.spendUsdMax()) : "",
        key.perMinute(),
        key.created());
  }
}
