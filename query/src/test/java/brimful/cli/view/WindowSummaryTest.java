package brimful.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WindowSummaryTest {
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
