package brimful.http;

import brimful.testing.FakeBatchModel;
import brimful.testing.FakeBatchModel.Faults;
import brimful.testing.FakeDeepSeek;
import brimful.testing.FakeDeepSeek.Request;
import brimful.testing.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// A server with a dozen small documents, for batches, and a model of its own that answers by a
/// seed. A test may have it answer otherwise, to questions that have a certain word in them.
final class BatchTestServer implements AutoCloseable {
  static final String COLLECTION = "harbours";
  static final int DOCUMENTS = 12;

  /// Three questions of each document.
  static final String QUESTIONS =
      """
      id,question,type
      ships,Which ships lie in the harbour?,list
      deep,Is the harbour deep?,boolean
      master,Who is its master?,text
      """;

  private static final Duration USUAL = Duration.ofMillis(30);

  private final Map<String, Function<Request, Script>> moods = new ConcurrentHashMap<>();
  final FakeDeepSeek model;
  final TestServer serving;

  private BatchTestServer(Path folder, boolean locked) {
    Function<Request, Script> usual = answering(Faults.NONE, USUAL);
    model =
        FakeDeepSeek.start(
            0,
            Duration.ZERO,
            request ->
                moods.entrySet().stream()
                    .filter(mood -> request.body().contains(mood.getKey()))
                    .findFirst()
                    .map(Map.Entry::getValue)
                    .orElse(usual)
                    .apply(request));
    serving = locked ? TestServer.locked(folder, model) : TestServer.with(folder, model);
    for (int i = 0; i < DOCUMENTS; i++) {
      serving.file(
          String.format(Locale.ROOT, "harbour-%02d.md", i),
          "# Harbour %s\n\nIts master is Ada the %sth. It is %s fathoms deep.\n"
              .formatted(i, i, 3 + i));
    }
    serving.collection(COLLECTION);
  }

  /// Starts a server that anyone may use.
  static BatchTestServer open(Path folder) {
    return new BatchTestServer(folder, false);
  }

  /// Starts a server that wants keys.
  static BatchTestServer locked(Path folder) {
    return new BatchTestServer(folder, true);
  }

  /// Starts a server with models as a file says that it has in its configuration.
  static BatchTestServer open(Path folder, String models) {
    try {
      Path home = Files.createDirectories(folder.resolve("home"));
      Files.writeString(home.resolve("models.json"), models);
      return open(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns how a model answers that is as slow and as bad as this.
  static Function<Request, Script> answering(Faults faults, Duration delay) {
    var answers = new FakeBatchModel(faults);
    return request -> {
      LockSupport.parkNanos(delay.toNanos());
      return answers.apply(request);
    };
  }

  /// From now on, requests with a word in them are answered so.
  BatchTestServer when(String word, Function<Request, Script> mood) {
    moods.put(word, mood);
    return this;
  }

  /// From now on, requests with a word in them are answered like all others.
  void asUsual(String word) {
    moods.remove(word);
  }

  String address() {
    return "http://127.0.0.1:%s/".formatted(serving.port);
  }

  @Override
  public void close() {
    serving.close();
    model.close();
  }
}
