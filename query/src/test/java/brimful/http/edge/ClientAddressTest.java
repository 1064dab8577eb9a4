package brimful.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientAddressTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "192.0.2.1, -, 192.0.2.1",
        "192.0.2.1, 203.0.113.9, 192.0.2.1",
        "10.0.0.1, 203.0.113.9, 203.0.113.9",
        "10.0.0.1, '1.1.1.1, 203.0.113.9', 203.0.113.9",
        "10.0.0.1, '203.0.113.9, 10.2.3.4', 203.0.113.9",
        "10.0.0.1, '203.0.113.9, what?', 10.0.0.1",
        "10.0.0.1, 'x\r\nstatus=200', 10.0.0.1",
        "10.0.0.1, '2001:db8::7', 2001:db8:0:0:0:0:0:7",
        "::1, 203.0.113.9, 203.0.113.9",
        "11.0.0.1, 203.0.113.9, 11.0.0.1",
      })
  void onlyTrustedProxiesSayWhoAsks(String peer, String forwarded, String client) {
    var addresses = new ClientAddress(List.of("10.0.0.0/8", "::1"));

    assertThat(addresses.of(peer, forwarded == null ? List.of() : List.of(forwarded)))
        .isEqualTo(client);
    assertThat(new ClientAddress(List.of()).of(peer, List.of("203.0.113.9"))).isEqualTo(peer);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.0.0.128/25, 10.0.0.129, true",
    "10.0.0.128/25, 10.0.0.127, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "10.0.0.1, 10.0.0.2, false"
  })
  void aBlockHasItsAddresses(String block, String address, boolean contained) {
    assertThat(AddressBlock.parse(block).contains(InetAddress.ofLiteral(address)))
        .isEqualTo(contained);
  }
}
