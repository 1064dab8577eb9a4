package brimful.extract.archive;

import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/// Recognises the packages of Apple's iWork whose parts are encrypted, which no flag of the zip
/// tells.
public final class EncryptedPackage {
  private EncryptedPackage() {}

  /// Returns whether a package has a verifier of its password.
  public static boolean is(ZipFile zip) {
    return Stream.of(".iwpv", ".iwpv2", ".iwph").anyMatch(name -> zip.getEntry(name) != null);
  }
}
