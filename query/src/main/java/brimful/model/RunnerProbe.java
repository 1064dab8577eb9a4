package brimful.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.model.LocalRunner.Kind;
import brimful.model.LocalRunner.Loaded;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Detects whether an address is a local runner, and what it has loaded, by that runner's own API.
///
/// Anything else that answers is not a runner: other programs use these ports, too.
final class RunnerProbe {
  private static final int CONNECT_MILLIS_MAX = 150;
  private static final int CONNECT_REMOTE_MILLIS_MAX = 3_000;
  private static final int READ_MILLIS_MAX = 1_000;
  private static final int ANSWER_BYTES_MAX = 4 << 20;
  private static final int REFUSAL_BYTES_MAX = 64 << 10;
  private static final int MODELS_MAX = 100;

  /// What Ollama loads by default on the smallest machines, and the least that others do.
  private static final int WINDOW_TOKENS_MIN = 4_096;

  /// How many models that are not loaded Ollama is asked about.
  private static final int OLLAMA_SHOWN_MAX = 5;

  private static final Pattern NUM_CTX = Pattern.compile("(?m)^num_ctx\\s+(\\d{1,9})\\s*$");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern CTX_ARGUMENT = number("-c|--ctx-size");
  private static final Pattern SLOTS_ARGUMENT = number("-np|--parallel");

  private final String root;
  private final ApiKey key;
  private boolean keyed;
  private boolean closed;
  private boolean loading;
  private boolean isSglang;
  private int slots;

  /// Detects by one probe.
  ///
  /// @param root the address without `/v1`
  /// @param key sent only to a server that refuses to be asked without one
  RunnerProbe(String root, ApiKey key) {
    this.root = root;
    this.key = key;
  }

  /// Returns the runner, if it is of this kind and has a model.
  Optional<LocalRunner> probe(Kind kind) {
    if (!listens()) {
      return Optional.empty();
    }
    return runner(kind);
  }

  /// Returns the runner, whichever it is.
  Optional<LocalRunner> probeAny() {
    if (!listens()) {
      return Optional.empty();
    }
    Optional<LocalRunner> troubled = Optional.empty();
    // Runners with endpoints of their own first: all of them answer /v1/models.
    for (Kind kind : List.of(Kind.OLLAMA, Kind.LM_STUDIO, Kind.LLAMA_CPP, Kind.VLLM)) {
      Optional<LocalRunner> found = runner(kind);
      if (found.filter(runner -> !runner.models().isEmpty()).isPresent()) {
        return found;
      }
      Optional<LocalRunner> before = troubled;
      // One that refuses the question of another kind may answer that of its own.
      troubled = found.filter(_ -> kind == Kind.LLAMA_CPP).or(() -> before).or(() -> found);
    }
    return troubled;
  }

  private Optional<LocalRunner> runner(Kind kind) {
    closed = false;
    loading = false;
    slots = 0;
    isSglang = false;
    List<Loaded> models =
        switch (kind) {
          case LM_STUDIO -> lmStudio();
          case OLLAMA -> ollama();
          case LLAMA_CPP -> llamaCpp();
          case VLLM, SGLANG -> served();
        };
    Kind whose = isSglang ? Kind.SGLANG : kind;
    if (models.isEmpty() && !loading && !closed) {
      return Optional.empty();
    }
    List<Loaded> loadedFirst =
        models.stream()
            .sorted(Comparator.comparing((Loaded model) -> !model.loaded()))
            .limit(MODELS_MAX)
            .toList();
    LocalRunner.State state =
        !models.isEmpty()
            ? keyed ? LocalRunner.State.KEYED : LocalRunner.State.OPEN
            : loading ? LocalRunner.State.LOADING : LocalRunner.State.CLOSED;
    int atOnce = slots > 0 ? slots : whose.slots();
    return Optional.of(new LocalRunner(whose, root + "/v1", loadedFirst, atOnce, state));
  }

  private List<Loaded> lmStudio() {
    var models = new ArrayList<Loaded>();
    for (JsonNode model : get("/api/v1/models").path("models")) {
      boolean sees = model.path("capabilities").path("vision").asBoolean();
      for (JsonNode instance : model.path("loaded_instances")) {
        String id = instance.path("id").asText(model.path("key").asText(""));
        add(models, id, instance.path("config").path("context_length"), sees);
      }
    }
    return models;
  }

  private List<Loaded> ollama() {
    var models = new ArrayList<Loaded>();
    JsonNode running = get("/api/ps").path("models");
    if (!running.isArray()) {
      return models;
    }
    Set<String> loaded = new HashSet<>();
    for (JsonNode model : running) {
      String id = model.path("model").asText(model.path("name").asText(""));
      boolean sees = loaded.size() < OLLAMA_SHOWN_MAX && ollamaSees(ollamaShow(id));
      loaded.add(id);
      add(models, id, model.path("context_length"), sees);
    }
    int shown = 0;
    for (JsonNode model : get("/api/tags").path("models")) {
      String id = model.path("model").asText(model.path("name").asText(""));
      if (!id.isEmpty() && !loaded.contains(id) && shown++ < OLLAMA_SHOWN_MAX) {
        JsonNode says = ollamaShow(id);
        models.add(new Loaded(id, ollamaWindow(says), false, ollamaSees(says)));
      }
    }
    return models;
  }

