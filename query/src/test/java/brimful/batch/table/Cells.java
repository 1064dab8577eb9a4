package brimful.batch.table;

import brimful.answer.Citation;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import java.util.List;
import java.util.Random;

/// Cells of all kinds.
public final class Cells {
  private Cells() {}

  public static Cell random(Random random) {
    var bill = new Bill(random.nextInt(3), random.nextInt(), 1, 2, random.nextDouble(), 1, 0.25);
    return switch (random.nextInt(4)) {
      case 0 ->
          new Cell.Answered(
              "\"a \\\"b\\\"\"",
              random.nextDouble(),
              List.of(new Citation(new DocumentId("a.xlsx"), new Locator.Sheet("slide two"), "?")),
              random.nextDouble(),
              bill);
      case 1 -> new Cell.Failed(Cause.CUT_OFF, "the stream broke off", bill);
      case 2 -> new Cell.Draft("{\"a\":", "no JSON", bill);
      default -> new Cell.Pending(bill);
    };
  }
}
