package brimful.extract.media;

import brimful.corpus.Sha256;
import brimful.extract.ocr.OcrCache;
import brimful.extract.process.BoundedProcess.Ended;
import brimful.extract.process.ScratchFolder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Has the sound of a recording written down, piece by piece, and remembers it.
///
/// ffmpeg makes one channel of 16 kHz of it, [SoundPieces] cuts that, and each piece travels as
/// FLAC. What is known of a file, or of a piece of it, is not sent again, so a recording that was
/// interrupted goes on where it stopped. After an endpoint has refused for a reason that concerns
/// every file, it is left alone for [#REST]. Safe for many threads.
final class Speech {
  /// What a refusal begins with in an outcome if it may not come again.
  static final String CAUSE = "transcription: ";

  private static final String FINAL_CAUSE = "transcription failed: ";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration REST = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /// Ten minutes of sound may take a slow machine twice as long.
  private static final Duration PIECE_MAX = Duration.ofMinutes(20);

  /// The samples of more take more disk than ffmpeg may write.
  private static final int SECONDS_MAX = 24 * 3600;

  /// OpenAI's limit.
  private static final long PIECE_BYTES_MAX = 25_000_000;

  private final Ffmpeg ffmpeg;
  private final SpeechEndpoint endpoint;
  private final SpeechClient client;
  private final SpeechBudget budget;
  private final OcrCache cache;

  /// The refusal that concerns every file, and until when it holds.
  private Optional<SpeechReply.Refused> refusal = Optional.empty();

  private long refusedUntil;

  Speech(Ffmpeg ffmpeg, SpeechEndpoint endpoint, Path cache) {
    this.ffmpeg = ffmpeg;
    this.endpoint = endpoint;
    this.client = new SpeechClient(endpoint, PAUSE);
    this.budget = new SpeechBudget(endpoint.usdMinute(), endpoint.usdMax());
    this.cache = new OcrCache(cache);
  }

  /// What was said.
  ///
  /// @param seconds how much sound was heard
  /// @param failure why the rest was not
  record Heard(List<Utterance> utterances, double seconds, Optional<String> failure) {
    Heard {
      utterances = List.copyOf(utterances);
    }
  }

  /// One recording's work.
  ///
  /// @param key of what is known of it
  private record Job(Path folder, String key, MediaTime time) {}

  /// Returns what is said in a track.
  ///
  /// @param hash of the file's content
  Heard hear(Path file, String hash, RecordingInfo.Track track, MediaTime time) throws IOException {
    String key = key(hash, track);
    Optional<Heard> known = cached(key);
    if (known.isPresent()) {
      return known.get();
    }
    Optional<String> refused = refusal().map(Speech::said);
    if (refused.isPresent()) {
      return new Heard(List.of(), 0, refused);
    }
    Path folder = ScratchFolder.make();
    try {
      Ended ended = ffmpeg.decode(file, folder, List.of(), samples(track), time);
      Path samples = folder.resolve("samples.raw");
      if (!Files.exists(samples) || Files.size(samples) == 0) {
        return new Heard(
            List.of(),
            0,
            Failure.of(ended, "sound", time).or(() -> Optional.of("sound without samples")));
      }
      Heard heard = hear(new SoundPieces(samples), new Job(folder, key, time));
      Optional<String> failure = heard.failure().or(() -> Failure.of(ended, "sound", time));
      if (failure.isEmpty()) {
        cache.put(Sha256.hex(key), json(heard));
      }
      return new Heard(heard.utterances(), heard.seconds(), failure);
    } finally {
      ScratchFolder.delete(folder);
    }
  }

  private static List<String> samples(RecordingInfo.Track track) {
    return List.of(
        "-map",
        "0:" + track.index(),
        "-ac",
        "1",
        "-ar",
        String.valueOf(SoundPieces.RATE),
        "-t",
        String.valueOf(SECONDS_MAX),
        "-c:a",
        "pcm_s16le",
        "-f",
        "s16le",
        "samples.raw");
  }

  private Heard hear(SoundPieces sound, Job job) throws IOException {
    var utterances = new ArrayList<Utterance>();
    double heard = 0;
    List<SoundPieces.Piece> pieces = sound.pieces();
    double unsent =
        pieces.stream()
            .filter(piece -> !piece.silent() && cached(own(piece, job)).isEmpty())
            .mapToDouble(SoundPieces.Piece::seconds)
            .sum();
    Optional<String> beyond = budget.reserve(unsent);
    if (beyond.isPresent()) {
      return new Heard(List.of(), 0, Optional.of(CAUSE + beyond.get()));
    }
    for (SoundPieces.Piece piece : pieces) {
      if (!piece.silent()) {
        unsent -= cached(own(piece, job)).isEmpty() ? piece.seconds() : 0;
        SpeechReply reply = piece(sound, piece, job);
        switch (reply) {
          case SpeechReply.Said(List<Utterance> all) ->
              all.forEach(one -> utterances.add(one.after(piece.first())));
          case SpeechReply.Refused refused -> {
            budget.release(unsent);
            String where = heard > 0 ? "sound after " + RecordingInfo.clock(heard) + ": " : "";
            return new Heard(utterances, heard, Optional.of(where + said(refused)));
          }
        }
      }
      heard += piece.seconds();
    }
    return new Heard(
        utterances,
        heard,
        heard >= SECONDS_MAX ? Optional.of("sound after 24 hours") : Optional.empty());
  }

