package brimful.source.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import brimful.corpus.UserError;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import org.eclipse.jgit.transport.HttpTransport;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublicHostsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.8",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.9",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2001:db8::1",
        "2001::1",
        "2002:7f00:1::",
        "fc00::1",
        "fe80::1",
        "ff02::1"
      })
  void addressesOfSpecialBlocksAreNotPublic(String address) throws UnknownHostException {
    InetAddress parsed = InetAddress.getByName(address);

    assertThat(PublicHosts.isPublic(parsed)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "93.184.216.34", "172.32.0.1", "2606:4700::1111"})
  void othersAre(String address) throws UnknownHostException {
    InetAddress parsed = InetAddress.getByName(address);

    assertThat(PublicHosts.isPublic(parsed)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/a.git",
        "http://localhost:8080/a.git",
        "http://2130706433/a.git",
        "http://0x7f.1/a.git",
        "http://[::ffff:7f00:1]/a.git",
        "https://user:secret@8.8.8.8/a.git",
        "file:///etc/passwd",
        "ssh://git@8.8.8.8/a.git",
        "git://8.8.8.8/a.git",
        "https:///a.git",
        "https://no such host/a.git"
      })
  void onlyPublicHttpAddressesPass(String address) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> PublicHosts.requireAddress(address))
        .withMessageNotContaining("secret");
  }

  /// What git is redirected to is a connection as any other.
  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:1/a.git", "http://localhost:1/a.git", "http://[::1]/"})
  void gitIsNotLedToAHostThatIsNotPublic(String address) {
    HttpConnectionFactory before = HttpTransport.getConnectionFactory();
    PublicHosts.guardGit(Set.of());
    try {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(
              () -> HttpTransport.getConnectionFactory().create(URI.create(address).toURL()))
          .withMessageContaining("is not a public host");
    } finally {
      HttpTransport.setConnectionFactory(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://8.8.8.8/owner/name.git", "https://8.8.8.8/owner/name@v1.2"})
  void publicOnesPass(String address) {
    assertThatNoException().isThrownBy(() -> PublicHosts.requireAddress(address));
  }
}
