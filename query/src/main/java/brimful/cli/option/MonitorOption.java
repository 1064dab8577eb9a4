package brimful.cli.option;

import brimful.http.monitor.Meters;
import brimful.http.monitor.Monitor;
import brimful.http.monitor.MonitorAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.cli.Option;

/// The option that serves metrics.
public final class MonitorOption implements AutoCloseable {
  private static final String NAME = "metrics";
  private static final String VARIABLE = "BRIMFUL_METRICS";

  private final Optional<Monitor> monitor;

  private MonitorOption(Optional<Monitor> monitor) {
    this.monitor = monitor;
  }

  public static Option option() {
    return PackOptions.option(
        NAME,
        "[HOST:]PORT",
        "serve /metrics, /health and /ready there, without keys (default: $BRIMFUL_METRICS)");
  }

  /// Starts to serve metrics if the command line or the environment asks for it.
  ///
  /// @param trouble returns why the process cannot do its work at present, if so
  public static MonitorOption start(
      Arguments arguments, Terminal terminal, Meters meters, Supplier<Optional<String>> trouble) {
    Optional<Monitor> monitor =
        arguments
            .value(NAME)
            .or(() ->
                Optional.ofNullable(terminal.environment().get(VARIABLE))
                    .filter(text -> !text.isBlank()))
            .map(text -> new Monitor(MonitorAddress.of(text), meters, trouble));
    monitor.ifPresent(one -> terminal.note("metrics at %s/metrics".formatted(one.url())));
    return new MonitorOption(monitor);
  }

  @Override
  public void close() {
    monitor.ifPresent(Monitor::close);
  }
}
