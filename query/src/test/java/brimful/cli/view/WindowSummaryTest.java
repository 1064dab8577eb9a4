package brimful.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.pack.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WindowSummaryTest {
  @Test
  void imagesThatAreLeftOutAreCountedByTheirReason() {
    var leftOut =
        List.of(
            new Window.LeftOut(
                new DocumentId("a.png"),
                "1 image not shown: the limit of 48,000,000 bytes a request"),
            new Window.LeftOut(
                new DocumentId("b.pdf"),
                "1,505 images not shown: the limit of 48,000,000 bytes a request"),
            new Window.LeftOut(new DocumentId("c.png"), "1 image not shown: budget"),
            new Window.LeftOut(new DocumentId("d.md"), "budget: 2 of 3 chunks"));

    assertThat(WindowSummary.leftOutImages(leftOut))
        .containsExactly(
            "1 image left out: budget",
            "1,506 images left out: the limit of 48,000,000 bytes a request");
  }

  @Test
  void filesThatEndedAlikeHaveOneReason() {
    var outcomes =
        List.of(
            Outcome.Truncated.brokenOff(1, "members", "the file ends early"),
            Outcome.Truncated.brokenOff(40_960, "bytes", "the file ends early"),
            new Outcome.Truncated(2, 4, "pages", "2 without text layer"),
            new Outcome.Truncated(1, 1_000, "members"),
            new Outcome.Skipped("media"),
            new Outcome.Skipped("link to a.txt"));

    assertThat(outcomes)
        .extracting(WindowSummary::reason)
        .containsExactly(
            "truncated: the file ends early",
            "truncated: the file ends early",
            "truncated: pages (2 without text layer)",
            "truncated: members",
            "skipped: media",
            "skipped: link");
  }
}
