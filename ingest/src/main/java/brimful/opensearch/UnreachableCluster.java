package brimful.opensearch;

import brimful.corpus.UserError;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// Why a request to a cluster had no answer, in one line.
final class UnreachableCluster {
  private static final int CAUSES_MAX = 20;

  private UnreachableCluster() {}

  /// Whether the same request would fail again: the cluster speaks otherwise, or is not the one
  /// that it should be.
  static boolean isPermanent(IOException cause) {
    return misspoken(cause).isPresent() || isDistrusted(cause);
  }

  static UserError of(OpenSearchAddress address, IOException cause) {
    Optional<String> misspoken = misspoken(cause);
    String line =
        misspoken.isPresent()
            ? "OpenSearch at %s cannot be reached (%s): %s"
                .formatted(address, reason(cause), misspoken.get())
            : isDistrusted(cause)
                ? "the certificate of OpenSearch at %s is not taken (%s): %s"
                    .formatted(address, reason(cause), trusting(cause))
                : has(cause, TimeoutException.class)
                    ? "OpenSearch at %s cannot be reached (%s): look at the health of the cluster, where a shard may have no node, and at its load"
                        .formatted(address, reason(cause))
                    : "OpenSearch at %s cannot be reached (%s): check that it runs, and the address of --index%s"
                        .formatted(address, reason(cause), scheme(address, cause));
    boolean permanent = isPermanent(cause);
    return new UserError(
        permanent ? UserError.Kind.CONFIG : UserError.Kind.UNAVAILABLE, line, cause);
  }

  /// Returns what to do where one side speaks TLS and the other does not.
  private static Optional<String> misspoken(IOException cause) {
    String said = reason(cause).toLowerCase(Locale.ROOT);
    if (said.contains("unsupported or unrecognized ssl message")) {
      return Optional.of("it speaks http, so begin the address with http://");
    }
    return said.contains("status line")
        ? Optional.of("it may speak https: begin the address with https:// then")
        : Optional.empty();
  }

  /// A server of TLS hangs up on who does not speak it, as one does that ends.
  private static String scheme(OpenSearchAddress address, IOException cause) {
    boolean hungUp = reason(cause).contains("received no bytes");
    return hungUp && "http".equals(address.server().getScheme())
        ? ", which may have to begin with https://"
        : "";
  }

  private static boolean isDistrusted(IOException cause) {
    return has(cause, SSLException.class)
        && (has(cause, CertificateException.class)
            || causes(cause).anyMatch(one -> one.getClass().getName().contains("CertPath")));
  }

  private static String trusting(IOException cause) {
    if (has(cause, CertificateExpiredException.class)
        || has(cause, CertificateNotYetValidException.class)) {
      return "renew it, or check the clock of this machine";
    }
    return String.valueOf(cause.getMessage()).contains("ubject alternative")
        ? "name the cluster in --index as its certificate does"
        : "put the certificate of its authority into a trust store, and set BRIMFUL_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE";
  }

  private static boolean has(Throwable cause, Class<? extends Throwable> type) {
    return causes(cause).anyMatch(type::isInstance);
  }

  private static Stream<Throwable> causes(Throwable cause) {
    return Stream.<Throwable>iterate(cause, one -> one != null, Throwable::getCause)
        .limit(CAUSES_MAX);
  }

  private static String reason(IOException cause) {
    String said =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    String first = said.lines().findFirst().orElse("");
    return causes(cause)
        .filter(one -> one instanceof CertificateExpiredException)
        .findFirst()
        .map(one -> first + ", expired: " + one.getMessage())
        .orElse(first);
  }
}
