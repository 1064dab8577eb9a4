package brimful.http;

import brimful.http.hook.Webhooks;
import brimful.http.key.Right;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Optional;
import java.util.Set;

/// The right that each route needs, in one place. Every key may read. Changes need [Right#MANAGE],
/// except on routes that only ask.
final class Rights {
  private static final Set<String> ASKING =
      Set.of(
          "/v1/search",
          "/v1/pack",
          "/v1/ask",
          "/v1/chat/completions",
          "/v1/completions",
          "/v1/embeddings",
          "/v1/responses",
          "/v1/responses/{response}",
          "/v1/conversations",
          "/v1/conversations/{conversation}",
          "/v1/conversations/{conversation}/turns/{turn}/feedback",
          "/v1/batches/forecast",
          "/v1/exhaustive/forecast");

  private static final Set<String> OPERATING = Set.of("/metrics", SettingsApi.PATH);

  /// The routes that check a signature themselves, instead of a key.
  private static final Set<String> SIGNED = Set.of(Webhooks.PATH);

  private Rights() {}

  /// Returns the right that a route needs; empty if every key may use it.
  static Optional<Right> needed(Route route) {
    if (OPERATING.contains(route.path())) {
      return Optional.of(Right.OPERATE);
    }
    boolean asks =
        route.method() == HandlerType.GET
            || ASKING.contains(route.path())
            || SIGNED.contains(route.path());
    return asks ? Optional.empty() : Optional.of(Right.MANAGE);
  }

  /// Returns the route's handler behind a check of that right.
  static Handler checked(Route route) {
    Optional<Right> needed = needed(route);
    if (needed.isEmpty()) {
      return route.handler();
    }
    return context -> {
      Caller.of(context).require(needed.get());
      route.handler().handle(context);
    };
  }
}
