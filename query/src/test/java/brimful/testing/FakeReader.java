package brimful.testing;

import brimful.testing.FakeDeepSeek.Request;
import brimful.token.Tokenizers;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A model that knows one kind of fact, and only from what it is sent: "The code of station NAME is
/// NUMBER." It keeps DeepSeek's cache, and logs every request that it takes.
///
/// From a shell: `java -cp ... brimful.testing.FakeReader --port 8099`.
public final class FakeReader implements Function<Request, Script> {
  /// What usage says was written, whatever it was.
  public static final int FINDINGS_TOKENS = 200;

  private static final int ANSWER_TOKENS = 800;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern DOCUMENT =
      Pattern.compile("<document path=\"([^\"]+)\"[^>]*>\n(.*?)</document>", Pattern.DOTALL);
  private static final Pattern CHUNK =
      Pattern.compile(
          "<chunk lines=\"([0-9-]+)\"(?: \\w+=\"[^\"]*\")*>\n(.*?)(?=<chunk|\\z)", Pattern.DOTALL);
  private static final Pattern FACT =
      Pattern.compile("The code of station (\\w+)\\s+is\\s+(\\d+)\\.");
  private static final Pattern ASKED = Pattern.compile("\"([\\w.-]+)\": \\{\"answer\": \\.\\.\\.");
  private static final Pattern STATEMENT = Pattern.compile("\\w+ has \\d+ \\[[^\\]]+\\]\\.");

  private final FakeCache cache = new FakeCache(Tokenizers.named("deepseek-v3"));
  private final List<Entry> log = new CopyOnWriteArrayList<>();
  private final boolean invents;
  private final Duration latency;

  /// @param invents whether each reply about a window has a quote, too, that is nowhere
  public FakeReader(boolean invents, Duration latency) {
    this.invents = invents;
    this.latency = latency;
  }

  /// A request that came, and is billed.
  ///
  /// @param kind "warm-up", "findings" or "answer"
  public record Entry(String body, String kind, int tokens, int cached, int out) {
    /// Returns what it costs off-peak.
    public double usd() {
      return ((tokens - cached) * 0.15 + cached * 0.003 + out * 0.6) / 1e6;
    }
  }

  /// Returns every request so far.
  public List<Entry> log() {
    return List.copyOf(log);
  }

  /// Returns those of a kind.
  public List<Entry> log(String kind) {
    return log.stream().filter(entry -> entry.kind().equals(kind)).toList();
  }

  @Override
  public Script apply(Request request) {
    try {
      var messages = new ArrayList<FakeCache.Message>();
      for (JsonNode message : JSON.readTree(request.body()).path("messages")) {
        messages.add(
            new FakeCache.Message(message.path("role").asText(), message.path("content").asText()));
      }
      return answer(request.body(), messages);
    } catch (JsonProcessingException e) {
      return Script.error(400);
    }
  }

  private Script answer(String body, List<FakeCache.Message> messages) {
    String text = messages.getLast().text();
    int question = text.lastIndexOf("<question>");
    String asked = question < 0 ? "" : text.substring(question);
    String kind = question < 0 ? "warm-up" : asked.contains("\"quotes\"") ? "findings" : "answer";
    List<String> ids = ASKED.matcher(asked).results().map(result -> result.group(1)).toList();
    FakeCache.Read read = cache.read(messages);
    int out =
        switch (kind) {
          case "warm-up" -> 1;
          case "findings" -> FINDINGS_TOKENS * ids.size();
          default -> ANSWER_TOKENS;
        };
    log.add(new Entry(body, kind, read.tokens(), read.cached(), out));
    LockSupport.parkNanos(latency.toNanos());
    String reply =
        switch (kind) {
          case "warm-up" -> "OK";
          case "findings" -> cells(ids, _ -> findings(messages.get(1).text()));
          default -> cells(ids, id -> joined(messages.get(1).text(), id, asked));
        };
    return Script.stream(
        List.of(
            Script.text(reply),
            Script.finish("stop"),
            Script.usage(read.tokens(), read.cached(), out, 0),
            "data: [DONE]"));
  }

  private ArrayNode findings(String documents) {
    ArrayNode list = JSON.createArrayNode();
    Matcher document = DOCUMENT.matcher(documents);
    while (document.find()) {
      Matcher fact = FACT.matcher(document.group(2));
      while (fact.find()) {
        add(
            list,
            "%s has %s".formatted(fact.group(1), fact.group(2)),
            document.group(1),
            fact.group());
      }
    }
    if (invents) {
      add(list, "Nowhere has 9", "no/such.md", "The code of station Nowhere is 9.");
    }
    return list;
  }

  private static void add(ArrayNode list, String answer, String path, String quote) {
    ObjectNode finding = list.addObject().put("answer", answer);
    // Broken as models break lines.
    finding
        .putArray("quotes")
        .addObject()
        .put("document", path)
        .put("quote", quote.replace(" is ", "\nis "));
  }

  /// Answers in the form that a question wants: how many, a list, or a text.
  private static JsonNode joined(String documents, String id, String asked) {
    var said = new ArrayList<String>();
    Matcher document = DOCUMENT.matcher(documents);
    while (document.find()) {
      Matcher chunk = CHUNK.matcher(document.group(2));
      while (chunk.find()) {
        Matcher statement = STATEMENT.matcher(chunk.group(2));
        statement.results().forEach(result -> said.add(result.group()));
        Matcher fact = FACT.matcher(chunk.group(2));
        while (fact.find()) {
          said.add(
              "%s has %s [%s:%s]."
                  .formatted(fact.group(1), fact.group(2), document.group(1), chunk.group(1)));
        }
      }
    }
    if (asked.contains("\n%s (a number".formatted(id))) {
      return JSON.getNodeFactory().numberNode(said.size());
    }
    if (asked.contains("\n%s (a list".formatted(id))) {
      ArrayNode list = JSON.createArrayNode();
      said.forEach(list::add);
      return list;
    }
    return JSON.getNodeFactory().textNode(String.join("\n", said));
  }

  /// Runs until it is killed: `--port` says where; prints a line for each request.
  public static void main(String[] arguments) {
    var options = new TreeMap<String, String>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    var model = new FakeReader(true, Duration.ofMillis(20));
    var server =
        FakeDeepSeek.startForgetful(Integer.parseInt(options.getOrDefault("--port", "0")), model);
    IO.println(server.baseUrl());
    int told = 0;
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      for (; told < model.log().size(); told++) {
        Entry entry = model.log().get(told);
        IO.println(
            String.format(
                Locale.ROOT,
                "%s %x %s %s %s %.6f",
                entry.kind(),
                entry.body().hashCode(),
                entry.tokens(),
                entry.cached(),
                entry.out(),
                entry.usd()));
      }
    }
  }

  private static String cells(List<String> ids, Function<String, JsonNode> answers) {
    ObjectNode reply = JSON.createObjectNode();
    for (String id : ids) {
      ObjectNode cell = reply.putObject(id);
      cell.set("answer", answers.apply(id));
      cell.put("confidence", 0.9).putArray("citations");
    }
    return reply.toString();
  }
}
