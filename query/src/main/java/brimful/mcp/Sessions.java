package brimful.mcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.LongSupplier;

/// The sessions of clients, the longest idle first: at most [#COUNT_MAX], none of them idle for
/// [#IDLE_MAX]. A session belongs to its owner: for other keys it does not exist. Safe for many
/// threads.
final class Sessions {
  static final int COUNT_MAX = 1_000;

  /// A listening client answers a ping each minute, and so is never idle.
  static final Duration IDLE_MAX = Duration.ofMinutes(30);

  private final int countMax;
  private final LongSupplier nanos;
  private final SequencedMap<String, Session> sessions = new LinkedHashMap<>();

  private record Session(String owner, long usedNanos) {}

  Sessions() {
    this(COUNT_MAX, System::nanoTime);
  }

  Sessions(int countMax, LongSupplier nanos) {
    this.countMax = countMax;
    this.nanos = nanos;
  }

  /// Adds a session.
  synchronized void add(String id, String owner) {
    sessions.putLast(id, new Session(owner, nanos.getAsLong()));
  }

  /// Returns whether an owner has a session, and marks it as used.
  synchronized boolean touch(String id, String owner) {
    Session session = sessions.get(id);
    if (session == null || !session.owner.equals(owner) || isIdle(session)) {
      return false;
    }
    sessions.putLast(id, new Session(owner, nanos.getAsLong()));
    return true;
  }

  synchronized void remove(String id) {
    sessions.remove(id);
  }

  /// Removes and returns the sessions to close before another begins: those that are idle for too
  /// long and, if there are too many, the longest idle.
  synchronized List<String> evicted() {
    var evicted = new ArrayList<String>();
    while (!sessions.isEmpty()
        && (sessions.size() >= countMax || isIdle(sessions.firstEntry().getValue()))) {
      Optional.ofNullable(sessions.pollFirstEntry()).ifPresent(one -> evicted.add(one.getKey()));
    }
    return evicted;
  }

  private boolean isIdle(Session session) {
    return nanos.getAsLong() - session.usedNanos >= IDLE_MAX.toNanos();
  }
}
