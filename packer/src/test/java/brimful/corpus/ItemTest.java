package brimful.corpus;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ItemTest {
  private static final DocumentId ZIP = new DocumentId("a.zip");

  private static Document document(DocumentId id) {
    var chunk = new Chunk(id, 0, new Locator.Lines(1, 1), "", List.of(), "text", 3);
    return new Document(id, List.of(chunk));
  }

  @Test
  void refusesAnIdThatIsThereTwice() {
    Document document = document(ZIP.member("b"));
    var member = new Item.Member(ZIP.member("b"), new Outcome.Indexed());
    var indexed = new Outcome.Indexed();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Item(ZIP, "", indexed, List.of(document, document), List.of()))
        .withMessageContaining("a.zip!/b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Item(ZIP, "", indexed, List.of(), List.of(member, member)));
  }

  @Test
  void refusesWhatIsOfAnotherItem() {
    var stranger = new Item.Member(new DocumentId("b.zip!/b"), new Outcome.Indexed());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Item(ZIP, "", new Outcome.Indexed(), List.of(), List.of(stranger)));
  }
}
