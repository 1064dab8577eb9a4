package brimful.ask;

import brimful.model.ApiKey;
import brimful.model.ModelProfile;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Explains in one line what a server's refusal means and what to do.
final class ProviderErrors {
  private static final int SAID_CHARS_MAX = 300;
  private static final int CAUSES_MAX = 20;
  private static final Pattern OVERFLOW =
      Pattern.compile(
          "context[_ ](length|window|size)|maximum context|context overflow"
              + "|too many tokens(?! (were |have been )?generated)"
              + "|prompt is too long|exceed_context|exceeds the available context|input.{0,40}too long",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SHARED_OVERFLOW =
      Pattern.compile("context size has been exceeded", Pattern.CASE_INSENSITIVE);
  private static final Pattern LOADING = Pattern.compile("loading model", Pattern.CASE_INSENSITIVE);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern FIRST_NAME = Pattern.compile("[.\\[]");

  private final ModelProfile profile;
  private final ApiKey key;
  private final int promptTokens;

  /// @param promptTokens what was sent, as Brimful counts
  ProviderErrors(ModelProfile profile, ApiKey key, int promptTokens) {
    this.profile = profile;
    this.key = key;
    this.promptTokens = promptTokens;
  }

  /// Returns the refusal for an HTTP status.
  ///
  /// @param retryAfter that header; may be empty
  Reply.Refused of(int status, String body, String retryAfter) {
    String said = said(body);
    String host = profile.endpoint().baseUrl();
    return switch (status) {
      case 401, 403 -> refused(Reply.Kind.KEY, keyProblem(status), said);
      case 402 ->
          refused(
              Reply.Kind.BALANCE,
              "%s has no balance left (402): top up the account"
                  .formatted(profile.endpoint().provider()),
              said);
      case 404 ->
          refused(
              Reply.Kind.REQUEST,
              "%s has no model %s, or no chat there (404): check the model and --base-url"
                  .formatted(host, profile.id()),
              said);
      case 429 ->
          refused(
              Reply.Kind.RATE,
              "%s limits the request rate (429): try again %s".formatted(host, wait(retryAfter)),
              said);
      case 413 -> overflow(status, said);
      case 400, 422 ->
          isOverflow(body)
              ? overflow(status, said)
              : naming(
                  field(body),
                  refused(
                      Reply.Kind.REQUEST,
                      "%s rejects the request (%s): check the model and its settings"
                          .formatted(host, status),
                      said));
      case 500 ->
          // A runner whose slots share one context says so when they exceed it together.
          SHARED_OVERFLOW.matcher(body).find()
              ? overflow(status, said)
              : failed(status, retryAfter, said);
      case 503 ->
          LOADING.matcher(body).find()
              ? refused(
                  Reply.Kind.OVERLOAD,
                  "%s is still loading its model: try again in a moment".formatted(host),
                  said)
              : refused(
                  Reply.Kind.OVERLOAD,
                  "%s is overloaded (503): try again %s".formatted(host, wait(retryAfter)),
                  said);
      default ->
          status >= 500
              ? failed(status, retryAfter, said)
              : refused(
                  Reply.Kind.REQUEST,
                  "%s answers with status %s instead of a reply: check --base-url"
                      .formatted(host, status),
                  said);
    };
  }

  private Reply.Refused failed(int status, String retryAfter, String said) {
    return refused(
        Reply.Kind.SERVER,
        "%s failed (%s): try again %s"
            .formatted(profile.endpoint().baseUrl(), status, wait(retryAfter)),
        said);
  }

  /// Returns the refusal for a server that answers in another protocol.
  Reply.Refused notAStream(String contentType, String body) {
    return refused(
        Reply.Kind.REQUEST,
        "%s answers with \"%s\" instead of a stream: check --base-url"
            .formatted(profile.endpoint().baseUrl(), clean(contentType)),
        said(body));
  }

  /// Returns the refusal for a failure before the first piece.
  Reply.Refused of(Throwable failure) {
    String host = profile.endpoint().baseUrl();
    List<Throwable> causes = causes(failure);
    // An unknown host is also reported as a failed connection, so the order matters.
    if (has(causes, UnknownHostException.class) || has(causes, UnresolvedAddressException.class)) {
      return unreachable("the host of %s is not known: check --base-url and the network", host);
    }
    if (has(causes, HttpConnectTimeoutException.class)) {
      return unreachable("%s does not answer: check --base-url, the network and a proxy", host);
    }
    if (causes.stream().anyMatch(ProviderErrors::isHandshake)) {
      return unreachable("%s has no trusted certificate: check --base-url and a proxy", host);
    }
    if (has(causes, ConnectException.class)) {
      return unreachable("%s refuses the connection: check --base-url, or start the server", host);
    }
    return refused(
        Reply.Kind.UNREACHABLE,
        "%s closed the connection before a reply: try again".formatted(host),
        clean(String.valueOf(causes.getLast().getMessage())));
  }

  private static List<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(CAUSES_MAX)
        .toList();
  }

