package brimful.http;

import brimful.http.monitor.Meters;
import brimful.model.Usage;
import brimful.service.Admission;
import brimful.service.PaidReply;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.function.Supplier;

/// Metrics and traces of a server, for `/metrics` and a trace collector. Safe for many threads.
public final class Telemetry implements Admission.Observer, AutoCloseable {
  private final Meters process = new Meters();
  private final PrometheusMeterRegistry meters = process.registry();
  private final Traces traces;

  private Telemetry(Traces traces) {
    this.traces = traces;
  }

  /// Reads the destination of traces from the environment.
  public static Telemetry of(Map<String, String> environment) {
    return new Telemetry(Traces.of(environment));
  }

  /// Publishes the number of questions in progress.
  void watch(Admission admission) {
    meters.gauge("brimful.asks.running", admission, Admission::running);
  }

  /// Counts a request that was answered with an error.
  void refused(int status) {
    meters.counter("brimful.refused", "status", Integer.toString(status)).increment();
  }

  /// Returns all metrics of the process.
  public Meters process() {
    return process;
  }

  PrometheusMeterRegistry meters() {
    return meters;
  }

  Traces traces() {
    return traces;
  }

  @Override
  public <T> T timed(String what, Supplier<T> work) {
    return Timer.builder("brimful." + what)
        .publishPercentileHistogram()
        .register(meters)
        .record(() -> traces.part("brimful." + what, work));
  }

  @Override
  public void called(PaidReply paid) {
    meters.counter("brimful.cost.usd").increment(paid.usd());
    Usage usage = paid.usage();
    count("prompt", usage.prompt());
    count("cached", usage.cached());
    count("completion", usage.completion());
  }

  private void count(String kind, long tokens) {
    meters.counter("brimful.tokens", "kind", kind).increment((double) tokens);
  }

  @Override
  public void close() {
    process.close();
    traces.close();
  }
}
