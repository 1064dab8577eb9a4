package brimful.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResourceUriTest {

  @Test
  void comesBackAsItWent() {
    var resourceUri = new ResourceUri("docs", "src/ä ö/100%/a?b#c [1].zip!/x.pdf");

    String uri = resourceUri.uri();

    assertThat(uri).matches("brimful://docs/[-._~/!$&'()*+,;=:@%A-Za-z0-9]+");
    assertThat(ResourceUri.parse(uri)).contains(resourceUri);
  }

  @Test
  void leadsToADocumentOfAnyName() {
    for (String name : List.of("a!/b", "..", "\u202E %25#?", "\\x41 {x}", "\u0092設備")) {
      String id = DocumentId.of("in").member(name).in("docs!").value();

      String uri = new ResourceUri("docs", id).uri();

      assertThat(uri).matches("brimful://docs/[-._~/!$&'()*+,;=:@%A-Za-z0-9]+");
      assertThat(URI.create(uri).normalize()).hasToString(uri);
      assertThat(ResourceUri.parse(uri)).contains(new ResourceUri("docs", id));
    }
  }

  @Test
  void readsPercentsThatStandForNothingAsTheyAre() {
    assertThat(ResourceUri.parse("brimful://docs/100%/a%zz"))
        .contains(new ResourceUri("docs", "100%/a%zz"));
  }

  @Test
  void isNoneWithoutADocument() {
    assertThat(ResourceUri.parse("brimful://docs/")).isEmpty();
    assertThat(ResourceUri.parse("brimful://docs")).isEmpty();
    assertThat(ResourceUri.parse("file:///etc/passwd")).isEmpty();
  }
}
