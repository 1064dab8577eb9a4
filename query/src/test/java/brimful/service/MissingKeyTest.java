package brimful.service;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.ask.Reply;
import brimful.collection.MemoryCorpus;
import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.rank.Rescorer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A named model whose key is missing.
final class MissingKeyTest {
  /// Refuses every call, and so must not be asked.
  private static final Spender BROKE =
      new Spender() {
        @Override
        public boolean isLimited() {
          return true;
        }

        @Override
        public Decision decide(double usdMost) {
          return new Decision.Refused(new UserError(UserError.Kind.UNPAID, "no money"), false);
        }
      };

  @TempDir private Path folder;

  @Test
  void isReportedBeforeLimitsOfMoney() {
    var models =
        new Models(
            Map.of(
                "BRIMFUL_HOME", folder.toString(),
                "BRIMFUL_MODEL", "gpt-5.5",
                "BRIMFUL_SPEND_USD_MAX", "0.000001"));
    var service = new QueryService(models, new Admission(Admission.Observer.NONE), Rescorer.NONE);
    var corpus =
        new MemoryCorpus(
            "notes", List.of(new MemoryCorpus.Text(new DocumentId("a.md"), "They swim.")));

    AskResult result =
        service.ask(
            AskRequest.of(corpus, "who swims?", "", ""), BROKE, QueryService.Listener.SILENT);

    assertThat(result)
        .isInstanceOfSatisfying(
            AskResult.Replied.class,
            replied -> {
              assertThat(replied.reply())
                  .isInstanceOfSatisfying(
                      Reply.Refused.class,
                      refused -> {
                        assertThat(refused.kind()).isEqualTo(Reply.Kind.KEY);
                        assertThat(refused.message()).contains("set OPENAI_API_KEY");
                      });
              assertThat(replied.paid().usd()).isZero();
            });
  }
}
