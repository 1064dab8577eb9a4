package brimful.http;

import brimful.ask.PublicLine;
import brimful.corpus.UserError;
import brimful.http.edge.HttpJson;
import brimful.http.key.Right;
import brimful.model.ModelChoice;
import brimful.service.Backend;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Serves the server's status, health, metrics and API description.
final class AboutApi {
  private final Backend backend;
  private final ServeConfig config;
  private final PrometheusMeterRegistry meters;

  AboutApi(Backend backend, ServeConfig config, PrometheusMeterRegistry meters) {
    this.backend = backend;
    this.config = config;
    this.meters = meters;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/status", this::status),
        Route.get("/health", context -> HttpJson.send(context, HttpStatus.OK, state("up"))),
        Route.get("/ready", this::ready),
        Route.get("/metrics", this::metrics),
        Route.get("/openapi.json", this::openApi));
  }

  private static ObjectNode state(String state) {
    return HttpJson.object().put("status", state);
  }

  private void ready(Context context) {
    boolean up = !backend.service().admission().isStopping();
    ObjectNode state = state(up ? "ready" : "stopping");
    String notice = backend.collections().notice();
    HttpJson.send(
        context,
        up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
        notice.isEmpty() ? state : state.put("notice", notice));
  }

  private void metrics(Context context) {
    context.contentType("text/plain; version=0.0.4; charset=utf-8").result(meters.scrape());
  }

  private void status(Context context) {
    ObjectNode node = HttpJson.object().put("version", config.version());
    node.set("model", model(Caller.of(context)));
    ArrayNode models = node.putArray("models");
    backend.models().ids(backend.collections().tokenizer()).forEach(models::add);
    Caller caller = Caller.of(context);
    ArrayNode rights = node.putArray("rights");
    caller.grant().rights().stream().sorted().forEach(right -> rights.add(right.display()));
    ArrayNode roots = node.putArray("roots");
    if (caller.may(Right.OPERATE)) {
      config.roots().forEach(root -> roots.add(root.toString()));
    }
    node.put("tokenizer", backend.collections().tokenizer());
    node.put("kafka", config.kafka()).put("auth", config.keysNeeded());
    HttpJson.send(context, HttpStatus.OK, node);
  }

  private ObjectNode model(Caller caller) {
    try {
      ModelChoice choice = backend.models().choose("");
      return HttpJson.object()
          .put("id", choice.model().id())
          .put("connected", choice.key().isPresent() && !choice.isKeyMissing())
          .put("window_tokens", choice.model().limits().windowTokens())
          .put("reply_tokens", choice.replyTokens())
          .put("prompt_tokens", choice.promptTokens());
    } catch (UserError e) {
      // The line may name files of the server, so only its operator sees it.
      String notice =
          caller.may(Right.OPERATE)
              ? PublicLine.of(e.line())
              : "no model can be asked: who runs the server sees why in its status";
      return HttpJson.object().putNull("id").put("connected", false).put("notice", notice);
    }
  }

  private void openApi(Context context) {
    byte[] bytes = document();
    if (!config.edge().publicUrl().isEmpty()) {
      ObjectNode named = (ObjectNode) HttpJson.read(new String(bytes, StandardCharsets.UTF_8));
      named.putArray("servers").addObject().put("url", config.edge().publicUrl());
      bytes = HttpJson.bytes(named);
    }
    context.contentType("application/json").result(bytes);
  }

  /// Returns the OpenAPI document.
  static byte[] document() {
    try (InputStream document = AboutApi.class.getResourceAsStream("openapi.json")) {
      if (document == null) {
        throw new IllegalStateException("the jar has no openapi.json: build it again");
      }
      return document.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
