package brimful.extract.format;

import java.util.Optional;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.PST;
import org.apache.tika.metadata.TikaCoreProperties;

/// The name of what lies in a document, as its parser gives it.
public final class MemberName {
  private MemberName() {}

  /// Returns a name, or a path; nothing if there is none.
  public static Optional<String> of(Metadata metadata) {
    String folder = metadata.get(PST.PST_FOLDER_PATH);
    String within = folder == null ? "" : folder.replaceFirst("^/+", "") + "/";
    return Optional.ofNullable(metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY))
        .map(name -> within + name)
        .or(() -> Optional.ofNullable(metadata.get(TikaCoreProperties.INTERNAL_PATH)))
        .or(() -> Optional.ofNullable(metadata.get(TikaCoreProperties.EMBEDDED_RELATIONSHIP_ID)))
        .filter(name -> !name.isBlank());
  }
}
