package brimful.http;

import brimful.ask.Cost;
import brimful.ask.Reply;
import brimful.corpus.UserError;
import brimful.desk.Asked;
import io.micrometer.core.instrument.MeterRegistry;

/// Keeps account of what models cost, by key.
record Till(Keys keys, MeterRegistry meters) {

  void allow(Caller caller) {
    if (caller.spendUsdMax() > 0 && keys.spent(caller.name()) >= caller.spendUsdMax()) {
      throw new UserError(
          UserError.Kind.UNPAID,
          "key %s has spent its %s: ask for a new one"
              .formatted(caller.name(), Cost.display(caller.spendUsdMax())));
    }
  }

  void book(Caller caller, Asked asked) {
    if (!(asked instanceof Asked.Replied replied)) {
      return;
    }
    meters.counter("brimful.cost.usd").increment(replied.usd());
    if (replied.reply() instanceof Reply.Answered answered) {
      count("prompt", answered.usage().prompt());
      count("cached", answered.usage().cached());
      count("completion", answered.usage().completion());
    }
    if (!caller.name().isEmpty()) {
      // What broke off was billed, too: as much as it may have cost, since nobody says how much.
      double usd =
          replied.reply() instanceof Reply.CutOff
              ? replied.prepared().cost().missUsd()
              : replied.usd();
      keys.spend(caller.name(), usd);
    }
  }

  private void count(String kind, long tokens) {
    meters.counter("brimful.tokens", "kind", kind).increment((double) tokens);
  }
}
