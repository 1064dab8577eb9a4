package brimful.mcp.tool;

import brimful.ask.PublicLine;
import brimful.corpus.DiskSpace;
import brimful.corpus.FailureLine;
import brimful.corpus.UserError;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Maps exceptions to errors of the protocol; no other class does.
public final class McpErrors {
  private static final Logger LOG = LoggerFactory.getLogger(McpErrors.class);

  /// The key of the error's kind in a tool's error result, for programs.
  public static final String KIND = "brimful/error";

  private McpErrors() {}

  /// Returns an error as a tool's result, so that a model reads the line and can call again in
  /// another way.
  public static CallToolResult result(RuntimeException failure) {
    log(failure);
    return ToolResults.refusal(line(failure), Map.of(KIND, kind(failure)));
  }

  /// Returns the error of a failed read of a resource.
  public static McpError resource(String uri, RuntimeException failure) {
    log(failure);
    int code = failure instanceof UserError error ? code(error.kind()) : code(UserError.Kind.IO);
    return code == McpSchema.ErrorCodes.RESOURCE_NOT_FOUND
        ? McpError.RESOURCE_NOT_FOUND.apply(uri)
        : McpError.builder(code).message(line(failure)).build();
  }

  /// Returns the error of a failed request that has no other place for it, such as a prompt.
  public static McpError rpc(RuntimeException failure) {
    log(failure);
    int code = failure instanceof UserError error ? code(error.kind()) : code(UserError.Kind.IO);
    // Only a resource can be a resource that is not found.
    return McpError.builder(
            code == McpSchema.ErrorCodes.RESOURCE_NOT_FOUND
                ? McpSchema.ErrorCodes.INVALID_PARAMS
                : code)
        .message(line(failure))
        .build();
  }

  /// Returns the JSON-RPC code of a kind of error.
  public static int code(UserError.Kind kind) {
    return switch (kind) {
      // What a caller must not see looks nonexistent.
      case NOT_FOUND, FORBIDDEN, UNAUTHENTICATED -> McpSchema.ErrorCodes.RESOURCE_NOT_FOUND;
      case USAGE, INPUT, TOO_LARGE, MEDIA_TYPE, CONFLICT, UNANSWERABLE, UNPAID ->
          McpSchema.ErrorCodes.INVALID_PARAMS;
      case RATE_LIMITED,
          BUSY,
          UNAVAILABLE,
          UPSTREAM,
          TIMEOUT,
          CUT_OFF,
          CONFIG,
          CANNOT_WRITE,
          IO,
          DISK_FULL ->
          McpSchema.ErrorCodes.INTERNAL_ERROR;
    };
  }

  private static String kind(RuntimeException failure) {
    return switch (failure) {
      case UserError error -> error.kind().name().toLowerCase(Locale.ROOT);
      case CancellationException _ -> "cancelled";
      default -> FailureLine.isDefect(failure) ? "defect" : "io";
    };
  }

  /// Returns one line without internals.
  public static String line(RuntimeException failure) {
    return switch (failure) {
      case UserError error -> PublicLine.of(error).lines().findFirst().orElse("");
      case CancellationException _ -> "the call was cancelled before it ended: call again";
      case Throwable full when DiskSpace.isExhausted(full) -> FailureLine.line(full);
      default ->
          FailureLine.isDefect(failure)
              ? "this is a defect of the server: its log has more"
              : "I/O error of the server: its log has more";
    };
  }

  private static void log(RuntimeException failure) {
    if (failure instanceof UserError || failure instanceof CancellationException) {
      return;
    }
    if (FailureLine.isDefect(failure)) {
      LOG.error("call failed", failure);
    } else {
      LOG.warn("call failed cause={}", failure.toString());
    }
  }
}
