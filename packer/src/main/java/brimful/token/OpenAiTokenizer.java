package brimful.token;

import brimful.corpus.SpecialTokens;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/// Counts tokens as OpenAI's older models do, GPT-4 and GPT-3.5, with JTokkit.
///
/// The ordinary encoding: a string such as `<|endoftext|>` counts as plain text. Thread-safe.
final class OpenAiTokenizer implements TokenCounter {
  static final String CL100K_BASE = "cl100k_base";

  // The lazy registry reads only the requested vocabulary, which takes about 100 ms.
  private final Encoding encoding =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);

  @Override
  public String name() {
    return CL100K_BASE;
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
    return encoding.countTokensOrdinary(text.toString());
  }
}
