package brimful.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AddressTest {

  @Test
  void comesBackAsItWent() {
    var address = new Address("docs", "src/ä ö/100%/a?b#c [1].zip!/x.pdf");

    String uri = address.uri();

    assertThat(uri).matches("brimful://docs/[-._~/!$&'()*+,;=:@%A-Za-z0-9]+");
    assertThat(Address.parse(uri)).contains(address);
  }

  @Test
  void leadsToADocumentOfAnyName() {
    for (String name : List.of("a!/b", "..", "\u202E %25#?", "\\x41 {x}", "\u0092設備")) {
      String id = DocumentId.of("in").member(name).in("docs!").value();

      String uri = new Address("docs", id).uri();

      assertThat(uri).matches("brimful://docs/[-._~/!$&'()*+,;=:@%A-Za-z0-9]+");
      assertThat(URI.create(uri).normalize()).hasToString(uri);
      assertThat(Address.parse(uri)).contains(new Address("docs", id));
    }
  }

  @Test
  void readsPercentsThatStandForNothingAsTheyAre() {
    assertThat(Address.parse("brimful://docs/100%/a%zz"))
        .contains(new Address("docs", "100%/a%zz"));
  }

  @Test
  void isNoneWithoutADocument() {
    assertThat(Address.parse("brimful://docs/")).isEmpty();
    assertThat(Address.parse("brimful://docs")).isEmpty();
    assertThat(Address.parse("file:///etc/passwd")).isEmpty();
  }
}
