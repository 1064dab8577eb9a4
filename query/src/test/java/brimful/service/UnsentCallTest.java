package brimful.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import brimful.collection.MemoryCorpus;
import brimful.corpus.DocumentId;
import brimful.rank.Rescorer;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnsentCallTest {
  @TempDir private Path folder;

  @Test
  void whoeverHangsUpBeforeTheCallLeavesPaysNothing() {
    var ledger = new SpendLedger(folder, Clock.systemUTC());
    var corpus =
        new MemoryCorpus(
            "notes", List.of(new MemoryCorpus.Text(new DocumentId("a.md"), "They swim.")));
    try (var model = FakeDeepSeek.start(Script.answer("Otters."))) {
      var models =
          new Models(
              Map.of(
                  "BRIMFUL_HOME",
                  folder.toString(),
                  "BRIMFUL_MODEL",
                  "deepseek-flash",
                  "BRIMFUL_BASE_URL",
                  model.baseUrl(),
                  "DEEPSEEK_API_KEY",
                  "sk-0123456789abcdef0123456789abcdef"));
      var service = new QueryService(models, new Admission(Admission.Observer.NONE), Rescorer.NONE);
      var leaving =
          new QueryService.Listener() {
            @Override
            public void text(String delta) {}

            @Override
            public void packed(Prepared prepared) {
              throw new IllegalStateException("gone");
            }
          };

      assertThatIllegalStateException()
          .isThrownBy(() ->
              service.ask(
                  AskRequest.of(corpus, "who swims?", "", ""),
                  ledger.spender(SpendAccount.LOCAL),
                  leaving));

      assertThat(model.requests()).isEmpty();
      assertThat(ledger.balance("local")).isEqualTo(new SpendLedger.Balance(0, 0));
    }
  }
}
