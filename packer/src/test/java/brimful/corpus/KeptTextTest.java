package brimful.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class KeptTextTest {
  @Test
  void saysOnceWhyATextIsKeptAndOfWhichDay() {
    var before = new Outcome.Truncated(2, 5, "pages", "3 without text layer");

    Outcome kept =
        KeptText.outcome(KeptText.outcome(before, "status 503", ""), "status 500", "2026-11-28");

    assertThat(kept.display())
        .isEqualTo(
            "truncated: 2 of 5 pages (3 without text layer; failed for now (status 500), text of 2026-11-28 kept)");
    assertThat(KeptText.is(kept)).isTrue();
    assertThat(KeptText.is(before)).isFalse();
    assertThat(KeptText.before(kept)).isEqualTo(before);
    assertThat(KeptText.before(KeptText.outcome(new Outcome.Indexed(), "status 503", "")))
        .isEqualTo(new Outcome.Indexed());
    assertThat(KeptText.outcome(new Outcome.Indexed(), "status 503", "").cause())
        .isEqualTo("failed for now (status 503), its earlier text is kept");
  }

  @Test
  void keepsNothingOfWhatHasNoText() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeptText.outcome(new Outcome.Failed("broken"), "status 503", ""))
        .withMessageContaining("failed: broken has no text");
  }
}