  /// The model's file may set the context; otherwise, the server's default is unknown.
  private static int ollamaWindow(JsonNode shown) {
    Matcher set = NUM_CTX.matcher(shown.path("parameters").asText(""));
    int planned = set.find() ? Math.max(1, Integer.parseInt(set.group(1))) : WINDOW_TOKENS_MIN;
    for (Map.Entry<String, JsonNode> fact : shown.path("model_info").properties()) {
      if (fact.getKey().endsWith(".context_length") && fact.getValue().asInt() > 0) {
        planned = Math.min(planned, fact.getValue().asInt());
      }
    }
    return planned;
  }

  private JsonNode ollamaShow(String id) {
    return call("/api/show", Optional.of(JSON.createObjectNode().put("model", id).toString()));
  }

  private static boolean ollamaSees(JsonNode shown) {
    for (JsonNode one : shown.path("capabilities")) {
      if (one.asText().equals("vision")) {
        return true;
      }
    }
    return false;
  }

  private List<Loaded> llamaCpp() {
    JsonNode props = get("/props");
    // With several slots, a request has the context of one.
    JsonNode window = props.path("default_generation_settings").path("n_ctx");
    boolean sees = props.path("modalities").path("vision").asBoolean();
    var models = new ArrayList<Loaded>();
    if (!window.canConvertToInt()) {
      return models;
    }
    slots = Math.max(1, props.path("total_slots").asInt(1));
    for (JsonNode model : get("/v1/models").path("data")) {
      if (window.intValue() > 0) {
        add(models, model.path("id").asText(""), window, sees);
      } else {
        routed(models, model);
      }
    }
    return models;
  }

  /// A router has no context of its own: each model has one once it is loaded, or in the arguments
  /// it will be started with.
  private static void routed(List<Loaded> models, JsonNode model) {
    String id = model.path("id").asText("");
    JsonNode window = model.path("meta").path("n_ctx");
    if (window.asInt(0) > 0) {
      add(models, id, window, sees(model));
      return;
    }
    var arguments = new StringBuilder();
    model.path("status").path("args").forEach(one -> arguments.append(one.asText()).append(' '));
    // A request has the context of one slot.
    int planned = value(CTX_ARGUMENT, arguments) / Math.max(1, value(SLOTS_ARGUMENT, arguments));
    if (!id.isBlank()) {
      models.add(new Loaded(id, planned > 0 ? planned : WINDOW_TOKENS_MIN, false, sees(model)));
    }
  }

  /// Returns what finds the number of an argument.
  private static Pattern number(String names) {
    return Pattern.compile("(?:^|\\s)(?:%s)[\\s=](\\d{1,9})(?=\\s|$)".formatted(names));
  }

  /// Returns the number of an argument, 0 without it.
  private static int value(Pattern argument, CharSequence arguments) {
    Matcher set = argument.matcher(arguments);
    return set.find() ? Integer.parseInt(set.group(1)) : 0;
  }

  private static boolean sees(JsonNode model) {
    for (JsonNode one : model.path("architecture").path("input_modalities")) {
      if (one.asText().equals("image")) {
        return true;
      }
    }
    return false;
  }

  private List<Loaded> served() {
    var models = new ArrayList<Loaded>();
    for (JsonNode model : get("/v1/models").path("data")) {
      add(models, model.path("id").asText(""), model.path("max_model_len"), false);
      isSglang |= model.path("owned_by").asText("").equals("sglang");
    }
    return models;
  }

  private static void add(List<Loaded> models, String id, JsonNode window, boolean sees) {
    if (!id.isBlank() && window.canConvertToInt() && window.intValue() > 0) {
      models.add(new Loaded(id, window.intValue(), true, sees));
    }
  }

  /// A bare socket fails at once; HTTP classes are loaded only where something listens.
  private boolean listens() {
    try (var socket = new Socket(Proxy.NO_PROXY)) {
      URI uri = URI.create(root);
      int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
      var address = new InetSocketAddress(uri.getHost(), port);
      boolean here = !address.isUnresolved() && address.getAddress().isLoopbackAddress();
      socket.connect(address, here ? CONNECT_MILLIS_MAX : CONNECT_REMOTE_MILLIS_MAX);
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private JsonNode get(String path) {
    return call(path, Optional.empty());
  }

  private JsonNode call(String path, Optional<String> body) {
    try {
      JsonNode answer = answer(path, body);
      if (closed && !keyed && !key.isEmpty()) {
        closed = false;
        keyed = true;
        answer = answer(path, body);
      }
      return answer;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private JsonNode answer(String path, Optional<String> body) throws IOException {
    var connection =
        (HttpURLConnection) URI.create(root + path).toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(CONNECT_REMOTE_MILLIS_MAX);
    connection.setReadTimeout(READ_MILLIS_MAX);
    connection.setInstanceFollowRedirects(false);
    if (keyed) {
      connection.setRequestProperty("Authorization", "Bearer " + key.value());
    }
    if (body.isPresent()) {
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      connection.getOutputStream().write(body.get().getBytes(UTF_8));
    }
    int status = connection.getResponseCode();
    if (status != HttpURLConnection.HTTP_OK) {
      refused(status, connection.getErrorStream());
      return MissingNode.getInstance();
    }
    try (InputStream answer = connection.getInputStream()) {
      return JSON.readTree(answer.readNBytes(ANSWER_BYTES_MAX));
    }
  }

  /// Other programs refuse as well, but not with an error in JSON.
  private void refused(int status, @Nullable InputStream body) throws IOException {
    if (body == null || status != 401 && status != 403 && status != 503) {
      return;
    }
    try (body) {
      JsonNode error = JSON.readTree(body.readNBytes(REFUSAL_BYTES_MAX)).path("error");
      closed |= status != 503 && (error.isTextual() || error.isObject());
      loading |= status == 503 && error.path("message").asText("").contains("oading model");
    }
  }
}
