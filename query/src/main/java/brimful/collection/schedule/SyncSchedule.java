package brimful.collection.schedule;

import brimful.collection.library.Collection;
import brimful.collection.library.CollectionService;
import brimful.collection.library.CollectionSource;
import brimful.collection.library.Job;
import brimful.corpus.UserError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads sources again once their time has passed since they were last read.
///
/// That time is stored with the source, so that a restarted server reads what it has missed: once,
/// however often it was due. A source that cannot be read is tried again after its time, too. Reads
/// are jobs as any other.
public final class SyncSchedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SyncSchedule.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})([smhd])");

  private final CollectionService collections;
  private final Duration otherwise;
  private final Clock clock;

  /// When this process last tried to read a source, by collection folder and source.
  private final Map<Key, Instant> tried = new HashMap<>();

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("schedule").factory());

  private record Key(String folder, String source) {}

  /// @param otherwise how often sources are read that have no time of their own; zero for never
  public SyncSchedule(CollectionService collections, Duration otherwise, Clock clock) {
    this.collections = collections;
    this.otherwise = otherwise;
    this.clock = clock;
  }

  /// Reads a time such as `30m`, `1h` or `7d`; `never` is zero.
  ///
  /// @param name of the field or option, for errors
  /// @throws UserError if it is none, or out of bounds
  public static Duration time(String name, String text) {
    if (text.equals("never")) {
      return Duration.ZERO;
    }
    Matcher matcher = TIME.matcher(text.toLowerCase(Locale.ROOT));
    Duration time = Duration.ZERO;
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      time =
          switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          };
    }
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      throw new UserError(
          UserError.Kind.USAGE,
          "%s %s: write 10s to 366d, such as 30m, 1h or 7d, or never".formatted(name, text));
    }
    return time;
  }

  /// Returns a time as [#time] reads it.
  public static String display(Duration time) {
    long seconds = time.toSeconds();
    if (seconds % Duration.ofDays(1).toSeconds() == 0) {
      return time.toDays() + "d";
    }
    if (seconds % Duration.ofHours(1).toSeconds() == 0) {
      return time.toHours() + "h";
    }
    return seconds % 60 == 0 ? time.toMinutes() + "m" : seconds + "s";
  }

  /// Begins to look which sources are due.
  public SyncSchedule start() {
    long millis = LOOK_EVERY.toMillis();
    var _ = timer.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    return this;
  }

  /// Starts to read every source that is due.
  void look() {
    try {
      Set<Key> busy = new HashSet<>();
      Set<Key> known = new HashSet<>();
      for (Job job : collections.jobs()) {
        if (!job.state().isEnd()) {
          busy.add(new Key(job.collection(), job.source()));
        }
      }
      for (Collection collection : collections.collections()) {
        for (CollectionSource source : collection.sources()) {
          var key = new Key(collection.folder(), source.id());
          known.add(key);
          if (!busy.contains(new Key(collection.name(), source.id())) && isDue(key, source)) {
            tried.put(key, clock.instant());
            read(collection, source);
          }
        }
      }
      tried.keySet().retainAll(known);
    } catch (RuntimeException e) {
      // Whatever is wrong now, the next look may find it mended.
      LOG.warn("sources that are due are not read now cause={}", e.toString());
    }
  }

  private boolean isDue(Key key, CollectionSource source) {
    Duration every = source.every().isZero() ? otherwise : source.every();
    if (every.isZero() || source.isUploads()) {
      return false;
    }
    Instant last = tried.getOrDefault(key, source.synced());
    Instant latest = last.isAfter(source.synced()) ? last : source.synced();
    return !latest.plus(every).isAfter(clock.instant());
  }

  private void read(Collection collection, CollectionSource source) {
    try {
      Job job = collections.syncPart(collection.name(), source.id(), "");
      LOG.info(
          "source is due collection={} source={} job={}", collection.name(), source.id(), job.id());
    } catch (UserError e) {
      // It was deleted a moment ago, or the disk is full.
      LOG.warn(
          "source is due and not read collection={} source={} cause={}",
          collection.name(),
          source.id(),
          e.line());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
