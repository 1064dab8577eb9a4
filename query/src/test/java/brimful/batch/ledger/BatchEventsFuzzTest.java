package brimful.batch.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import brimful.testing.FuzzContract;
import java.util.List;

/// Whatever stands in a shared batch's topic is read, or refused as none of ours.
final class BatchEventsFuzzTest extends FuzzContract {
  @Override
  protected List<byte[]> examples() {
    return List.of(
        EventJson.write(new LedgerEvent.Begun("run")),
        EventJson.write(new LedgerEvent.Reopened(List.of("a", "b"))),
        "{\"v\":1,\"is\":\"warming\",\"at\":\"2026-01-01T00:00:00Z\"}".getBytes(UTF_8),
        "{\"v\":1,\"is\":\"settled\",\"call\":\"c\",\"cells\":{\"k\":{\"state\":\"answered\"}}}"
            .getBytes(UTF_8));
  }

  @Override
  protected void check(byte[] bytes) {
    try {
      EventJson.read(bytes);
    } catch (UserError refused) {
      // As documented.
    }
  }
}
