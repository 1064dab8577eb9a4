package brimful.service;

import brimful.corpus.UserError;
import brimful.model.Cost;
import brimful.store.Disk;
import brimful.store.LockWait;
import brimful.store.ProcessLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The spending on model calls, by account: the one place for every door and every process.
///
/// Layout: a file of lines, each an entry with a checksum: `reserve ID ACCOUNT USD SECONDS`,
/// `settle ID USD` and `carry ACCOUNT USD`. A call is reserved at its highest possible cost and
/// settled at its real cost. An entry is on disk before its method returns.
///
/// Invariant: no reservation makes an account's settled and reserved money pass its limit, and both
/// together never fall below what providers have billed. If a process is killed between the two
/// entries, its call remains booked at its highest cost; no recovery is needed. An entry that was
/// torn by a crash was never granted, and the next entry replaces it.
///
/// Several processes share the file under a [ProcessLock] and read each other's entries before they
/// decide. As soon as the file has [#LINES_MAX] lines, settled calls are folded into one `carry`
/// per account, and so are reservations older than a day, because no call takes that long.
///
/// Cost: an entry takes the lock, reads what is new and writes one line through to the disk. A
/// damaged file closes every account that has a limit; others go on. Safe for many threads,
/// interrupted ones too, because a thread of its own does each access.
public final class SpendLedger {
  private static final Logger LOG = LoggerFactory.getLogger(SpendLedger.class);

  static final String FILE = "spending.log";
  static final int LINES_MAX = 20_000;

  private static final Duration CALL_MAX = Duration.ofDays(1);

  /// Calls of those who wait for money hardly last longer.
  private static final Duration UNDER_WAY_MAX = Duration.ofMinutes(30);

  private static final LockWait PATIENCE = LockWait.quiet(Duration.ofSeconds(30));

  private final SpendFile file;
  private final Path lock;
  private final Clock clock;
  private final Map<String, Double> settled = new HashMap<>();
  private final Map<String, Open> open = new HashMap<>();

  /// A reservation that is not settled.
  record Open(String account, double usd, Instant at) {}

  /// @param folder the configuration folder
  public SpendLedger(Path folder, Clock clock) {
    file = new SpendFile(folder.resolve(FILE));
    lock = folder.resolve(FILE + ".lock");
    this.clock = clock;
  }

  /// The spending of an account.
  ///
  /// @param settledUsd for calls that have ended
  /// @param reservedUsd the highest cost of calls that are in flight, or were lost with their
  ///   process
  public record Balance(double settledUsd, double reservedUsd) {
    /// Returns the highest possible spending.
    public double mostUsd() {
      return settledUsd + reservedUsd;
    }
  }

  /// Returns an account's spending so far.
  public synchronized Balance balance(String account) {
    if (file.exists()) {
      locked(() -> {
        requireWhole();
        return account;
      });
    }
    return known(account);
  }

  /// Returns a spender that pays from an account.
  public Spender spender(SpendAccount account) {
    return new Spender() {
      @Override
      public boolean isLimited() {
        return account.isLimited();
      }

      @Override
      public Decision decide(double usdMost) {
        return SpendLedger.this.decide(account, usdMost);
      }
    };
  }

  /// Books what was spent elsewhere, such as before this ledger existed.
  public synchronized void carry(String account, double usd) {
    locked(() -> {
      requireWhole();
      append(new SpendEntry.Carry(account, usd));
      return account;
    });
  }

  private synchronized Spender.Decision decide(SpendAccount account, double usdMost) {
    try {
      return locked(() -> reserved(account, usdMost));
    } catch (UserError | UncheckedIOException e) {
      if (account.isLimited()) {
        throw e;
      }
      LOG.warn("call cannot be booked account={} cause={}", account.name(), e.getMessage());
      return new Spender.Decision.Granted(new Booked("", usdMost));
    }
  }

  private Spender.Decision reserved(SpendAccount account, double usdMost) {
    if (!(usdMost >= 0 && Double.isFinite(usdMost))) {
      throw new IllegalArgumentException("a call that may cost %s USD".formatted(usdMost));
    }
    requireWhole();
    Balance is = known(account.id());
    double left = account.usdMax() - is.mostUsd();
    if (usdMost > left || left <= 0) {
      return new Spender.Decision.Refused(
          exceeded(account, usdMost, is),
          usdMost <= account.usdMax() - is.settledUsd() - stale(account.id()));
    }
    var id = UUID.randomUUID().toString();
    append(new SpendEntry.Reserve(id, account.id(), usdMost, clock.instant()));
    return new Spender.Decision.Granted(new Booked(id, usdMost));
  }

