package brimful.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import brimful.testing.FuzzContract;
import java.util.List;

/// Any file of questions is read, or refused with a line for its author.
final class QuestionFileFuzzTest extends FuzzContract {
  private static final List<String> NAMES = List.of("q.csv", "q.jsonl", "q.yaml");

  @Override
  protected List<byte[]> examples() {
    return List.of(
        "id,question,type,choices\na,\"why, then?\",choice,x|y\nb,how?,text,\n".getBytes(UTF_8),
        "{\"id\":\"a\",\"question\":\"why?\",\"type\":\"list\"}\n".getBytes(UTF_8),
        "questions:\n- id: a\n  question: why?\n  schema: {type: object}\n".getBytes(UTF_8));
  }

  @Override
  protected void check(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    for (String name : NAMES) {
      try {
        QuestionFile.read(name, text);
      } catch (UserError refused) {
        // As documented.
      }
    }
  }
}
