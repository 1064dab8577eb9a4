package brimful.service;

import brimful.ask.Reply;
import brimful.corpus.UserError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The errors that callers of a server read when a model call fails: the reason and what to do, but
/// nothing about the provider's address or the server's key. The log has the whole line.
public final class UpstreamErrors {
  private static final Logger LOG = LoggerFactory.getLogger(UpstreamErrors.class);

  private UpstreamErrors() {}

  /// Returns the error of a result that has one.
  public static UserError forCaller(AskResult result) {
    UserError error = result.error().orElseThrow();
    LOG.warn("call failed kind={} cause={}", error.kind(), error.line());
    return result instanceof AskResult.Replied replied ? replied.withLost(replied(replied)) : error;
  }

  private static UserError replied(AskResult.Replied replied) {
    return replied.reply() instanceof Reply.Refused refused
        ? refused(replied, refused)
        : new UserError(
            UserError.Kind.CUT_OFF,
            "the answer of %s broke off: what came is kept; ask again for all of it"
                .formatted(replied.prepared().choice().model().id()));
  }

  private static UserError refused(AskResult result, Reply.Refused refused) {
    String model = result.prepared().choice().model().id();
    String field = refused.field();
    // The name is the client's own, so it says nothing of the provider.
    return refused.kind() == Reply.Kind.REQUEST
            && result.prepared().request().options().fields().containsKey(field)
        ? new UserError(
            UserError.Kind.USAGE,
            "%s does not take \"%s\" as it is given: change it, or leave it out"
                .formatted(model, field),
            new UserError.Field(field, "unsupported_value"))
        : refused(refused.kind(), model);
  }

  private static UserError refused(Reply.Kind kind, String model) {
    return switch (kind) {
      case KEY, BALANCE ->
          error(
              UserError.Kind.UPSTREAM,
              "the provider of %s does not accept this server's account: tell who runs it",
              model);
      case RATE ->
          error(
              UserError.Kind.RATE_LIMITED,
              "the provider of %s takes no more requests for now: try again in a minute",
              model);
      case OVERFLOW ->
          error(
              UserError.Kind.UNANSWERABLE,
              "the prompt is longer than %s takes: give a smaller budget",
              model);
      case REQUEST ->
          error(
              UserError.Kind.UNANSWERABLE,
              "the provider of %s does not take the request: ask otherwise, or tell who runs this server",
              model);
      case OVERLOAD, SERVER ->
          error(UserError.Kind.UPSTREAM, "the provider of %s failed: try again in a minute", model);
      case UNREACHABLE ->
          error(
              UserError.Kind.UPSTREAM,
              "the provider of %s cannot be reached: try again, or tell who runs this server",
              model);
      case TIMEOUT -> error(UserError.Kind.TIMEOUT, "%s did not answer in time: try again", model);
      case INTERRUPTED ->
          error(UserError.Kind.BUSY, "the question to %s was cancelled: ask again", model);
    };
  }

  private static UserError error(UserError.Kind kind, String line, String model) {
    return new UserError(kind, line.formatted(model));
  }
}