  /// Returns what is reserved for calls that nobody can be waiting for any more: their process was
  /// killed, and they will not make room.
  private double stale(String account) {
    Instant old = clock.instant().minus(UNDER_WAY_MAX);
    return open.values().stream()
        .filter(one -> one.account().equals(account) && one.at().isBefore(old))
        .mapToDouble(Open::usd)
        .sum();
  }

  private static UserError exceeded(SpendAccount account, double usdMost, Balance is) {
    double left = account.usdMax() - is.mostUsd();
    String line =
        left <= 0
            ? "key %s has spent its %s: ask for a higher limit"
                .formatted(account.name(), Cost.display(account.usdMax()))
            : "key %s has %s left of its %s, and this call may cost %s: lower the budget, or ask for a higher limit"
                .formatted(
                    account.name(),
                    Cost.display(left),
                    Cost.display(account.usdMax()),
                    Cost.display(usdMost));
    return new UserError(UserError.Kind.UNPAID, line);
  }

  /// A reservation of this process.
  private final class Booked implements Spender.Reservation {
    private final String id;
    private final double usdMost;
    private final AtomicBoolean over = new AtomicBoolean();

    Booked(String id, double usdMost) {
      this.id = id;
      this.usdMost = usdMost;
    }

    @Override
    public double usdMost() {
      return usdMost;
    }

    @Override
    public void settle(double usd) {
      if (!over.getAndSet(true) && !id.isEmpty()) {
        // What is no number would damage the file.
        SpendLedger.this.settle(id, Double.isFinite(usd) ? usd : usdMost);
      }
    }

    @Override
    public void settleUnknown() {
      settle(usdMost);
    }
  }

  private synchronized void settle(String id, double usd) {
    try {
      locked(() -> {
        requireWhole();
        append(new SpendEntry.Settle(id, Math.max(0, usd)));
        return id;
      });
    } catch (UserError | UncheckedIOException e) {
      // It remains reserved at its highest cost.
      LOG.warn("call cannot be settled cause={}", e.getMessage());
    }
  }

  /// Does something with the present file, in a thread that nobody interrupts: an interrupt would
  /// end the wait for the lock, or close the file, and a caller that hangs up pays all the same.
  private <T> T locked(Supplier<T> action) {
    try {
      return CompletableFuture.supplyAsync(() -> lockedHere(action), SpendLedger::start).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : e;
    }
  }

  private static void start(Runnable access) {
    Thread.ofPlatform().daemon().name("spending").start(access);
  }

  private <T> T lockedHere(Supplier<T> action) {
    try (ProcessLock _ = ProcessLock.take(lock, PATIENCE, "is booking a call")) {
      if (file.isReplaced()) {
        settled.clear();
        open.clear();
      }
      file.read(this::apply);
      return action.get();
    } catch (IOException e) {
      throw Disk.failure(
          e,
          file.path(),
          "the spending",
          "cannot use %s: make its folder readable and writable".formatted(file.path()));
    }
  }

  private void requireWhole() {
    if (file.damagedLine() > 0) {
      throw new UserError(
          UserError.Kind.CONFIG,
          "%s is damaged in line %s, so no limit of money can be kept: restore it, or move it away to count from $0"
              .formatted(file.path(), file.damagedLine()));
    }
  }

  private void append(SpendEntry entry) {
    try {
      if (file.lines() >= LINES_MAX) {
        compact();
      }
      file.append(entry);
      apply(entry);
    } catch (IOException e) {
      throw Disk.failure(
          e,
          file.path(),
          "the spending",
          "cannot write %s: make its folder writable".formatted(file.path()));
    }
  }

  /// Folds settled calls, however long the file is.
  synchronized void compactNow() {
    locked(() -> {
      try {
        compact();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return "";
    });
  }

  private void compact() throws IOException {
    Instant old = clock.instant().minus(CALL_MAX);
    Iterator<Open> lost = open.values().iterator();
    while (lost.hasNext()) {
      Open one = lost.next();
      if (one.at().isBefore(old)) {
        settled.merge(one.account(), one.usd(), Double::sum);
        lost.remove();
      }
    }
    file.replace(settled, open);
  }

  private void apply(SpendEntry entry) {
    switch (entry) {
      case SpendEntry.Reserve(String id, String account, double usd, Instant at) ->
          open.put(id, new Open(account, usd, at));
      case SpendEntry.Settle(String id, double usd) -> {
        Open one = open.remove(id);
        if (one != null) {
          settled.merge(one.account(), usd, Double::sum);
        }
      }
      case SpendEntry.Carry(String account, double usd) -> settled.merge(account, usd, Double::sum);
    }
  }

  private Balance known(String account) {
    return new Balance(
        settled.getOrDefault(account, 0.0),
        open.values().stream()
            .filter(one -> one.account().equals(account))
            .mapToDouble(Open::usd)
            .sum());
  }
}
