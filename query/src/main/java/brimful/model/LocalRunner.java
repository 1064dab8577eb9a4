package brimful.model;

import java.util.List;
import java.util.Optional;

/// A program on this machine, or at an address that was given, that runs models.
///
/// @param kind whose it is
/// @param baseUrl where it takes OpenAI's protocol, without a slash at the end
/// @param models what it can be asked, loaded ones first
public record LocalRunner(Kind kind, String baseUrl, List<Loaded> models) {
  public LocalRunner {
    models = List.copyOf(models);
  }

  /// Which runner it is; each tells in its own way how long a context it has loaded.
  public enum Kind {
    LM_STUDIO("LM Studio"),
    OLLAMA("Ollama"),
    VLLM("vLLM"),
    LLAMA_CPP("llama.cpp"),
    SGLANG("SGLang");

    private final String display;

    Kind(String display) {
      this.display = display;
    }

    /// Returns the name that people know.
    public String display() {
      return display;
    }
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
            kind.display().toLowerCase(java.util.Locale.ROOT),
            ModelProfile.ReplyField.MAX_TOKENS,
            false);
    ModelProfile known =
        local.with(model.id(), endpoint, limits, tokenizer(model.id(), local.tokenizer()));
    return model.sees() ? known.seeing(Optional.of(VisionReader.ofRunner())) : known;
  }

  /// Distilled models carry DeepSeek's name and another family's tokenizer.
  private static String tokenizer(String id, String otherwise) {
    String name = id.toLowerCase(java.util.Locale.ROOT);
    if (name.contains("gpt-oss")) {
      return "o200k_base";
    }
    return name.matches(".*deepseek[-_ ]?(v3|v4|r1).*")
            && !name.matches(".*(distill|qwen|llama|:(1\\.5|7|8|14|32|70)b).*")
        ? "deepseek-v3"
        : otherwise;
  }
}
