package brimful.model;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A program on this machine, or at an address that was given, that runs models.
///
/// @param kind whose it is
/// @param baseUrl where it takes OpenAI's protocol, without a slash at the end
/// @param models what it can be asked, loaded ones first; empty while it loads, or if it wants a
///   key that is not there
/// @param slots how many requests it works on at once; they may share one context
/// @param state whether it can be asked
public record LocalRunner(Kind kind, String baseUrl, List<Loaded> models, int slots, State state) {
  /// Each of them keeps what it has read of the last prompts.
  private static final CacheRule PREFIXES =
      new CacheRule(
          "automatic", CacheRule.Match.PREFIX, 0, 1, 1, 1, "common prefix, which costs no time");

  private static final Pattern FOLDERS = Pattern.compile("^.*[/\\\\](?=[^/\\\\])");
  private static final Pattern WEIGHTS = Pattern.compile("\\.gguf$", Pattern.CASE_INSENSITIVE);

  public LocalRunner {
    models = List.copyOf(models);
    if (slots < 1) {
      throw new IllegalArgumentException("%s with %s slots".formatted(baseUrl, slots));
    }
  }

  /// Returns a runner of one slot that anyone may ask.
  public LocalRunner(Kind kind, String baseUrl, List<Loaded> models) {
    this(kind, baseUrl, models, 1, State.OPEN);
  }

  /// Which runner it is; each tells in its own way how long a context it has loaded.
  public enum Kind {
    LM_STUDIO("LM Studio", 1),
    OLLAMA("Ollama", 1),
    VLLM("vLLM", 256),
    LLAMA_CPP("llama.cpp", 1),
    SGLANG("SGLang", 256);

    private final String display;
    private final int slots;

    Kind(String display, int slots) {
      this.display = display;
      this.slots = slots;
    }

    /// Returns the name that people know.
    public String display() {
      return display;
    }

    /// Returns how many requests it takes at once, if it does not say: vLLM and SGLang let those
    /// wait for which there is no memory.
    int slots() {
      return slots;
    }

    /// Returns whether it counts the tokens of a prompt.
    public boolean counts() {
      return this == VLLM || this == LLAMA_CPP || this == SGLANG;
    }
  }

  /// Whether a runner can be asked.
  public enum State {
    /// By anyone.
    OPEN,

    /// With the key that it was probed with.
    KEYED,

    /// It wants a key, and there is none, or another.
    CLOSED,

    /// Not yet: it reads its model.
    LOADING
  }

  /// A model of a runner.
  ///
  /// @param windowTokens the context it is loaded with, prompt and reply together; what the runner
  ///   would load it with, if that is known, or the smallest default if not
  /// @param loaded whether it is in memory, so that `windowTokens` is what the runner says
  /// @param sees whether the runner says that it takes images
  public record Loaded(String id, int windowTokens, boolean loaded, boolean sees) {
    /// Returns a model that takes text alone.
    public Loaded(String id, int windowTokens, boolean loaded) {
      this(id, windowTokens, loaded, false);
    }

    /// Returns whether a person may mean this model: by its id, or by the name of its file.
    boolean isCalled(String name) {
      return id.equalsIgnoreCase(name) || own(id).equalsIgnoreCase(own(name));
    }
  }

  /// Returns a model's own name: without folders, which may be called anything, and without the
  /// ending of its file.
  static String own(String id) {
    return WEIGHTS.matcher(FOLDERS.matcher(id.strip()).replaceFirst("")).replaceFirst("");
  }

  /// Returns whether it runs on this machine, so that nobody bills it.
  boolean isHere() {
    try {
      InetAddress address = InetAddress.getByName(URI.create(baseUrl).getHost());
      return address.isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /// Returns the line for a person who cannot ask this runner now; empty if they can.
  public Optional<String> trouble() {
    return switch (state) {
      case OPEN, KEYED -> Optional.empty();
      case CLOSED ->
          Optional.of(
              "%s at %s requires a key: set BRIMFUL_API_KEY to it, and name its model with --model"
                  .formatted(kind.display(), baseUrl));
      case LOADING ->
          Optional.of(
              "%s at %s is still loading its model: try again in a moment"
                  .formatted(kind.display(), baseUrl));
    };
  }

  /// Returns what there is to know of one of the models.
  ///
  /// The window is the loaded one, not the largest the model could have: Ollama drops the oldest
  /// text in silence when it is passed.
  ///
  /// @param local the catalog's entry for local models
  public ModelProfile profile(Loaded model, ModelProfile local) {
    int window = model.windowTokens();
    int replyMax = Math.max(1, window / 2);
    int reply =
        Math.min(replyMax, Math.max(1, Math.min(local.limits().replyTokens() * 4, window / 4)));
    int template = Math.min(local.limits().templateTokens(), window / 8);
    var limits = new ModelProfile.Limits(window, window, replyMax, reply, template);
    var endpoint =
        new ModelProfile.Endpoint(
            local.endpoint().provider(),
            baseUrl,
            "",
            kind.display().toLowerCase(Locale.ROOT),
            ModelProfile.ReplyField.MAX_TOKENS,
            false);
    ModelProfile known =
        local.with(model.id(), endpoint, limits, tokenizer(model.id(), local.tokenizer()));
    known = known.caching(PREFIXES);
    return model.sees() ? known.seeing(Optional.of(VisionReader.ofRunner())) : known;
  }

  /// Distilled models carry DeepSeek's name and another family's tokenizer.
  private static String tokenizer(String id, String otherwise) {
    String name = own(id).toLowerCase(Locale.ROOT);
    if (name.contains("gpt-oss")) {
      return "o200k_base";
    }
    return name.matches(".*deepseek[-_ ]?(v3|v4|r1).*")
            && !name.matches(".*(distill|qwen|llama|:(1\\.5|7|8|14|32|70)b).*")
        ? "deepseek-v3"
        : otherwise;
  }
}