  private SpeechReply piece(SoundPieces sound, SoundPieces.Piece piece, Job job)
      throws IOException {
    String own = own(piece, job);
    Optional<Heard> known = cached(own);
    if (known.isPresent()) {
      return new SpeechReply.Said(known.get().utterances());
    }
    if (job.time().isOver()) {
      return new SpeechReply.Refused(
          "out of time, it goes on with the next run", SpeechReply.Scope.THIS_TIME);
    }
    Path flac = flac(sound, piece, job);
    if (Files.size(flac) >= PIECE_BYTES_MAX) {
      return new SpeechReply.Refused("a piece has more than 25 MB", SpeechReply.Scope.THIS_SOUND);
    }
    SpeechReply reply = client.send(flac, job.time().atMost(PIECE_MAX), job.time().beat());
    switch (reply) {
      case SpeechReply.Said(List<Utterance> said) ->
          cache.put(Sha256.hex(own), json(new Heard(said, piece.seconds(), Optional.empty())));
      case SpeechReply.Refused refused -> remember(refused);
    }
    return reply;
  }

  private static String own(SoundPieces.Piece piece, Job job) {
    return "%s %s-%s".formatted(job.key(), piece.firstByte(), piece.lastByte());
  }

  private Path flac(SoundPieces sound, SoundPieces.Piece piece, Job job) throws IOException {
    Path folder = job.folder();
    Path wav = folder.resolve("piece.wav");
    sound.write(piece, wav);
    Ended ended =
        ffmpeg.decode(
            wav,
            folder,
            List.of(),
            List.of("-c:a", "flac", "-f", "flac", "piece.flac"),
            job.time());
    if (!ended.isGood()) {
      throw new IOException("sound cannot be packed: " + Failure.said(ended));
    }
    return folder.resolve("piece.flac");
  }

  private static String said(SpeechReply.Refused refused) {
    return (refused.scope() == SpeechReply.Scope.THIS_SOUND ? FINAL_CAUSE : CAUSE)
        + refused.cause();
  }

  private synchronized Optional<SpeechReply.Refused> refusal() {
    if (refusal.isPresent() && System.nanoTime() - refusedUntil > 0) {
      refusal = Optional.empty();
    }
    return refusal;
  }

  private synchronized void remember(SpeechReply.Refused refused) {
    if (refused.scope() == SpeechReply.Scope.EVERY_SOUND) {
      refusal = Optional.of(refused);
      refusedUntil = System.nanoTime() + REST.toNanos();
    }
  }

  /// Returns whether a track has been transcribed before.
  boolean knows(String hash, RecordingInfo.Track track) {
    return cached(key(hash, track)).isPresent();
  }

  private String key(String hash, RecordingInfo.Track track) {
    return "%s %s %s".formatted(endpoint.identity(), hash, track.index());
  }

  /// Returns what transcribing will take, in a line.
  String forecast(int recordings, double seconds) {
    return budget.forecast(recordings, seconds);
  }

  /// Returns what so much sound costs, for people; empty if nobody knows.
  String cost(double seconds) {
    return budget.shown(seconds);
  }

  private Optional<Heard> cached(String key) {
    return cache.text(Sha256.hex(key)).flatMap(Speech::heard);
  }

  private static String json(Heard heard) {
    var root = JSON.createObjectNode().put("seconds", heard.seconds());
    ArrayNode all = root.putArray("utterances");
    for (Utterance one : heard.utterances()) {
      all.addObject().put("first", one.first()).put("last", one.last()).put("text", one.text());
    }
    return root.toString();
  }

  private static Optional<Heard> heard(String json) {
    try {
      JsonNode root = JSON.readTree(json);
      var utterances = new ArrayList<Utterance>();
      for (JsonNode one : root.path("utterances")) {
        utterances.add(
            new Utterance(
                one.path("first").asDouble(),
                one.path("last").asDouble(),
                one.path("text").asText()));
      }
      return root.path("utterances").isArray()
          ? Optional.of(new Heard(utterances, root.path("seconds").asDouble(), Optional.empty()))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      // A damaged entry is none.
      return Optional.empty();
    }
  }
}
