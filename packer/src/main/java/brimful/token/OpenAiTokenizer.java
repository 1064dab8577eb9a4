package brimful.token;

import brimful.corpus.SpecialTokens;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.concurrent.ArrayBlockingQueue;

/// Counts tokens as OpenAI's models do, with JTokkit; ASCII text of the current ones with
/// [O200kCounter].
///
/// The ordinary encoding: a string such as `<|endoftext|>` counts as plain text. Thread-safe.
final class OpenAiTokenizer implements TokenCounter {
  static final String O200K_BASE = "o200k_base";
  static final String CL100K_BASE = "cl100k_base";

  private final String name;
  private final Encoding encoding;
  private final ArrayBlockingQueue<O200kCounter> idle =
      new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

  private OpenAiTokenizer(EncodingType type) {
    name = type.getName();
    // The lazy registry reads only the requested vocabulary, which takes about 100 ms.
    encoding = Encodings.newLazyEncodingRegistry().getEncoding(type);
  }

  /// Returns the counter of GPT-4o and all later models.
  static OpenAiTokenizer o200kBase() {
    return new OpenAiTokenizer(EncodingType.O200K_BASE);
  }

  /// Returns the counter of GPT-4 and GPT-3.5.
  static OpenAiTokenizer cl100kBase() {
    return new OpenAiTokenizer(EncodingType.CL100K_BASE);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public SpecialTokens specials() {
    return SpecialTokens.OPENAI;
  }

  @Override
  public int count(CharSequence text) {
    if (!name.equals(O200K_BASE)) {
      return encoding.countTokensOrdinary(text.toString());
    }
    O200kCounter borrowed = idle.poll();
    O200kCounter counter = borrowed == null ? new O200kCounter(encoding) : borrowed;
    int count = counter.count(text.toString());
    // When more threads count than there are processors, the surplus is left to the collector.
    boolean _ = idle.offer(counter);
    return count;
  }
}
