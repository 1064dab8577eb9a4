package brimful.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Decides which collections a call may use.
@FunctionalInterface
interface Access {
  /// An HTTP request may use the collections that a filter before the servlet has put on it;
  /// without a filter, none.
  Access OF_CALLER = (context, collection) -> test(context.get(McpEndpoint.CALLER), collection);

  boolean allows(McpTransportContext context, String collection);

  /// Returns the context of an HTTP request.
  static McpTransportContext context(HttpServletRequest request) {
    var context = new HashMap<String, Object>();
    for (String name : List.of(McpEndpoint.CALLER, CancellableCall.KEY)) {
      Object value = request.getAttribute(name);
      if (value != null) {
        context.put(name, value);
      }
    }
    return McpTransportContext.create(context);
  }

  private static boolean test(@Nullable Object caller, String collection) {
    if (caller instanceof Predicate<?> predicate) {
      @SuppressWarnings("unchecked") // That it is one over names is the endpoint's contract.
      var names = (Predicate<String>) predicate;
      return names.test(collection);
    }
    return false;
  }
}
