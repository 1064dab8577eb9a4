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

/// Traces of requests, for whoever collects them: sent where `OTEL_EXPORTER_OTLP_ENDPOINT` says,
/// and nothing without it. The other variables of OpenTelemetry hold, too. No document text is in
/// them.
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

  /// Something that takes time, and may fail as servlets do.
  @FunctionalInterface
  interface Step {
    int run() throws Exception;
  }

  /// Does what a request asks for, as the root of a trace.
  ///
  /// @param step returns the status
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

  /// Does a part of it.
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

  /// Sends what is still to be sent.
  @Override
  public void close() {
    sdk.ifPresent(OpenTelemetrySdk::close);
  }
}
