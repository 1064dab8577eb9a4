package brimful.mcp.tool;

import brimful.corpus.UserError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Where a list of results goes on: a number of results to skip, and a check that the cursor comes
/// back with the request that it was given for.
record PageCursor(int skip, String check) {
  private static final String NAME = "cursor";

  /// Returns the place where a call's list begins.
  ///
  /// @param request what must be the same on every page
  /// @param most the most results that all pages have together
  /// @throws UserError if the cursor is not one of this request
  static PageCursor of(ToolCall call, String request, int most) {
    String check = Integer.toHexString(request.hashCode());
    String given = call.text(NAME, "");
    if (given.isEmpty()) {
      return new PageCursor(0, check);
    }
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(given), StandardCharsets.UTF_8).split(":", -1);
      if (parts.length == 2 && parts[1].equals(check)) {
        int skip = Integer.parseInt(parts[0]);
        if (skip > 0 && skip < most) {
          return new PageCursor(skip, check);
        }
      }
    } catch (IllegalArgumentException _) {
      // Reported below, like a cursor of another request.
    }
    throw new UserError(
        UserError.Kind.USAGE,
        "the cursor does not belong to this request: send the same arguments again, or no cursor");
  }

  /// Returns the cursor of the next page.
  String next(int count) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString("%s:%s".formatted(skip + count, check).getBytes(StandardCharsets.UTF_8));
  }
}
