package brimful.ask;

import brimful.model.Usage;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Assembles the pieces of one reply; used by one thread.
final class ReplyBuilder {
  /// Ten times the longest reply of any model.
  private static final int TEXT_CHARS_MAX = 32 << 20;

  private final ProviderErrors providerErrors;
  private final Asker.Listener listener;
  private final long started = System.nanoTime();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder refusal = new StringBuilder();
  private final ToolCalls toolCalls = new ToolCalls();
  private final List<JsonNode> logprobs = new ArrayList<>();
  private final List<Reply.Refused> refused = new ArrayList<>(1);
  private final ThinkTags thinkTags;
  private boolean begun;
  private boolean done;
  private String finish = "";
  private String model = "";
  private String problem = "";
  private Usage usage = Usage.UNREPORTED;

  ReplyBuilder(ProviderErrors providerErrors, Asker.Listener listener) {
    this.providerErrors = providerErrors;
    this.listener = listener;
    thinkTags = new ThinkTags(this::answered, listener::reasoning);
  }

  private void answered(String delta) {
    text.append(delta);
    listener.text(delta);
  }

  /// Takes a piece, and returns whether it was the last.
  boolean add(StreamEvent streamEvent) {
    return switch (streamEvent) {
      case StreamEvent.Text(String delta) -> {
        begun = true;
        thinkTags.add(delta);
        yield tooLong(text.length());
      }
      case StreamEvent.Reasoning(String delta) -> {
        begun = true;
        listener.reasoning(delta);
        yield false;
      }
      case StreamEvent.Event(JsonNode json) -> addEvent(json);
      case StreamEvent.Alive() -> false;
      case StreamEvent.Done() -> {
        done = true;
        yield true;
      }
      case StreamEvent.End() -> true;
      case StreamEvent.Status(int status, String type, String body, String retryAfter) -> {
        refused.add(
            status == 200
                ? providerErrors.notAStream(type, body)
                : providerErrors.of(status, body, retryAfter));
        listener.refused(
            ProviderErrors.retryAfter(retryAfter), status == 200 || StreamError.isLost(status));
        yield true;
      }
      case StreamEvent.Failure(Throwable cause) -> {
        fail(cause);
        yield true;
      }
    };
  }

  private boolean addEvent(JsonNode json) {
    if (StreamError.isOne(json)) {
      fail(new StreamError(json));
      return true;
    }
    model = json.path("model").asText(model);
    JsonNode prefill = json.path("prompt_progress");
    if (prefill.isObject()) {
      listener.prefill(count(prefill.path("processed")), count(prefill.path("total")));
    }
    JsonNode choice = json.path("choices").path(0);
    String reason = choice.path("finish_reason").asText("");
    finish = reason.isEmpty() || reason.equals("null") ? finish : reason;
    JsonNode used = json.path("usage");
    if (used.isObject()) {
      usage = UsageReport.of(used, usage);
      listener.usage();
    }
    return addBesides(choice);
  }

  private boolean addBesides(JsonNode choice) {
    JsonNode delta = choice.path("delta");
    JsonNode calls = delta.path("tool_calls");
    String refused = delta.path("refusal").asText("");
    JsonNode tokens = choice.path("logprobs").path("content");
    if (!calls.isEmpty() || !refused.isEmpty() || !tokens.isEmpty()) {
      begun = true;
      toolCalls.add(calls);
      refusal.append(refused);
      tokens.forEach(logprobs::add);
      listener.besides(choice);
    }
    return tooLong(toolCalls.chars() + refusal.length());
  }

  private boolean tooLong(long chars) {
    if (chars > TEXT_CHARS_MAX || logprobs.size() > TEXT_CHARS_MAX) {
      problem = String.format(Locale.ROOT, "the answer passed %,d characters", TEXT_CHARS_MAX);
    }
    return !problem.isEmpty();
  }

  private static long count(JsonNode number) {
    return UsageReport.count(number).orElse(0);
  }

  private void fail(StreamError error) {
    if (begun) {
      problem =
          "the server failed in the middle of the answer: "
              + providerErrors.said(error.event().toString());
    } else {
      Reply.Refused refusedInStream = providerErrors.inStream(error);
      refused.add(refusedInStream);
      boolean unread = refusedInStream.kind() == Reply.Kind.OVERFLOW;
      listener.refused(Duration.ZERO, !unread && error.mayBeBilled());
    }
  }

  private void fail(Throwable cause) {
    if (begun) {
      problem = "the connection broke in the middle of the answer";
    } else {
      refused.add(providerErrors.of(cause));
      listener.refused(Duration.ZERO, !ProviderErrors.neverLeft(cause));
    }
  }

  Reply build() {
    thinkTags.end();
    if (!refused.isEmpty()) {
      return refused.getFirst();
    }
    if (finish.equals("insufficient_system_resource")) {
      problem = "the server ran out of resources in the middle of the answer";
    }
    // A finish reason comes last: with it, or [DONE], all text has arrived.
    if (problem.isEmpty() && (done || !finish.isEmpty())) {
      Duration took = Duration.ofNanos(System.nanoTime() - started);
      var besides = new Reply.Besides(toolCalls.whole(), refusal.toString(), logprobs);
      return new Reply.Answered(text.toString(), usage, finish, model, took, besides);
    }
    if (!begun && problem.isEmpty()) {
      problem = "the server closed the stream before the answer";
    }
    return cutOff(problem.isEmpty() ? "the stream ended in the middle of the answer" : problem);
  }

  Reply silent(Duration silence) {
    String waited = String.format(Locale.ROOT, "%,d s", silence.toSeconds());
    return begun
        ? cutOff("nothing more came for " + waited)
        : new Reply.Refused(
            Reply.Kind.TIMEOUT,
            "no answer came in %s: try again, or raise silence_max".formatted(waited));
  }

  Reply interrupted() {
    return begun
        ? cutOff("it was stopped")
        : new Reply.Refused(Reply.Kind.INTERRUPTED, "stopped before the answer");
  }

  private Reply cutOff(String cause) {
    thinkTags.end();
    return new Reply.CutOff(
        text.toString(), cause + ": the received part is kept; ask again for a complete answer");
  }
}
