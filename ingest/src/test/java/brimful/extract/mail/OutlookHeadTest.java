package brimful.extract.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.tika.metadata.Message;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.junit.jupiter.api.Test;

final class OutlookHeadTest {
  private static Metadata mail(String type) {
    var metadata = new Metadata();
    metadata.set(Metadata.CONTENT_TYPE, type);
    metadata.add(Message.MESSAGE_FROM_NAME, "Ann");
    metadata.add(Message.MESSAGE_FROM_EMAIL, "/O=COMPANY/CN=ANN");
    metadata.set(TikaCoreProperties.SUBJECT, "Numbers");
    return metadata;
  }

  @Test
  void takesNamesAndAddressesOfAMailThatWasNeverSent() {
    Metadata metadata = mail("application/x-tika-pst-mail-item");
    for (String name : new String[] {"Bob; c@example.org", "Bob", "c@example.org"}) {
      metadata.add(Message.MESSAGE_TO_DISPLAY_NAME, name);
    }
    metadata.add(Message.MESSAGE_TO_EMAIL, "bob@example.org");
    metadata.add(Message.MESSAGE_TO_EMAIL, "c@example.org");
    metadata.set("meta:mapi-msg-client-submit-time", "2024-04-02T08:00:00Z");

    assertThat(OutlookHead.lines(metadata))
        .containsExactly(
            "From: Ann",
            "To: Bob <bob@example.org>, c@example.org",
            "Date: 2024-04-02 08:00 UTC",
            "Subject: Numbers");
  }

  @Test
  void takesTheHeaderWithWhichAMailCame() {
    Metadata metadata = mail("application/vnd.ms-outlook");
    metadata.set("Message:Raw-Header:From", "Ann <ann@example.org>");
    metadata.set("Message:Raw-Header:Date", "Tue, 2 Apr 2024 10:00:00 +0200");
    metadata.set("Message:Raw-Header:In-Reply-To", "<1@example.org>");

    assertThat(OutlookHead.lines(metadata))
        .containsExactly(
            "From: Ann <ann@example.org>",
            "Date: 2024-04-02 10:00 (08:00 UTC)",
            "Subject: Numbers",
            "In reply to: 1@example.org");
  }

  @Test
  void hasNoLinesForOtherDocuments() {
    assertThat(OutlookHead.lines(mail("application/pdf"))).isEmpty();
  }
}
