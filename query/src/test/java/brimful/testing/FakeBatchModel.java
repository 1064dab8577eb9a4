package brimful.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.testing.FakeDeepSeek.Request;
import brimful.token.Tokenizers;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A model that answers the questions of a batch, keeps DeepSeek's cache, and misbehaves by a seed.
///
/// What it does depends on the request's text, its seed and how often that text came, and on
/// nothing else: in whatever order calls come, and however often they are repeated, the same table
/// results. Every request it takes is billed and logged at once, even if nobody waits for the
/// answer any more: the strictest host there is.
///
/// From a shell: `java -cp ... brimful.testing.FakeBatchModel --port 8099 --log FILE --seed 1`.
public final class FakeBatchModel implements Function<Request, Script> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern QUESTION =
      Pattern.compile(
          "(?m)^([\\p{L}\\p{N}_.-]{1,64}) \\((.*?, or null|a value of this JSON schema: .*?)\\): ");
  private static final Pattern PLACE =
      Pattern.compile("<document path=\"([^\"]+)\"[^>]*>\n<chunk (lines|page)=\"([0-9-]+)\"");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

  private final Faults faults;
  private final FakeCache cache = new FakeCache(Tokenizers.named("deepseek-v3"));
  private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
  private final List<Entry> log = new CopyOnWriteArrayList<>();
  private final Consumer<Entry> heard;

  /// What goes wrong, each as a share of the requests, 0 to 1.
  ///
  /// @param busy answered with 429 or 503 once or twice, and taken then
  /// @param malformed replies that are no JSON
  /// @param wrong replies whose answer is not of the form that was asked for
  /// @param cut streams that break off
  /// @param retryAfter what refusals say, in seconds
  /// @param latencyMax each reply takes up to so long to begin
  /// @param answerTokens what usage says was written for each question
  public record Faults(
      long seed,
      double busy,
      double malformed,
      double wrong,
      double cut,
      int retryAfter,
      Duration latencyMax,
      int answerTokens) {
    /// A model that does all right and at once.
    public static final Faults NONE = new Faults(1, 0, 0, 0, 0, 0, Duration.ZERO, 200);

    /// Some of everything.
    public static Faults some(long seed, Duration latencyMax) {
      return new Faults(seed, 0.1, 0.04, 0.04, 0.02, 0, latencyMax, 200);
    }
  }

  /// A request that came.
  ///
  /// @param body a hash of all of it
  /// @param fate "answered", "malformed", "wrong", "cut", or the status it was refused with
  /// @param kind "warm-up", "question" or "repair"
  public record Entry(String body, String kind, String fate, int tokens, int cached) {
    /// Returns whether the host bills it.
    public boolean billed() {
      return !fate.matches("\\d+");
    }

    String line() {
      return String.join(" ", body, kind, fate, Integer.toString(tokens), Integer.toString(cached));
    }
  }

  public FakeBatchModel(Faults faults) {
    this(faults, _ -> {});
  }

  private FakeBatchModel(Faults faults, Consumer<Entry> heard) {
    this.faults = faults;
    this.heard = heard;
  }

  /// Returns every request so far.
  public List<Entry> log() {
    return List.copyOf(log);
  }

  /// Returns those that are billed.
  public List<Entry> billed() {
    return log.stream().filter(Entry::billed).toList();
  }

  @Override
  public Script apply(Request request) {
    try {
      JsonNode body = JSON.readTree(request.body());
      var messages = new ArrayList<FakeCache.Message>();
      for (JsonNode message : body.path("messages")) {
        messages.add(
            new FakeCache.Message(message.path("role").asText(), message.path("content").asText()));
      }
      return answer(Long.toHexString(hash(request.body(), "body" + faults.seed())), messages);
    } catch (JsonProcessingException e) {
      return Script.error(400);
    }
  }

  private Script answer(String body, List<FakeCache.Message> messages) {
    String asked = messages.getLast().text();
    boolean asks = asked.contains("<question>");
    String kind =
        !asks ? "warm-up" : asked.contains("You have replied before") ? "repair" : "question";
    if (chance(body, "busy") < faults.busy()) {
      int before = refusals.merge(body, 1, Integer::sum);
      if (before <= 1 + hash(body, "twice") % 2) {
        int status = chance(body, "status") < 0.5 ? 429 : 503;
        note(new Entry(body, kind, Integer.toString(status), 0, 0));
        return Script.error(status).with("Retry-After", Integer.toString(faults.retryAfter()));
      }
    }
    double fate = asks ? chance(body, "fate") : 1;
    String word =
        fate < faults.malformed()
            ? "malformed"
            : fate < faults.malformed() + faults.wrong()
                ? "wrong"
                : fate < faults.malformed() + faults.wrong() + faults.cut() ? "cut" : "answered";
    FakeCache.Read read = cache.read(messages);
    note(new Entry(body, kind, word, read.tokens(), read.cached()));
    LockSupport.parkNanos((long) (faults.latencyMax().toNanos() * chance(body, "latency")));
    String text =
        switch (word) {
          case "malformed" -> "I think that {\"q";
          default -> asks ? reply(body, asked, messages.get(1).text(), word) : "OK";
        };
    int questions = (int) QUESTION.matcher(asked).results().count();
    return script(text, read, asks ? questions * faults.answerTokens() : 1, word.equals("cut"));
  }

  private static Script script(String text, FakeCache.Read read, int out, boolean cut) {
    int half = text.length() / 2;
    List<String> events =
        List.of(
            Script.text(text.substring(0, half)),
            Script.text(text.substring(half)),
            Script.finish("stop"),
            Script.usage(read.tokens(), read.cached(), out, 0),
            "data: [DONE]");
    return cut ? Script.stream(events.subList(0, 1)).ending(Script.End.CUT) : Script.stream(events);
  }

  private static String reply(String body, String asked, String documents, String word) {
    ObjectNode reply = JSON.createObjectNode();
    Matcher question = QUESTION.matcher(asked);
    while (question.find()) {
      String seed = body + question.group(1);
      ObjectNode cell = reply.putObject(question.group(1));
      if (word.equals("wrong")) {
        cell.putObject("answer").put("of", "another form");
      } else {
        put(cell, question.group(2), seed);
      }
      cell.put("confidence", Math.floor(100 * chance(seed, "confidence")) / 100);
      ArrayNode citations = cell.putArray("citations");
      Matcher place = PLACE.matcher(documents);
      if (place.find()) {
        String name = place.group(1);
        citations.add(
            place.group(2).equals("page")
                ? name + " p. " + place.group(3)
                : name + ":" + place.group(3));
      }
      if (chance(seed, "ghost") < 0.1) {
        citations.add("no/such/File.java:1-2");
      }
    }
    return reply.toString();
  }

  private static void put(ObjectNode cell, String wants, String seed) {
    long hash = hash(seed, "answer");
    if (wants.contains("true or false") || wants.contains("\"boolean\"")) {
      cell.put("answer", hash % 2 == 0);
    } else if (wants.startsWith("a number") || wants.contains("\"number\"")) {
      cell.put("answer", hash % 100_000 / 10.0);
    } else if (wants.startsWith("a date")) {
      cell.put("answer", String.format(Locale.ROOT, "2023-01-%02d", 1 + hash % 28));
    } else if (wants.startsWith("one of")) {
      List<String> choices =
          QUOTED.matcher(wants).results().map(choice -> choice.group(1)).toList();
      cell.put("answer", choices.get((int) (hash % choices.size())));
    } else if (wants.startsWith("a list")) {
      cell.putArray("answer").add("first").add("second");
    } else {
      cell.put("answer", String.format(Locale.ROOT, "=an answer, \"%x\"", hash));
    }
  }

  private void note(Entry entry) {
    log.add(entry);
    heard.accept(entry);
  }

  /// Returns a number from 0 to below 1 that a text decides.
  private static double chance(String text, String what) {
    return hash(text, what) % 1_000_000 / 1e6;
  }

  private static long hash(String text, String what) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : (what + "/" + text).getBytes(UTF_8)) {
      hash = (hash ^ b) * 0x100000001b3L;
    }
    hash ^= hash >>> 29;
    return (hash * 0xbf58476d1ce4e5b9L) >>> 1;
  }

  /// Runs until it is killed.
  public static void main(String[] arguments) {
    var options = new TreeMap<String, String>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    long seed = Long.parseLong(options.getOrDefault("--seed", "1"));
    Duration latency = Duration.ofMillis(Long.parseLong(options.getOrDefault("--latency-ms", "0")));
    boolean faulty = options.getOrDefault("--faults", "none").equals("some");
    Faults faults =
        faulty
            ? Faults.some(seed, latency)
            : new Faults(seed, 0, 0, 0, 0, 0, latency, Faults.NONE.answerTokens());
    Path file = Path.of(options.getOrDefault("--log", "/dev/stdout"));
    var model = new FakeBatchModel(faults, entry -> write(file, entry));
    var server =
        FakeDeepSeek.startForgetful(Integer.parseInt(options.getOrDefault("--port", "0")), model);
    IO.println(server.baseUrl());
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    }
  }

  private static synchronized void write(Path file, Entry entry) {
    try {
      Files.writeString(
          file, entry.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
