package brimful.extract.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import brimful.corpus.PathKind;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Recognises mails and mailboxes by their first lines.
///
/// Many have no name that tells: a Maildir file is called `1712044800.M1P2.host:2,S`, Thunderbird's
/// mailboxes are `Inbox` and `Sent`, and an MH folder has numbers. Text that only begins like a
/// mail is left as it is: patches made by git are mailboxes by their form, and are read as code;
/// files with the name of another format are that.
public enum MailContent {
  NONE,
  MAIL,
  MAILBOX;

  /// See [MailStart].
  private static final Pattern BEFORE =
      Pattern.compile("(?:\u00ef\u00bb\u00bf)?\\s*(?:\\d{1,12}[ \\t]*\\r?\\n)?");

  private static final Pattern MAILBOX_START =
      Pattern.compile("From [^\\r\\n]*\\d:\\d\\d[^\\r\\n]*\\r?\\n(?:\\r?\\n|>From |[!-9;-~]+:)");

  /// The date that git writes into all of its patches.
  private static final String PATCH = "Mon Sep 17 00:00:00 2001";

  private static final Pattern FIELD =
      Pattern.compile("([!-9;-~]{1,80}):[^\\r\\n]*(?:\\r?\\n[ \\t][^\\r\\n]*)*(?:\\r?\\n|\\z)");

  private static final Set<String> KNOWN =
      Set.of(
          ("from to cc date subject message-id received return-path delivered-to mime-version"
                  + " content-type reply-to in-reply-to references sender envelope-to"
                  + " dkim-signature authentication-results")
              .split(" ", -1));

  /// Fewer of the known fields could be the start of some other text.
  private static final int KNOWN_MIN = 3;

  /// Folders and suffixes of Maildir; names of MH.
  private static final Pattern MAIL_NAME =
      Pattern.compile(
          "(?:.*/)?(?:cur|new|tmp)/[^/]+|.*[:;!]2,[A-Za-z]*|(?:.*/)?\\d+\\.?|(?:.*/)?[^/.]+");

  /// Returns what a file is.
  ///
  /// @param head its first bytes
  public static MailContent of(byte[] head, String path) {
    boolean named = PathKind.isMail(path);
    String ending = PathKind.ending(path);
    if (head.length == 0 || !(named || MAIL_NAME.matcher(path).matches())) {
      return NONE;
    }
    String start = new String(head, ISO_8859_1);
    if (isMailbox(start)) {
      boolean single = ending.equals("eml") || ending.equals("emlx");
      return start.lastIndexOf(PATCH, 120) >= 0 && !named ? NONE : single ? MAIL : MAILBOX;
    }
    return isMail(start, named) ? MAIL : NONE;
  }

  /// Returns whether a file with the name of a mail begins with a field of a mail's head, known or
  /// not. Pages that are saved as a mail are left to their parser.
  public static boolean mayBe(byte[] head, String path) {
    if (PathKind.ending(path).startsWith("mht")) {
      return true;
    }
    String start = new String(head, ISO_8859_1);
    Matcher before = BEFORE.matcher(start);
    int at = before.lookingAt() ? before.end() : 0;
    return start.startsWith("From ", at)
        || start.startsWith(">From ", at)
        || FIELD.matcher(start).region(at, start.length()).lookingAt();
  }

  private static boolean isMailbox(String start) {
    return start.startsWith("From ") && MAILBOX_START.matcher(start).lookingAt();
  }

  private static boolean isMail(String start, boolean named) {
    Matcher before = BEFORE.matcher(start);
    int at = named && before.lookingAt() ? before.end() : 0;
    Matcher field = FIELD.matcher(start);
    int known = 0;
    while (known < KNOWN_MIN && field.region(at, start.length()).lookingAt()) {
      known += KNOWN.contains(field.group(1).toLowerCase(Locale.ROOT)) ? 1 : 0;
      at = field.end();
    }
    return known >= (named ? 1 : KNOWN_MIN);
  }
}
