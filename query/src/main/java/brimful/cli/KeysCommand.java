package brimful.cli;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.option.Arguments;
import brimful.cli.option.PackOptions;
import brimful.cli.option.QuerySetup;
import brimful.cli.option.Terminal;
import brimful.corpus.UserError;
import brimful.http.key.Grant;
import brimful.http.key.Key;
import brimful.http.key.KeyStore;
import brimful.http.key.Right;
import brimful.model.Cost;
import brimful.model.Settings;
import brimful.service.SpendLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
    brimful keys add NAME [--manage [--roots DIR,…]] [--operate] [--collections A,B] [--spend-usd N] [--per-minute N]
    brimful keys list
    brimful keys revoke NAME

    A key is printed once, when it is made; kept is only its hash, in the configuration folder. A server sees
    changes at the next request.

    Every key may search, pack, read and ask. --manage lets it create and delete collections, add and remove
    sources and uploads, and start, resume and cancel batches; with --roots, it adds folders below these only.
    --operate lets it read /metrics and see the server's folders and settings; with --manage, change these. Keys of older versions only ask.

      brimful keys add reports --collections reports --spend-usd 20
      brimful keys add team --manage --roots /data/team
    """;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(PackOptions.flag("manage", "it may change collections, sources and batches"))
        .addOption(PackOptions.flag("operate", "it may see metrics and the server's folders"))
        .addOption(
            PackOptions.option(
                "roots", "DIR,…", "the only folders it adds sources from (default: the server's)"))
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
    var keys = new KeyStore(settings.home(), Clock.systemUTC());
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
        SpendLedger ledger = QuerySetup.ledger(settings);
        keys.carry(ledger);
        keys.list().forEach(key -> terminal.out().println(line(key, ledger)));
        if (keys.list().isEmpty()) {
          terminal.note("there are no keys: make one with brimful keys add NAME");
        }
      }
      case "add" -> {
        String secret =
            keys.add(
                words.get(1),
                grant(arguments),
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

  private static Grant grant(Arguments arguments) {
    List<String> collections = arguments.values("collections");
    var rights = EnumSet.noneOf(Right.class);
    if (arguments.has("manage")) {
      rights.add(Right.MANAGE);
    }
    if (arguments.has("operate")) {
      rights.add(Right.OPERATE);
    }
    return new Grant(
        collections.isEmpty() ? List.of("*") : collections,
        rights,
        arguments.paths("roots").stream().map(KeysCommand::folder).toList());
  }

  private static Path folder(Path root) {
    if (!Files.isDirectory(root)) {
      throw new UserError(
          UserError.Kind.NOT_FOUND, "root %s is not a folder: name one that is".formatted(root));
    }
    return root.toAbsolutePath().normalize();
  }

  private static double usd(Arguments arguments) {
    String text = arguments.value("spend-usd").orElse("0");
    if (!text.matches("\\d{1,6}(?:\\.\\d{1,4})?")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--spend-usd %s is not an amount: write it like 20 or 2.50".formatted(text));
    }
    double usd = Double.parseDouble(text);
    if (usd == 0 && arguments.has("spend-usd")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--spend-usd %s allows nothing: write an amount above 0, or leave it out for no limit"
              .formatted(text));
    }
    return usd;
  }

  private static String rights(Grant grant) {
    String rights =
        grant.rights().stream()
            .sorted()
            .map(right -> "," + right.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
    String roots = grant.roots().stream().map(Path::toString).collect(Collectors.joining(","));
    return "rights ask" + rights + (roots.isEmpty() ? "" : "  roots " + roots);
  }

  private static String line(Key key, SpendLedger ledger) {
    return String.format(
        Locale.ROOT,
        "%s  %s  collections %s  spent %s%s  %,d a minute  since %s",
        key.name(),
        rights(key.grant()),
        String.join(",", key.grant().collections()),
        Cost.display(ledger.balance(key.account().id()).mostUsd()),
        key.spendUsdMax() > 0 ? " of " + Cost.display(key.spendUsdMax()) : "",
        key.perMinute(),
        key.created().truncatedTo(ChronoUnit.SECONDS));
  }
}