  /// Returns whether a failure proves that no server has read the request.
  static boolean neverLeft(Throwable failure) {
    List<Throwable> causes = causes(failure);
    return has(causes, UnknownHostException.class)
        || has(causes, UnresolvedAddressException.class)
        || has(causes, HttpConnectTimeoutException.class)
        || causes.stream().anyMatch(ProviderErrors::isHandshake)
        || has(causes, ConnectException.class);
  }

  /// Returns whether an encrypted connection did not come about. One that broke later may have
  /// carried the request.
  private static boolean isHandshake(Throwable cause) {
    return cause instanceof SSLHandshakeException
        || cause instanceof SSLPeerUnverifiedException
        || (cause instanceof SSLException
            && String.valueOf(cause.getMessage()).startsWith("Unsupported or unrecognized SSL"));
  }

  private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
    return causes.stream().anyMatch(type::isInstance);
  }

  /// Returns the refusal for an error in the stream, before any text.
  Reply.Refused inStream(StreamError error) {
    String body = error.withoutReply().toString();
    if (error.status() > 0) {
      return of(error.status(), body, "");
    }
    return isOverflow(body)
        ? overflow(400, said(body))
        : refused(
            Reply.Kind.SERVER,
            "%s failed: try again in a minute".formatted(profile.endpoint().baseUrl()),
            said(body));
  }

  /// Returns whether a server says that a prompt is too long.
  static boolean isOverflow(String body) {
    return OVERFLOW.matcher(body).find();
  }

  /// Returns a server's text on one line, bounded and without the key.
  String clean(String text) {
    String line = key.redact(text).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= SAID_CHARS_MAX ? line : line.substring(0, SAID_CHARS_MAX) + "...";
  }

  private static Reply.Refused naming(String field, Reply.Refused refused) {
    return new Reply.Refused(refused.kind(), refused.message(), field);
  }

  /// Returns the first part of the name of the field that an error is about, such as `tools` of
  /// `tools[0].function`; empty if it names none.
  private static String field(String body) {
    try {
      String param = JSON.readTree(body.strip()).path("error").path("param").asText("");
      return FIRST_NAME.split(param, 2)[0];
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  /// Returns the server's own words, or nothing.
  String said(String body) {
    try {
      JsonNode root = JSON.readTree(body.strip());
      JsonNode error = root.path("error");
      for (JsonNode place : new JsonNode[] {error.path("message"), root.path("message"), error}) {
        if (place.isTextual()) {
          return clean(place.textValue());
        }
      }
    } catch (JsonProcessingException e) {
      // Not JSON, for example a proxy's page. Its beginning is still informative.
    }
    return clean(body.replaceAll("<[^<>]{0,200}+>", " "));
  }

  private String keyProblem(int status) {
    String variable = profile.endpoint().keyVariable();
    String where = variable.isEmpty() ? "BRIMFUL_API_KEY" : variable;
    return key.isEmpty()
        ? "%s requires a key (%s): set %s".formatted(profile.endpoint().baseUrl(), status, where)
        : "%s rejects the key %s (%s): set %s to a valid one"
            .formatted(profile.endpoint().baseUrl(), key.masked(), status, where);
  }

  private Reply.Refused overflow(int status, String said) {
    return refused(
        Reply.Kind.OVERFLOW,
        String.format(
            Locale.ROOT,
            "prompt of %,d tokens and %,d of template is more than %s takes (%d), which is planned with a window of %,d: lower --budget",
            promptTokens,
            profile.limits().templateTokens(),
            profile.id(),
            status,
            profile.limits().windowTokens()),
        said);
  }

  private static Reply.Refused unreachable(String line, String host) {
    return new Reply.Refused(Reply.Kind.UNREACHABLE, line.formatted(host));
  }

  private static Reply.Refused refused(Reply.Kind kind, String line, String said) {
    return new Reply.Refused(kind, said.isEmpty() ? line : line + " [it says: " + said + "]");
  }

  /// Returns "in 20 s"; the header is a number of seconds or a date.
  private static String wait(String retryAfter) {
    return seconds(retryAfter)
        .map(seconds -> String.format(Locale.ROOT, "in %,d s", seconds))
        .orElse("in a minute");
  }

  /// Returns the header's duration; zero if it has none.
  static Duration retryAfter(String header) {
    return Duration.ofSeconds(seconds(header).orElse(0L));
  }

  private static Optional<Long> seconds(String retryAfter) {
    String text = retryAfter.strip();
    if (text.matches("\\d{1,9}(\\.\\d+)?")) {
      return Optional.of((long) Math.ceil(Double.parseDouble(text)));
    }
    try {
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Math.max(0, Duration.between(Instant.now(), at).toSeconds()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
