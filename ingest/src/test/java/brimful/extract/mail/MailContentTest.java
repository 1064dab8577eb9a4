package brimful.extract.mail;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.Extraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MailContentTest {
  private static final String HEAD =
      """
      From: Ann <ann@example.org>
      To: bob@example.org
      Subject: Numbers
      MIME-Version: 1.0
      """;

  private static final String SHOWN =
      "From: Ann <ann@example.org>/To: bob@example.org/Subject: Numbers//";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Maildir/cur/1712044800.M1P2.host:2,S",
        "Maildir/new/1712044800.M1P2.host",
        "1712044800.M1P2.host;2,RS",
        "mail/12",
        "mail/Draft",
      })
  void recognisesAMailByItsContent(String name) {
    String mail = HEAD + "\nWords.\n";

    assertThat(shown(extract(name, mail))).isEqualTo(name + " 1-5: " + SHOWN + "Words.");
  }

  @Test
  void leavesOtherTextThatBeginsLikeAMail() {
    String patch =
        "From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\nFrom: a@b\nDate: x\nSubject: y\n\n+z\n";

    assertThat(shown(extract("0001-fix.patch", patch))).startsWith("0001-fix.patch 1-6: From 0123");
    assertThat(shown(extract("0001", patch))).startsWith("0001 1-6: From 0123");
    assertThat(shown(extract("notes", "From: here\nTo: there\n")))
        .isEqualTo("notes 1-2: From: here/To: there/");
    assertThat(shown(extract("mail.txt", HEAD + "\nx"))).contains("MIME-Version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Inbox", "a.mbox", "Mail/sent"})
  void readsEachMailOfAMailbox(String name) {
    String box =
        "From - Tue Apr  2 08:00:00 2024\nX-Mozilla-Status: 0001\n"
            + HEAD
            + "\nFür alle.\n\nFrom here on it is 10:30.\nNo mail begins.\n>From quoted\n\n"
            + "From b@example.org Tue Apr  2 09:00:00 2024\n"
            + HEAD
            + "\nSecond.\n";

    Extraction extraction = extract(name, box);

    assertThat(outcome(extraction)).isEqualTo("indexed");
    assertThat(shown(extraction))
        .isEqualTo(
            "%1$s!/1.eml 1-9: %2$sFür alle.//From here on it is 10:30./No mail begins./From quoted\n%1$s!/2.eml 1-5: %2$sSecond."
                .formatted(name, SHOWN));
  }

  @Test
  void readsAMailOfBytesThatWindows1252LacksInAMailbox() {
    String box =
        "From a Tue Apr  2 08:00:00 2024\n"
            + HEAD
            + "Content-Type: text/plain; charset=utf-8\n\nÁÍÏÐÝ“ und ‟\n";

    assertThat(shown(extract("a.mbox", box.getBytes(UTF_8)))).contains("ÁÍÏÐÝ“ und ‟");
  }
}
