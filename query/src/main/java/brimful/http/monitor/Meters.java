package brimful.http.monitor;

import brimful.kafka.BrokerPulse;
import brimful.kafka.BrokerWatch;
import brimful.kafka.index.IndexCounters;
import brimful.kafka.record.DeadLetter;
import brimful.kafka.worker.WorkerCounters;
import brimful.kafka.worker.WorkerCounters.Ending;
import brimful.kafka.worker.WorkerCounters.Stage;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The metrics of this process: those of the JVM, and what is bound. Safe for many threads.
public final class Meters implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbage = new JvmGcMetrics();

  public Meters() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    garbage.bindTo(registry);
  }

  public PrometheusMeterRegistry registry() {
    return registry;
  }

  /// Publishes what a worker does.
  ///
  /// @param slots how many items it can work on at once
  public void bind(WorkerCounters counters, int slots) {
    for (Ending ending : Ending.values()) {
      count("brimful.files", "outcome", ending, counters, from -> from.items(ending));
    }
    for (DeadLetter.Cause cause : DeadLetter.Cause.values()) {
      count("brimful.failures", "cause", cause, counters, from -> from.failures(cause));
    }
    for (Stage stage : Stage.values()) {
      count("brimful.stage.seconds", "stage", stage, counters, from -> from.seconds(stage));
    }
    count("brimful.files.bytes", counters, WorkerCounters::bytes);
    count("brimful.files.tokens", counters, WorkerCounters::tokens);
    count("brimful.redelivered", counters, WorkerCounters::again);
    count("brimful.set.aside", counters, WorkerCounters::asides);
    gauge("brimful.slots.busy", counters, WorkerCounters::busy);
    gauge("brimful.slots", counters, _ -> slots);
  }

  /// Publishes what an index worker does, and what it has not read yet.
  ///
  /// @param watch of its group
  public void bind(IndexCounters counters, BrokerWatch watch) {
    count("brimful.records", counters, IndexCounters::records);
    count("brimful.records.unreadable", counters, IndexCounters::unreadable);
    count("brimful.commits", counters, IndexCounters::commits);
    count("brimful.commit.seconds", counters, IndexCounters::commitSeconds);
    gauge("brimful.commit.age.seconds", counters, IndexCounters::commitAge);
    gauge("brimful.partitions", counters, IndexCounters::partitions);
    gauge("brimful.collections.parked", counters, IndexCounters::parked);
    gauge("brimful.documents.waiting", watch, from -> from.last().documents());
  }

  /// Publishes what waits in a cluster for all workers.
  public void bind(BrokerPulse pulse, BrokerWatch watch) {
    gauge("brimful.broker.up", pulse, from -> from.isUp() ? 1 : 0);
    gauge("brimful.claims.waiting", watch, from -> from.last().claims());
    gauge("brimful.claims.aside", watch, from -> from.last().aside());
    gauge("brimful.dead.letters", watch, from -> from.last().deadLetters());
  }

  private <T> void count(String name, T from, ToDoubleFunction<T> value) {
    FunctionCounter.builder(name, from, value).register(registry);
  }

  private <T> void count(String name, String tag, Enum<?> kind, T from, ToDoubleFunction<T> value) {
    FunctionCounter.builder(name, from, value)
        .tag(tag, kind.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private <T> void gauge(String name, T from, ToDoubleFunction<T> value) {
    Gauge.builder(name, from, value).strongReference(true).register(registry);
  }

  /// Returns all metrics in Prometheus' text format.
  String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    garbage.close();
    registry.close();
  }
}
