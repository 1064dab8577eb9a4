package brimful.cli.option;

import brimful.corpus.Minutes;
import brimful.corpus.UserError;
import brimful.model.Settings;
import brimful.rank.Rescorer;
import brimful.service.Admission;
import brimful.service.Models;
import brimful.service.QueryService;
import brimful.service.SpendAccount;
import brimful.service.SpendLedger;
import brimful.service.Spender;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.Option;

/// Sets up what a command asks with: the query service, the ledger, and who pays.
public final class QuerySetup {
  private static final String TODAY = "today";

  private QuerySetup() {}

  /// @param environment the variables, with what the command line says in their place
  public static QueryService service(
      Map<String, String> environment, Terminal terminal, Rescorer rescorer) {
    return new QueryService(
        new Models(environment, terminal::note), new Admission(Admission.Observer.NONE), rescorer);
  }

  /// Returns the service for questions of a day that the command line names, or else of today.
  public static QueryService service(
      Map<String, String> environment, Arguments arguments, Terminal terminal, Rescorer rescorer) {
    Optional<LocalDate> day = arguments.value(TODAY).map(QuerySetup::day);
    return new QueryService(
        new Models(environment, terminal::note),
        new Admission(Admission.Observer.NONE),
        rescorer,
        () -> day.orElseGet(() -> LocalDate.now(Clock.systemUTC())));
  }

  /// Returns the option that names the day.
  static Option today() {
    return PackOptions.option(
        TODAY, "DATE", "the day to which \"last week\" in the question refers (default: today)");
  }

  private static LocalDate day(String written) {
    try {
      LocalDate day = LocalDate.parse(written);
      if (Minutes.has(day.atStartOfDay())) {
        return day;
      }
      throw new DateTimeParseException("year out of range", written, 0);
    } catch (DateTimeParseException e) {
      throw new UserError(
          UserError.Kind.USAGE, "--%s %s: write a day as 2024-05-01".formatted(TODAY, written));
    }
  }

  /// Returns the ledger of all that is spent from this machine.
  public static SpendLedger ledger(Settings settings) {
    return new SpendLedger(settings.home(), Clock.systemUTC());
  }

  /// Returns who pays for a command: the person at this machine.
  public static Spender spender(Settings settings) {
    return ledger(settings).spender(SpendAccount.LOCAL);
  }
}
