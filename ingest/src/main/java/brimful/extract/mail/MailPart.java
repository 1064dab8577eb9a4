package brimful.extract.mail;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the header of a mail or of one of its parts says of the content.
///
/// @param type the media type, in lower case
/// @param content the field `Content-Type`
/// @param disposition the field `Content-Disposition`
/// @param inRelated whether it lies in a `multipart/related`: a page with its pictures
/// @param alone whether it is all of the mail, or one of several ways to say the same
record MailPart(
    String type, MimeField content, MimeField disposition, boolean inRelated, boolean alone) {
  private static final Set<String> SIGNATURES =
      Set.of(
          "application/pgp-signature",
          "application/pkcs7-signature",
          "application/x-pkcs7-signature");

  /// Types whose text is readable only by what they stand for, and how their files are named.
  private static final Map<String, String> FILES =
      Map.of(
          "text/calendar", "invitation.ics",
          "text/vcard", "contact.vcf",
          "text/x-vcard", "contact.vcf",
          "text/directory", "contact.vcf",
          "text/rtf", "text.rtf");

  /// Other text that is readable as it is; a `multipart` without a boundary cannot be split.
  private static final Set<String> NOTICES =
      Set.of(
          "message/delivery-status",
          "message/disposition-notification",
          "message/feedback-report",
          "application/xhtml+xml");

  /// Returns whether it only proves who wrote the rest.
  boolean isSignature() {
    return SIGNATURES.contains(type);
  }

  /// Returns whether it may be a mail inside its own signature, or an encrypted one.
  boolean isEnvelope() {
    return type.equals("application/pkcs7-mime") || type.equals("application/x-pkcs7-mime");
  }

  /// Returns whether it is a picture that somebody pasted between the words. Drawings of vectors
  /// are none: mail programs do not paste them.
  boolean isPasted() {
    return inRelated && type.startsWith("image/") && !type.startsWith("image/svg");
  }

  /// Returns whether it belongs to a page, and is nothing by itself.
  boolean isResource() {
    String kind = type.substring(0, Math.max(0, type.indexOf('/')));
    boolean resource =
        kind.equals("image")
            || kind.equals("font")
            || kind.equals("audio")
            || kind.equals("video")
            || type.equals("text/css")
            || type.endsWith("javascript");
    return inRelated && resource && !isAttachment();
  }

  /// Returns whether it is text of the mail itself. Mail programs mark that as `inline`, too.
  boolean isText() {
    boolean readable =
        (type.startsWith("text/") && !FILES.containsKey(type))
            || type.startsWith("multipart/")
            || NOTICES.contains(type);
    return readable && (fileName().isEmpty() || (alone && !isAttachment()));
  }

  boolean isPage() {
    return type.equals("text/html") || type.equals("application/xhtml+xml");
  }

  private boolean isAttachment() {
    return disposition.value().equals("attachment");
  }

  private Optional<String> fileName() {
    return disposition.parameter("filename").or(() -> content.parameter("name"));
  }

  /// Returns the name to read it by; empty if only its number says which it is.
  Optional<String> name(int number) {
    if (type.equals("message/rfc822") || type.equals("message/global")) {
      return fileName()
          .map(name -> name.toLowerCase(Locale.ROOT).endsWith(".eml") ? name : name + ".eml");
    }
    return fileName()
        .or(() -> Optional.ofNullable(FILES.get(type)))
        .or(() ->
            type.startsWith("text/") ? Optional.of("part-" + number + ".txt") : Optional.empty())
        .or(() -> isPasted() ? Optional.of("picture-" + number + ending()) : Optional.empty());
  }

  private String ending() {
    String kind = type.substring(type.indexOf('/') + 1);
    return kind.matches("[a-z0-9]{1,9}") ? "." + kind : "";
  }

  String charset() {
    return content.parameter("charset").orElse("");
  }

  boolean isFlowed() {
    return content.parameter("format").orElse("").equalsIgnoreCase("flowed");
  }

  boolean deletesSpace() {
    return content.parameter("delsp").orElse("").equalsIgnoreCase("yes");
  }
}
