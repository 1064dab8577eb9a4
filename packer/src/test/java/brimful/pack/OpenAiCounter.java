package brimful.pack;

import brimful.token.TokenCounter;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/// Counts as OpenAI's models do, with a real vocabulary.
final class OpenAiCounter implements TokenCounter {
  private final Encoding encoding =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  @Override
  public String name() {
    return encoding.getName();
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public int count(CharSequence text) {
    return encoding.countTokensOrdinary(text.toString());
  }
}
