package brimful.http;

import brimful.corpus.UserError;
import brimful.http.edge.HttpJson;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Serves lists in pages: `?limit=N&after=CURSOR`, where the cursor is the id of the last item
/// seen.
final class Pagination {
  private static final int LIMIT = 100;
  private static final int LIMIT_MAX = 1_000;

  private Pagination() {}

  /// Returns a page.
  ///
  /// @param all every item, in order
  /// @param id returns an item's unique id
  static <T> ObjectNode of(
      Context context, List<T> all, Function<T, String> id, Function<T, ObjectNode> view) {
    int limit = limit(context);
    int from = 0;
    String after = Optional.ofNullable(context.queryParam("after")).orElse("");
    if (!after.isEmpty()) {
      while (from < all.size() && !id.apply(all.get(from)).equals(after)) {
        from++;
      }
      if (from == all.size()) {
        throw new UserError(
            UserError.Kind.USAGE,
            "after=%s is not a cursor of this list: begin anew".formatted(after));
      }
      from++;
    }
    int to = Math.min(all.size(), from + limit);
    ObjectNode node = HttpJson.object();
    ArrayNode data = node.putArray("data");
    all.subList(from, to).forEach(one -> data.add(view.apply(one)));
    node.put("next", to < all.size() ? id.apply(all.get(to - 1)) : null);
    return node;
  }

  private static int limit(Context context) {
    String limit = Optional.ofNullable(context.queryParam("limit")).orElse("");
    if (limit.isEmpty()) {
      return LIMIT;
    }
    if (!limit.matches("[1-9]\\d{0,3}") || Integer.parseInt(limit) > LIMIT_MAX) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(Locale.ROOT, "limit=%s: give a number from 1 to %,d", limit, LIMIT_MAX));
    }
    return Integer.parseInt(limit);
  }
}
