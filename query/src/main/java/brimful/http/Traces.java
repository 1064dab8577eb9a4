package brimful.http;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Traces of requests. They are sent to `OTEL_EXPORTER_OTLP_ENDPOINT`, and nowhere if that is not
/// set. The other OpenTelemetry variables apply, too. Traces contain no document text.
final class Traces implements AutoCloseable {
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

  private final Optional<OpenTelemetrySdk> sdk;
  private final Tracer tracer;

  private Traces(Optional<OpenTelemetrySdk> sdk) {
    this.sdk = sdk;
    tracer = sdk.map(OpenTelemetry.class::cast).orElse(OpenTelemetry.noop()).getTracer("brimful");
  }

  /// Reads the environment.
  static Traces of(Map<String, String> environment) {
    if (environment.getOrDefault(ENDPOINT, "").isBlank()) {
      return new Traces(Optional.empty());
    }
    var properties = new HashMap<String, String>();
    properties.put("otel.service.name", "brimful");
    properties.put("otel.exporter.otlp.protocol", "http/protobuf");
    properties.put("otel.metrics.exporter", "none");
    properties.put("otel.logs.exporter", "none");
    environment.forEach((name, value) -> {
      if (name.startsWith("OTEL_")) {
        properties.put(name.toLowerCase(java.util.Locale.ROOT).replace('_', '.'), value);
      }
    });
    return new Traces(
        Optional.of(
            AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesSupplier(() -> properties)
                .build()
                .getOpenTelemetrySdk()));
  }

  /// Timed work that may fail as servlets do.
  @FunctionalInterface
  interface Step {
    int run() throws Exception;
  }

  /// Handles a request as the root span of a trace.
  ///
  /// @param step returns the HTTP status
  void request(String name, String id, Step step) throws Exception {
    Span span =
        tracer
            .spanBuilder(name)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("http.request.id", id)
            .startSpan();
    try (Scope _ = span.makeCurrent()) {
      int status = step.run();
      span.setAttribute("http.response.status_code", status);
      if (status >= 500) {
        span.setStatus(StatusCode.ERROR);
      }
    } finally {
      span.end();
    }
  }

  /// Does a part of the work in a child span.
  <T> T part(String name, Supplier<T> work) {
    Span span = tracer.spanBuilder(name).startSpan();
    try (Scope _ = span.makeCurrent()) {
      return work.get();
    } catch (RuntimeException e) {
      span.setStatus(StatusCode.ERROR);
      throw e;
    } finally {
      span.end();
    }
  }

  /// Sends the remaining spans.
  @Override
  public void close() {
    sdk.ifPresent(OpenTelemetrySdk::close);
  }
}
