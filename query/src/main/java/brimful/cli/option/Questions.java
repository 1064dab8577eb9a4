package brimful.cli.option;

import brimful.model.Settings;
import brimful.rank.Rescorer;
import brimful.service.Admission;
import brimful.service.Models;
import brimful.service.QueryService;
import brimful.service.SpendAccount;
import brimful.service.SpendLedger;
import brimful.service.Spender;
import java.time.Clock;
import java.util.Map;

/// What commands ask by: the service, and who pays.
public final class Questions {
  private Questions() {}

  /// @param environment the variables, with what the command line says in their place
  public static QueryService service(
      Map<String, String> environment, Terminal terminal, Rescorer rescorer) {
    return new QueryService(
        new Models(environment, terminal::note), new Admission(Admission.Observer.NONE), rescorer);
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
