package brimful.extract.mail;

import java.util.Optional;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;

/// Opens what is signed as a whole (S/MIME): the mail lies inside its signature. Nothing is
/// verified.
final class SignedContent {
  private SignedContent() {}

  /// Returns the content, or nothing if the bytes are encrypted or broken.
  static Optional<byte[]> of(byte[] message) {
    try {
      var signed = new CMSSignedData(message).getSignedContent();
      return signed != null && signed.getContent() instanceof byte[] content
          ? Optional.of(content)
          : Optional.empty();
    } catch (CMSException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
