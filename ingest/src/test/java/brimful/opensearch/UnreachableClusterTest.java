package brimful.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import brimful.corpus.UserError;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Why a cluster has no answer, by real handshakes and by exceptions as the JDK nests them.
final class UnreachableClusterTest {
  private static final String PASSWORD = "changeit";

  private static final OpenSearchAddress ADDRESS =
      OpenSearchAddress.of("opensearch=https://search:9200/acme", Map.of());

  private static UserError error(IOException cause) {
    UserError error = UnreachableCluster.of(ADDRESS, cause);
    assertThat(error.line()).contains("https://search:9200/acme").doesNotContain("\n");
    return error;
  }

  private static HttpsServer server(Path folder) throws Exception {
    Path keys = folder.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var made =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "search",
                "-keyalg",
                "EC",
                "-dname",
                "CN=search",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(made.waitFor()).isZero();
    var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
    server.start();
    return server;
  }

  private static SSLContext context(Path keys) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  /// Nobody waits for a certificate to become another.
  @Test
  void saysHowToTrustACertificate(@TempDir Path folder) throws Exception {
    HttpsServer server = server(folder);
    try {
      for (String scheme : new String[] {"https", "http"}) {
        var address =
            OpenSearchAddress.of(
                "opensearch=%s://127.0.0.1:%s".formatted(scheme, server.getAddress().getPort()),
                Map.of());

        UserError error =
            catchThrowableOfType(
                UserError.class,
                () ->
                    OpenSearchCluster.open(
                        address,
                        scheme.equals("https") ? Duration.ofDays(1) : Duration.ofMillis(1)));

        assertThat(error.line())
            .contains(
                scheme.equals("https")
                    ? "set BRIMFUL_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE"
                    : "begin the address with https:// then");
      }
    } finally {
      server.stop(0);
    }
  }

  @Test
  void saysThatAClusterDoesNotSpeakTls() {
    UserError error = error(new SSLException("Unsupported or unrecognized SSL message"));

    assertThat(error.kind()).isEqualTo(UserError.Kind.CONFIG);
    assertThat(error.line()).contains("it speaks http, so begin the address with http://");
  }

  /// As one that ends does: only a hint, and reason to try again.
  @Test
  void tellsOfHttpsWhereAServerHangsUp() {
    var plain = OpenSearchAddress.of("opensearch=http://search:9200", Map.of());
    var closed = new IOException("HTTP/1.1 header parser received no bytes");

    assertThat(UnreachableCluster.of(plain, closed).line())
        .contains("which may have to begin with https://");
    assertThat(UnreachableCluster.isPermanent(closed)).isFalse();
  }

  @Test
  void saysThatACertificateHasExpired() {
    var expired = new CertificateExpiredException("NotAfter: Tue Nov 24 10:00:00 UTC 2026");
    var failed = new SSLHandshakeException("PKIX path validation failed");
    failed.initCause(new CertPathValidatorException("validity check failed", expired));

    UserError error = error(failed);

    assertThat(error.kind()).isEqualTo(UserError.Kind.CONFIG);
    assertThat(error.line())
        .contains("expired: NotAfter: Tue Nov 24")
        .contains("renew it, or check the clock of this machine");
  }

  @Test
  void saysThatACertificateHasAnotherName() {
    var failed = new SSLHandshakeException("No subject alternative DNS name matching x found.");
    failed.initCause(new CertificateException(failed.getMessage()));

    assertThat(error(failed).line()).contains("name the cluster in --index as its certificate");
  }

  /// A node that ends may break a handshake off.
  @Test
  void triesAgainWhatMayPass() {
    var ended = new SSLHandshakeException("Remote host terminated the handshake");
    var slow = new IOException("no whole answer within 9 ms", new TimeoutException());

    assertThat(UnreachableCluster.isPermanent(ended)).isFalse();
    assertThat(UnreachableCluster.isPermanent(slow)).isFalse();
    assertThat(error(ended).line()).contains("check that it runs");
    assertThat(error(slow).line())
        .contains("no whole answer within 9 ms")
        .contains("look at the health of the cluster");
    assertThat(error(slow).kind()).isEqualTo(UserError.Kind.UNAVAILABLE);
  }
}
