package brimful.http.hook;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.collection.library.Collection;
import brimful.collection.library.CollectionService;
import brimful.collection.library.CollectionSource;
import brimful.corpus.UserError;
import brimful.http.edge.HttpJson;
import brimful.source.forge.ForgeAddress;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Serves `/v1/hooks`: a forge says that a repository has changed, and the server reads it.
///
/// The request needs no key. Its signature proves instead that whoever sent it knows the secret:
/// `X-Hub-Signature-256` of GitHub, Gitea and Forgejo is over the whole body, as is the
/// `X-Gitea-Signature` that old versions send alone; GitLab sends the secret itself in
/// `X-Gitlab-Token`. Without the proof nobody learns whether a collection or source exists, or
/// whether this server has a secret at all. A repeated request only reads again what is unchanged,
/// and requests that arrive before their job has begun share it. Safe for many threads.
public final class Webhooks {
  /// The path, as OpenAPI writes it.
  public static final String PATH = "/v1/hooks/{collection}/{source}";

  /// The variables that have the secret, or name its file.
  static final String SECRET = "BRIMFUL_HOOK_SECRET";

  static final String SECRET_FILE = "BRIMFUL_HOOK_SECRET_FILE";

  private static final int SECRET_BYTES_MIN = 16;

  /// Anybody may send a body: a push with the 2,048 commits that GitHub lists at most fits.
  private static final int BODY_BYTES_MAX = 5 << 20;

  private static final Pattern OWN = Pattern.compile("/v1/hooks/[^/]+/[^/]+");
  private static final String SIGNED = "sha256=";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CollectionService collections;
  private final Optional<byte[]> secret;

  /// @param environment the process's variables, which have the secret or name its file
  /// @throws UserError if the secret cannot be read, or is too short
  public Webhooks(CollectionService collections, Map<String, String> environment) {
    this.collections = collections;
    secret = secret(environment);
  }

  /// Returns whether a request passes without a key.
  public static boolean isHook(String method, String path) {
    return method.equals("POST") && OWN.matcher(path).matches();
  }

  private static Optional<byte[]> secret(Map<String, String> environment) {
    String file = environment.getOrDefault(SECRET_FILE, "");
    String text = environment.getOrDefault(SECRET, "");
    String variable = file.isEmpty() ? SECRET : SECRET_FILE;
    if (!file.isEmpty()) {
      try {
        text = Files.readString(Path.of(file));
      } catch (IOException | InvalidPathException e) {
        throw new UserError(
            UserError.Kind.CONFIG,
            "cannot read %s, which %s names: check the path, and make it readable"
                .formatted(file, SECRET_FILE),
            e);
      }
    }
    byte[] bytes = text.strip().getBytes(UTF_8);
    if (bytes.length < SECRET_BYTES_MIN && !(bytes.length == 0 && file.isEmpty())) {
      throw new UserError(
          UserError.Kind.CONFIG,
          "the secret of %s is shorter than %s bytes: make one with openssl rand -hex 32"
              .formatted(variable, SECRET_BYTES_MIN));
    }
    return bytes.length == 0 ? Optional.empty() : Optional.of(bytes);
  }

  /// Receives a request, and starts to read what it names.
  public void receive(Context context) {
    byte[] body = proven(context);
    Collection collection;
    CollectionSource source;
    try {
      collection = collections.collection(context.pathParam("collection"));
      source = collection.source(context.pathParam("source")).orElseThrow(Webhooks::refused);
    } catch (UserError e) {
      throw e.kind() == UserError.Kind.NOT_FOUND ? refused() : e;
    }
    String event = Optional.ofNullable(context.header("X-GitHub-Event")).orElse("");
    if (!event.equals("ping")) {
      start(collection, source, payload(body));
    }
    HttpJson.send(context, HttpStatus.ACCEPTED, HttpJson.object().put("status", "accepted"));
  }

  /// Returns the body of a request whose sender knows the secret.
  private byte[] proven(Context context) {
    String signature =
        Optional.ofNullable(context.header("X-Hub-Signature-256"))
            .or(() -> Optional.ofNullable(context.header("X-Gitea-Signature")).map(SIGNED::concat))
            .orElse("");
    String token = Optional.ofNullable(context.header("X-Gitlab-Token")).orElse("");
    if (secret.isEmpty()) {
      throw refused();
    }
    if (signature.isEmpty()) {
      if (!isEqual(token.getBytes(UTF_8), secret.get())) {
        throw refused();
      }
      return body(context);
    }
    byte[] body = body(context);
    if (!signature.startsWith(SIGNED) || !isSignature(signature, body)) {
      throw refused();
    }
    return body;
  }

  private boolean isSignature(String signature, byte[] body) {
    String given = signature.substring(SIGNED.length());
    return isEqual(given.getBytes(UTF_8), HexFormat.of().formatHex(hmac(body)).getBytes(UTF_8));
  }

  /// Takes a time that does not depend on where two texts differ.
  private static boolean isEqual(byte[] given, byte[] own) {
    return MessageDigest.isEqual(given, own);
  }

  private byte[] hmac(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.orElseThrow(), "HmacSHA256"));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static byte[] body(Context context) {
    try {
      byte[] body =
          context.req().getContentLengthLong() > BODY_BYTES_MAX
              ? new byte[0]
              : context.bodyInputStream().readNBytes(BODY_BYTES_MAX + 1);
      if (body.length == 0 || body.length > BODY_BYTES_MAX) {
        throw new UserError(
            UserError.Kind.TOO_LARGE,
            "an event has a body of at most %s MB: let the webhook send pushes only"
                .formatted(BODY_BYTES_MAX >> 20));
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UserError refused() {
    return new UserError(UserError.Kind.UNAUTHENTICATED, "this request opens nothing here");
  }

  private static JsonNode payload(byte[] body) {
    try {
      JsonNode payload = JSON.readTree(body);
      if (payload != null && payload.isObject()) {
        return payload;
      }
    } catch (JsonProcessingException _) {
      // Reported below, as what is no object.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new UserError(
        UserError.Kind.USAGE,
        "the body is not a JSON object: let the webhook send application/json");
  }

  /// Reads the repository that a payload names; where a source is none of an organisation, all of
  /// the source.
  private void start(Collection collection, CollectionSource source, JsonNode payload) {
    if (!ForgeAddress.isMeant(source.location())) {
      var _ = collections.syncPart(collection.name(), source.id(), "");
      return;
    }
    ForgeAddress address = ForgeAddress.of(source.location());
    if (address.kind() == ForgeAddress.Kind.GIT_LIST) {
      var _ = collections.syncPart(collection.name(), source.id(), "");
      return;
    }
    String full =
        payload
            .at("/repository/full_name")
            .asText(payload.at("/project/path_with_namespace").asText(""));
    String prefix = address.name() + "/";
    if (full.length() <= prefix.length()
        || !full.regionMatches(true, 0, prefix, 0, prefix.length())) {
      throw new UserError(
          UserError.Kind.USAGE,
          "\"%s\" is no repository of %s: send the webhooks of that organisation here"
              .formatted(full, address));
    }
    var _ = collections.syncPart(collection.name(), source.id(), full.substring(prefix.length()));
  }
}
